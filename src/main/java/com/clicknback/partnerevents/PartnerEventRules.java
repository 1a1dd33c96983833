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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
     * @param effective the events that make a change
     */
    record Outcome(List<Change> changes, Map<UUID, Optional<DomainException>> verdicts, Set<UUID> effective) {}

    /**
     * @param state of the credited purchase before the events
     * @param events in their order
     * @param asSent events that are taken as they were sent; a refund above the amount that was parked before is fitted
     * @param ids for new refunds and corrections
     */
    static Outcome outcome(PurchaseState state, List<Parked> events, Set<UUID> asSent, Supplier<UUID> ids) {
        List<Change> changes = new ArrayList<>();
        Map<UUID, Optional<DomainException>> verdicts = new LinkedHashMap<>();
        Set<UUID> effective = new HashSet<>();
        PurchaseState current = state;
        for (Parked parked : events) {
            PartnerEvent event = asSent.contains(parked.id()) ? parked.event() : fitting(current, parked.event());
            Optional<DomainException> refusal = refusal(current, event);
            verdicts.put(parked.id(), refusal);
            if (refusal.isEmpty() && !isRepeat(current, event)) {
                Change change = change(current, event, ids);
                changes.add(change);
                effective.add(parked.id());
                current = change.after();
            }
        }
        return new Outcome(changes, verdicts, effective);
    }

    /** A refund above the amount whose buyer has the money back is one of all that is left. */
    private static PartnerEvent fitting(PurchaseState state, PartnerEvent event) {
        return event.kind() == Kind.REFUNDED
                        && requireNonNull(event.amount()).compareTo(state.left()) > 0
                        && Decision.REVERSE.isAllowedFrom(state.status())
                ? event.withAmount(state.left())
                : event;
    }

    private static @Nullable Decision decision(Kind kind) {
        return switch (kind) {
            case CONFIRMED -> Decision.CONFIRM;
            case REJECTED -> Decision.REJECT;
            case CORRECTED, REFUNDED -> null;
        };
    }

    private static boolean isRepeat(PurchaseState state, PartnerEvent event) {
        Decision decision = decision(event.kind());
        return decision != null && state.status() == decision.to();
    }

    private static Optional<DomainException> refusal(PurchaseState state, PartnerEvent event) {
        Decision decision = decision(event.kind());
        if (decision == null) {
            return refusalOfAmount(state, event);
        }
        return isRepeat(state, event) || decision.isAllowedFrom(state.status())
                ? Optional.empty()
                : Optional.of(Refusals.of(decision, state.id(), state.status()));
    }

    private static Optional<DomainException> refusalOfAmount(PurchaseState state, PartnerEvent event) {
        if (!Decision.REVERSE.isAllowedFrom(state.status())) {
            return Optional.of(Refusals.of(Decision.REVERSE, state.id(), state.status()));
        }
        Money amount = event.amount();
        if (event.kind() == Kind.REFUNDED) {
            return requireNonNull(amount).compareTo(state.left()) > 0
                    ? tooMuch("must not be more than what is left of the purchase: " + state.left())
                    : Optional.empty();
        }
        return amount != null && amount.compareTo(state.refunded()) < 0
                ? tooMuch("must not be less than what was refunded of the purchase: " + state.refunded())
                : Optional.empty();
    }

    private static Optional<DomainException> tooMuch(String reason) {
        return Optional.of(DomainException.validation("amount", reason));
    }

    private static Change change(PurchaseState state, PartnerEvent event, Supplier<UUID> ids) {
        return switch (event.kind()) {
            case CONFIRMED -> new Change.Decided(state, Decision.CONFIRM, event.reason(), event.actor());
            case REJECTED -> new Change.Decided(state, Decision.REJECT, event.reason(), event.actor());
            case REFUNDED ->
                new Change.Refunded(
                        state,
                        ids.get(),
                        requireNonNull(event.refundId()),
                        requireNonNull(event.amount()),
                        event.actor());
            case CORRECTED ->
                new Change.Corrected(
                        state,
                        ids.get(),
                        requireNonNull(event.correctionId()),
                        event.amount(),
                        event.occurredAt(),
                        event.actor());
        };
    }

    /** The refusal of an id that names a refund or correction with other content. */
    static DomainException reused(PartnerEvent event, List<String> differing) {
        boolean refund = event.kind() == Kind.REFUNDED;
        return new DomainException(
                ErrorCode.EXTERNAL_ID_REUSED,
                "This " + (refund ? "refund_id" : "correction_id") + " was sent before with other data.",
                DomainException.details(
                        "external_id",
                        event.key().externalId(),
                        refund ? "refund_id" : "correction_id",
                        refund ? event.refundId() : event.correctionId(),
                        "fields",
                        differing));
    }
}
