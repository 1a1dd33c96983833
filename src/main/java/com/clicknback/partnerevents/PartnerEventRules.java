package com.clicknback.partnerevents;

import static java.util.Objects.requireNonNull;

import com.clicknback.money.Money;
import com.clicknback.partnerevents.PartnerEvent.Kind;
import com.clicknback.partnerevents.PartnerEventStore.Parked;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.purchases.Change;
import com.clicknback.purchases.Decision;
import com.clicknback.purchases.PurchaseState;
import com.clicknback.purchases.Refusals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Effects of a partner's events on its purchase, one after the other. */
final class PartnerEventRules {
    private PartnerEventRules() {}

    /**
     * The effects of events on one purchase.
     *
     * @param changes in order; an event that the purchase is the result of already makes none
     * @param verdicts by event: its refusal, or empty when it counts as applied
     */
    record Outcome(List<Change> changes, Map<UUID, Optional<DomainException>> verdicts) {}

    /**
     * @param state of the credited purchase before the events
     * @param events in their order
     * @param refundIds for new refunds
     */
    static Outcome outcome(PurchaseState state, List<Parked> events, Supplier<UUID> refundIds) {
        List<Change> changes = new ArrayList<>();
        Map<UUID, Optional<DomainException>> verdicts = new LinkedHashMap<>();
        PurchaseState current = state;
        for (Parked parked : events) {
            PartnerEvent event = parked.event();
            Optional<DomainException> refusal = refusal(current, event);
            verdicts.put(parked.id(), refusal);
            if (refusal.isEmpty() && !isRepeat(current, event)) {
                Change change = change(current, event, refundIds);
                changes.add(change);
                current = change.after();
            }
        }
        return new Outcome(changes, verdicts);
    }

    private static @Nullable Decision decision(Kind kind) {
        return switch (kind) {
            case CONFIRMED -> Decision.CONFIRM;
            case REJECTED -> Decision.REJECT;
            case REFUNDED -> null;
        };
    }

    private static boolean isRepeat(PurchaseState state, PartnerEvent event) {
        Decision decision = decision(event.kind());
        return decision != null && state.status() == decision.to();
    }

    private static Optional<DomainException> refusal(PurchaseState state, PartnerEvent event) {
        Decision decision = decision(event.kind());
        if (decision == null) {
            return refusalOfRefund(state, requireNonNull(event.amount()));
        }
        return isRepeat(state, event) || decision.isAllowedFrom(state.status())
                ? Optional.empty()
                : Optional.of(Refusals.of(decision, state.id(), state.status()));
    }

    private static Optional<DomainException> refusalOfRefund(PurchaseState state, Money amount) {
        if (!Decision.REVERSE.isAllowedFrom(state.status())) {
            return Optional.of(Refusals.of(Decision.REVERSE, state.id(), state.status()));
        }
        return amount.compareTo(state.left()) > 0
                ? Optional.of(DomainException.validation(
                        "amount", "must not be more than what is left of the purchase: " + state.left()))
                : Optional.empty();
    }

    private static Change change(PurchaseState state, PartnerEvent event, Supplier<UUID> refundIds) {
        Decision decision = decision(event.kind());
        return decision == null
                ? new Change.Refunded(
                        state,
                        refundIds.get(),
                        requireNonNull(event.refundId()),
                        requireNonNull(event.amount()),
                        event.actor())
                : new Change.Decided(state, decision, event.reason(), event.actor());
    }

    static DomainException reused(PartnerEvent event) {
        return new DomainException(
                ErrorCode.EXTERNAL_ID_REUSED,
                "This refund_id was sent before with another amount.",
                DomainException.details(
                        "external_id",
                        event.key().externalId(),
                        "refund_id",
                        event.refundId(),
                        "fields",
                        List.of("amount")));
    }
}
