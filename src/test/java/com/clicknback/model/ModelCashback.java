package com.clicknback.model;

import com.clicknback.model.ModelPurchase.Status;
import com.clicknback.model.ModelSubmission.Name;
import com.clicknback.model.ModelWallet.Balance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The cashback of purchases: credits, and the changes of state that move it. */
final class ModelCashback {
    private final Map<String, ModelWallet> wallets;
    private final ModelFlags flags;

    /** The credited purchases that share an allowance, in the order of their arrival. */
    private final Map<Allowances.Key, List<ModelPurchase>> sharing = new LinkedHashMap<>();

    /** In the order of their arrival. */
    private final Map<Name, ModelPurchase> uncredited = new LinkedHashMap<>();

    private final Set<ModelPurchase> touched = new LinkedHashSet<>();

    private int serials;

    ModelCashback(Map<String, ModelWallet> wallets, ModelFlags flags) {
        this.wallets = wallets;
        this.flags = flags;
    }

    /** The used amounts of a user's allowances, by offer and month; unused ones are missing. */
    Map<String, Long> usedBy(String user) {
        Map<String, Long> used = new TreeMap<>();
        sharing.forEach((key, purchases) -> {
            long sum =
                    purchases.stream().mapToLong(purchase -> purchase.heldMinor).sum();
            if (key.user().equals(user) && sum != 0) {
                used.put(key.offer() + " " + key.month(), sum);
            }
        });
        return used;
    }

    /** Purchases that changed; the reader clears the set. */
    Set<ModelPurchase> touched() {
        return touched;
    }

    void accept(ModelPurchase purchase) {
        touched.add(purchase);
        purchase.serial = ++serials;
        uncredited.put(purchase.name(), purchase);
    }

    List<ModelPurchase> uncredited() {
        return new ArrayList<>(uncredited.values());
    }

    /** True when another uncredited purchase draws on the same allowance. */
    boolean competes(ModelPurchase purchase) {
        return uncredited.values().stream().anyMatch(other -> other != purchase && purchase.sharesAllowance(other));
    }

    /** Credits what is not credited yet, the earliest first. */
    void creditAll() {
        uncredited().forEach(this::credit);
    }

    /** Once for each purchase, cut to what those before it leave of its cap. */
    void credit(ModelPurchase purchase) {
        if (uncredited.remove(purchase.name()) == null) {
            return;
        }
        purchase.heldMinor = 0;
        Allowances.Key key = purchase.allowance();
        if (key != null) {
            List<ModelPurchase> purchases = sharing.computeIfAbsent(key, k -> new ArrayList<>());
            purchases.add(purchase);
            purchases.sort(Comparator.comparingInt(other -> other.serial));
        }
        purchase.credited = true;
        rerate(purchase, "cashback_credit");
    }

    /** Works out the amounts of all purchases that share an allowance; the cause first, then the others in their order. */
    private void rerate(ModelPurchase cause, String type) {
        Map<ModelPurchase, Long> before = new LinkedHashMap<>();
        before.put(cause, cause.heldMinor);
        Allowances.Key key = cause.allowance();
        if (key == null) {
            cause.heldMinor = cause.entitledMinor();
        } else {
            long left = cause.terms.offer().monthlyCapMinor;
            for (ModelPurchase purchase : sharing.get(key)) {
                before.putIfAbsent(purchase, purchase.heldMinor);
                purchase.heldMinor = Math.min(purchase.entitledMinor(), left);
                left -= purchase.heldMinor;
            }
        }
        before.forEach((purchase, held) ->
                shift(purchase, purchase == cause ? type : "cashback_reallotted", purchase.heldMinor - held));
    }

    private void shift(ModelPurchase purchase, String type, long differenceMinor) {
        if (differenceMinor > 0) {
            String rise = type.equals("cashback_refunded") ? "cashback_corrected" : type;
            move(purchase, rise, differenceMinor, null, purchase.balance());
        } else if (differenceMinor < 0) {
            move(purchase, type, -differenceMinor, purchase.balance(), null);
        }
    }

    /** The refusal of a change of state that the present one does not allow. */
    @Nullable
    ExpectedAnswer refusal(ModelPurchase purchase, Status wanted) {
        if (wanted != Status.REVERSED) {
            return purchase.status == Status.PENDING ? null : ExpectedAnswer.refused(400, "PURCHASE_NOT_PENDING");
        }
        return switch (purchase.status) {
            case PENDING, CONFIRMED -> null;
            case REVERSED -> ExpectedAnswer.refused(400, "PURCHASE_ALREADY_REVERSED");
            case REJECTED -> ExpectedAnswer.refused(400, "PURCHASE_NOT_REVERSIBLE");
        };
    }

    /** A confirmation that is allowed; its cashback is held where the terms or the flags say so. */
    void confirm(ModelPurchase purchase, boolean byPerson, Instant now) {
        credit(purchase);
        int days = purchase.terms.holdDays();
        if (days == 0 && flags.letGo(purchase, byPerson)) {
            change(purchase, Status.CONFIRMED);
            return;
        }
        touched.add(purchase);
        purchase.status = Status.CONFIRMED;
        purchase.held = true;
        purchase.byPerson = byPerson;
        purchase.releaseDueAt = now.plus(Duration.ofDays(days));
    }

    void release(ModelPurchase purchase) {
        touched.add(purchase);
        move(purchase, "cashback_released", purchase.heldMinor, Balance.PENDING, Balance.AVAILABLE);
        purchase.held = false;
    }

    /** A change of state that is allowed. */
    void change(ModelPurchase purchase, Status wanted) {
        credit(purchase);
        touched.add(purchase);
        boolean live = purchase.isLive();
        Balance to = wanted == Status.CONFIRMED ? Balance.AVAILABLE : null;
        if (live) {
            move(purchase, "cashback_" + wanted.wireName(), purchase.heldMinor, purchase.balance(), to);
        }
        purchase.reversedFrom = wanted == Status.REVERSED ? purchase.status : null;
        purchase.status = wanted;
        purchase.held = false;
        if (!live) {
            return;
        }
        Allowances.Key key = purchase.allowance();
        if (wanted != Status.CONFIRMED && key != null) {
            sharing.get(key).remove(purchase);
            long held = purchase.heldMinor;
            purchase.heldMinor = 0;
            rerate(purchase, "nothing");
            purchase.heldMinor = held;
        }
    }

    /** A purchase that had ended is pending again, in its place among those that share its allowance. */
    void reinstate(ModelPurchase purchase) {
        touched.add(purchase);
        purchase.status = Status.PENDING;
        purchase.reversedFrom = null;
        purchase.heldMinor = 0;
        Allowances.Key key = purchase.allowance();
        if (key != null) {
            sharing.get(key).add(purchase);
            sharing.get(key).sort(Comparator.comparingInt(other -> other.serial));
        }
        rerate(purchase, "cashback_reinstated");
    }

    /**
     * Another amount, if it stands.
     *
     * @param last true when it leaves nothing
     */
    void correct(ModelPurchase purchase, ModelEvent correction, boolean last) {
        if (last) {
            change(purchase, Status.REVERSED);
        }
        purchase.corrections.add(correction);
        if (purchase.isLive()) {
            rerate(purchase, "cashback_corrected");
        }
    }

    /**
     * A part goes back; the cashback is what the kept part earns.
     *
     * @param last true when it leaves nothing
     */
    void refund(ModelPurchase purchase, long amountMinor, boolean last) {
        if (last) {
            change(purchase, Status.REVERSED);
        }
        purchase.refundedMinor += amountMinor;
        if (purchase.isLive()) {
            rerate(purchase, "cashback_refunded");
        }
    }

    private void move(
            ModelPurchase purchase, String type, long amountMinor, @Nullable Balance from, @Nullable Balance to) {
        touched.add(purchase);
        wallets.get(purchase.user()).move(type, amountMinor, from, to, purchase);
    }
}
