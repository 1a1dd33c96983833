package com.clicknback.model;

import com.clicknback.model.PartnerEvent.Identity;
import com.clicknback.model.PartnerEvent.Kind;
import com.clicknback.model.Purchase.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A partner's events about one purchase: those that wait, for the purchase or for their turn, and those applied. A
 * refused event leaves no trace.
 */
final class PartnerRecord {
    private final Cashback cashback;
    private final Map<Identity, PartnerEvent> waiting = new LinkedHashMap<>();
    private final Map<Identity, PartnerEvent> applied = new LinkedHashMap<>();

    PartnerRecord(Cashback cashback) {
        this.cashback = cashback;
    }

    boolean isWaiting() {
        return !waiting.isEmpty();
    }

    List<PartnerEvent> waiting() {
        return new ArrayList<>(waiting.values());
    }

    /** The events reported before, to be repeated. */
    List<PartnerEvent> known() {
        List<PartnerEvent> known = waiting();
        known.addAll(applied.values());
        return known;
    }

    /**
     * @param purchase null until it has arrived
     */
    Verdict tell(PartnerEvent event, @Nullable Purchase purchase) {
        if (purchase != null) {
            cashback.credit(purchase);
        }
        Identity identity = event.identity();
        PartnerEvent before = waiting.getOrDefault(identity, applied.get(identity));
        if (before != null && before.amountMinor() != event.amountMinor()) {
            return Verdict.refused(409, "EXTERNAL_ID_REUSED", "amount");
        }
        if (before == null
                || waiting.containsKey(identity) && event.occurredAt().isBefore(before.occurredAt())) {
            waiting.put(identity, event);
        }
        if (purchase == null) {
            return Verdict.of(202, "parked");
        }
        Verdict refusal = apply(purchase).get(identity);
        return refusal == null
                ? Verdict.of(
                        200,
                        "applied",
                        purchase.name().toString(),
                        purchase.status.wireName(),
                        purchase.cashbackAmount())
                : refusal;
    }

    /** Applies what waits, in the order of the partner's times; answers what was refused. */
    Map<Identity, Verdict> apply(Purchase purchase) {
        cashback.credit(purchase);
        Map<Identity, Verdict> refusals = new HashMap<>();
        Set<Identity> done = new HashSet<>();
        waiting.values().stream().sorted(PartnerEvent.IN_ORDER).forEach(event -> {
            Verdict refusal = apply(event, purchase);
            if (refusal == null) {
                applied.put(event.identity(), event);
            } else {
                refusals.put(event.identity(), refusal);
            }
            done.add(event.identity());
        });
        waiting.keySet().removeAll(done);
        return refusals;
    }

    private @Nullable Verdict apply(PartnerEvent event, Purchase purchase) {
        if (event.kind() == Kind.REFUNDED) {
            return refund(purchase, event.amountMinor());
        }
        Status wanted = event.kind() == Kind.CONFIRMED ? Status.CONFIRMED : Status.REJECTED;
        if (purchase.status == wanted) {
            return null;
        }
        Verdict refusal = cashback.refusal(purchase, wanted);
        if (refusal == null) {
            cashback.change(purchase, wanted);
        }
        return refusal;
    }

    private @Nullable Verdict refund(Purchase purchase, long amountMinor) {
        Verdict refusal = cashback.refusal(purchase, Status.REVERSED);
        if (refusal != null) {
            return refusal;
        }
        if (amountMinor > purchase.leftMinor()) {
            return Verdict.refused(422, "VALIDATION_ERROR", "amount");
        }
        cashback.refund(purchase, amountMinor);
        return null;
    }
}
