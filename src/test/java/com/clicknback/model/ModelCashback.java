package com.clicknback.model;

import com.clicknback.model.ModelPurchase.Status;
import com.clicknback.model.ModelSubmission.Name;
import com.clicknback.model.ModelWallet.Balance;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The cashback of purchases: credits, and the changes of state that move it. */
final class ModelCashback {
    private final Map<String, ModelWallet> wallets;
    private final Allowances allowances = new Allowances();

    /** In the order of their arrival. */
    private final Map<Name, ModelPurchase> uncredited = new LinkedHashMap<>();

    private final Set<ModelPurchase> touched = new LinkedHashSet<>();

    ModelCashback(Map<String, ModelWallet> wallets) {
        this.wallets = wallets;
    }

    Allowances allowances() {
        return allowances;
    }

    /** Purchases that changed; the reader clears the set. */
    Set<ModelPurchase> touched() {
        return touched;
    }

    void accept(ModelPurchase purchase) {
        touched.add(purchase);
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

    /** Once for each purchase, cut to what its cap leaves. */
    void credit(ModelPurchase purchase) {
        if (uncredited.remove(purchase.name()) == null) {
            return;
        }
        Allowances.Key key = purchase.allowance();
        if (key != null) {
            purchase.creditMinor = allowances.take(key, purchase.terms.offer().monthlyCapMinor, purchase.creditMinor);
        }
        purchase.credited = true;
        move(purchase, "cashback_credit", purchase.creditMinor, null, Balance.PENDING);
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

    /** A change of state that is allowed. */
    void change(ModelPurchase purchase, Status wanted) {
        credit(purchase);
        Balance to = wanted == Status.CONFIRMED ? Balance.AVAILABLE : null;
        move(purchase, "cashback_" + wanted.wireName(), purchase.heldMinor(), purchase.balance(), to);
        if (wanted != Status.CONFIRMED) {
            giveBack(purchase, purchase.heldMinor());
        }
        purchase.status = wanted;
    }

    /** A part goes back, or all that is left; the cashback that stays is in proportion to the amount that stays. */
    void refund(ModelPurchase purchase, long amountMinor) {
        credit(purchase);
        if (amountMinor == purchase.leftMinor()) {
            change(purchase, Status.REVERSED);
            purchase.refundedMinor += amountMinor;
            return;
        }
        purchase.refundedMinor += amountMinor;
        long stays = share(purchase.creditMinor, purchase.leftMinor(), purchase.submission.amountMinor());
        long taken = purchase.heldMinor() - stays;
        move(purchase, "cashback_refunded", taken, purchase.balance(), null);
        giveBack(purchase, taken);
        purchase.takenMinor += taken;
    }

    private static long share(long creditMinor, long leftMinor, long amountMinor) {
        BigDecimal whole = BigDecimal.valueOf(creditMinor).multiply(BigDecimal.valueOf(leftMinor));
        BigDecimal[] cents = whole.divideAndRemainder(BigDecimal.valueOf(amountMinor), MathContext.UNLIMITED);
        int half = cents[1].multiply(BigDecimal.valueOf(2)).compareTo(BigDecimal.valueOf(amountMinor));
        boolean odd = cents[0].toBigInteger().testBit(0);
        return cents[0].longValueExact() + (half > 0 || half == 0 && odd ? 1 : 0);
    }

    private void giveBack(ModelPurchase purchase, long amountMinor) {
        Allowances.Key key = purchase.allowance();
        if (key != null) {
            allowances.giveBack(key, amountMinor);
        }
    }

    private void move(
            ModelPurchase purchase, String type, long amountMinor, @Nullable Balance from, @Nullable Balance to) {
        touched.add(purchase);
        wallets.get(purchase.user()).move(type, amountMinor, from, to, purchase);
    }
}
