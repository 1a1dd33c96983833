package com.clicknback.model;

import com.clicknback.model.ModelEvent.Identity;
import com.clicknback.model.ModelEvent.Kind;
import com.clicknback.model.ModelPurchase.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A partner's events about one purchase: those that wait, for the purchase or for their turn, and those applied. Of
 * refused ones it keeps those that a rejection was the cause of: an older confirmation brings them back.
 */
final class PartnerRecord {
    private final ModelCashback cashback;
    private final Supplier<Instant> now;
    private final Map<Identity, ModelEvent> waiting = new LinkedHashMap<>();
    private final Map<Identity, ModelEvent> applied = new LinkedHashMap<>();
    private final Map<Identity, ModelEvent> shutOut = new LinkedHashMap<>();

    /** The confirmation or rejection that changed the purchase. */
    private @Nullable ModelEvent decision;

    PartnerRecord(ModelCashback cashback, Supplier<Instant> now) {
        this.cashback = cashback;
        this.now = now;
    }

    boolean isWaiting() {
        return !waiting.isEmpty();
    }

    List<ModelEvent> waiting() {
        return new ArrayList<>(waiting.values());
    }

    /** The events reported before, to be repeated. */
    List<ModelEvent> known() {
        List<ModelEvent> known = waiting();
        known.addAll(applied.values());
        return known;
    }

    /**
     * @param purchase null until it has arrived
     */
    ExpectedAnswer tell(ModelEvent event, @Nullable ModelPurchase purchase) {
        if (purchase != null) {
            cashback.credit(purchase);
        }
        Identity identity = event.identity();
        ModelEvent before = waiting.getOrDefault(identity, applied.get(identity));
        String differing = before == null ? "" : differing(before, event);
        if (!differing.isEmpty()) {
            return ExpectedAnswer.refused(409, "EXTERNAL_ID_REUSED", differing);
        }
        boolean fresh = before == null
                || waiting.containsKey(identity) && event.occurredAt().isBefore(before.occurredAt());
        if (fresh) {
            shutOut.remove(identity);
            waiting.put(identity, event);
        }
        if (purchase == null) {
            return ExpectedAnswer.of(202, "parked");
        }
        ExpectedAnswer refusal = apply(purchase, fresh ? identity : null).get(identity);
        return refusal == null
                ? ExpectedAnswer.of(
                        200,
                        "applied",
                        purchase.name().toString(),
                        purchase.status.wireName(),
                        purchase.cashbackAmount())
                : refusal;
    }

    private static String differing(ModelEvent before, ModelEvent event) {
        List<String> fields = new ArrayList<>();
        if (before.amountMinor() != event.amountMinor()) {
            fields.add("amount");
        }
        if (event.kind() == Kind.CORRECTED && !before.occurredAt().equals(event.occurredAt())) {
            fields.add("occurred_at");
        }
        return String.join(" ", fields);
    }

    /** Applies what was parked. */
    void apply(ModelPurchase purchase) {
        apply(purchase, null);
    }

    /**
     * Applies what waits, in the order of the partner's times; answers what was refused.
     *
     * @param told the event that was not parked
     */
    private Map<Identity, ExpectedAnswer> apply(ModelPurchase purchase, @Nullable Identity told) {
        cashback.credit(purchase);
        Map<Identity, ExpectedAnswer> refusals = new HashMap<>();
        Set<Identity> asSent = new HashSet<>();
        asSent.add(told);
        overturn(purchase, asSent);
        List<ModelEvent> inOrder = waiting();
        inOrder.sort(ModelEvent.IN_ORDER);
        waiting.clear();
        for (ModelEvent event : inOrder) {
            ExpectedAnswer refusal = apply(event, purchase, !asSent.contains(event.identity()));
            if (refusal == null) {
                applied.put(event.identity(), event);
            } else {
                refusals.put(event.identity(), refusal);
                boolean changesAmount = event.kind() == Kind.REFUNDED || event.kind() == Kind.CORRECTED;
                if (purchase.status == Status.REJECTED && changesAmount) {
                    shutOut.put(event.identity(), event);
                }
            }
        }
        return refusals;
    }

    /** An older word of the partner counts, although it comes behind the newer one that it contradicts. */
    private void overturn(ModelPurchase purchase, Set<Identity> asSent) {
        ModelEvent newer = decision;
        if (newer == null || purchase.status != wanted(newer)) {
            return;
        }
        Kind contrary = newer.kind() == Kind.CONFIRMED ? Kind.REJECTED : Kind.CONFIRMED;
        ModelEvent older = waiting.get(new Identity(contrary, ""));
        if (older == null || ModelEvent.IN_ORDER.compare(older, newer) > 0) {
            return;
        }
        applied.remove(newer.identity());
        waiting.put(newer.identity(), newer);
        if (contrary == Kind.REJECTED) {
            cashback.change(purchase, Status.REJECTED);
        } else {
            cashback.reinstate(purchase);
            asSent.addAll(shutOut.keySet());
            waiting.putAll(shutOut);
            shutOut.clear();
        }
        decision = older;
    }

    private static Status wanted(ModelEvent event) {
        return event.kind() == Kind.CONFIRMED ? Status.CONFIRMED : Status.REJECTED;
    }

    private @Nullable ExpectedAnswer apply(ModelEvent event, ModelPurchase purchase, boolean parked) {
        if (event.kind() == Kind.REFUNDED) {
            return refund(purchase, parked ? Math.min(event.amountMinor(), purchase.leftMinor()) : event.amountMinor());
        }
        if (event.kind() == Kind.CORRECTED) {
            return correct(purchase, event);
        }
        Status wanted = wanted(event);
        if (purchase.status == wanted) {
            return null;
        }
        ExpectedAnswer refusal = cashback.refusal(purchase, wanted);
        if (refusal == null && wanted == Status.CONFIRMED) {
            cashback.confirm(purchase, false, now.get());
        } else if (refusal == null) {
            cashback.change(purchase, wanted);
            decision = event;
        }
        return refusal;
    }

    private @Nullable ExpectedAnswer correct(ModelPurchase purchase, ModelEvent event) {
        ExpectedAnswer refusal = cashback.refusal(purchase, Status.REVERSED);
        if (refusal != null) {
            return refusal;
        }
        if (event.amountMinor() == 0) {
            return null;
        }
        if (event.amountMinor() < purchase.refundedMinor) {
            return ExpectedAnswer.refused(422, "VALIDATION_ERROR", "amount");
        }
        cashback.correct(purchase, event);
        return null;
    }

    private @Nullable ExpectedAnswer refund(ModelPurchase purchase, long amountMinor) {
        ExpectedAnswer refusal = cashback.refusal(purchase, Status.REVERSED);
        if (refusal != null) {
            return refusal;
        }
        if (amountMinor > purchase.leftMinor()) {
            return ExpectedAnswer.refused(422, "VALIDATION_ERROR", "amount");
        }
        cashback.refund(purchase, amountMinor);
        return null;
    }
}
