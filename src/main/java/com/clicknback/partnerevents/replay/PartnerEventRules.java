package com.clicknback.partnerevents.replay;

import static java.util.Objects.requireNonNull;

import com.clicknback.audit.Actor;
import com.clicknback.partnerevents.replay.PartnerEvent.Kind;
import com.clicknback.partnerevents.replay.Replay.Outcome;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.purchases.Change;
import com.clicknback.purchases.Decision;
import com.clicknback.purchases.PurchaseState;
import com.clicknback.purchases.PurchaseStatus;
import com.clicknback.purchases.Refusals;
import java.time.Instant;
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
    private final Plan plan;
    private final ToldAmounts toldSoFar;
    private final Supplier<UUID> ids;
    private final boolean endedByRefunds;
    private final List<Change> changes = new ArrayList<>();
    private final Map<UUID, Optional<DomainException>> verdicts = new LinkedHashMap<>();
    private final Set<UUID> effective = new HashSet<>();
    private PurchaseState state;
    private int amountsAhead;

    /**
     * The verdicts on events, before their effects are worked out.
     *
     * @param events in the order in which they take effect
     * @param accepted the refunds and corrections that count
     * @param told what all of them come to
     */
    record Plan(List<Parked> events, PartnerWord word, Set<UUID> accepted, ToldAmounts told) {}

    /**
     * @param state of the credited purchase before the events
     * @param toldBefore the amounts that were told before them
     * @param ids for changes
     */
    PartnerEventRules(PurchaseState state, Plan plan, ToldAmounts toldBefore, Supplier<UUID> ids) {
        this.state = state;
        this.plan = plan;
        this.toldSoFar = toldBefore;
        this.ids = ids;
        this.endedByRefunds = state.isRefundedInFull();
        this.amountsAhead = plan.accepted().size();
    }

    /**
     * Takes the end of the purchase back.
     *
     * @param confirmed true when somebody else had confirmed it before
     */
    void reinstate(Actor actor, boolean confirmed) {
        add(new Change.Reinstated(state, ids.get(), actor));
        if (confirmed) {
            add(new Change.Decided(state, Decision.CONFIRM, null, actor));
        }
    }

    /** The effects of all events; a purchase that is left with nothing ends. */
    Outcome outcome(Actor lastWord) {
        plan.events().forEach(this::judge);
        if (isLive() && state.left().isZero()) {
            add(new Change.Decided(state, Decision.REVERSE, "The purchase was refunded in full.", lastWord));
        }
        return new Outcome(changes, verdicts, effective);
    }

    private void judge(Parked parked) {
        if (verdicts.containsKey(parked.id())) {
            return;
        }
        switch (parked.event().kind()) {
            case CONFIRMED -> decide(parked, Decision.CONFIRM);
            case REJECTED -> decide(parked, Decision.REJECT);
            case REFUNDED -> refund(parked);
            case CORRECTED -> correct(parked);
        }
    }

    private void decide(Parked parked, Decision decision) {
        PartnerEvent event = parked.event();
        boolean counts = plan.word().byOthers() || plan.word().isOf(parked);
        if (counts && state.status() == decision.to()) {
            verdicts.put(parked.id(), Optional.empty());
        } else if (counts && isAllowed(decision)) {
            apply(parked, new Change.Decided(state, decision, event.reason(), event.actor(), toldAt(parked)));
        } else {
            verdicts.put(parked.id(), Optional.of(Refusals.of(decision, state.id(), state.status())));
        }
    }

    /** The time up to which amounts count. */
    private @Nullable Instant toldAt(Parked decision) {
        return plan.word().isRejection(decision) ? decision.event().occurredAt() : null;
    }

    /**
     * The partner's rejection may come behind its newer confirmation, and behind refunds of all, also when a correction
     * beside it has made room behind them.
     */
    private boolean isAllowed(Decision decision) {
        return decision.isAllowedFrom(state.status())
                || !plan.word().byOthers()
                        && decision == Decision.REJECT
                        && (state.status() == PurchaseStatus.CONFIRMED || state.isRefundedInFull() || endedByRefunds);
    }

    private void refund(Parked parked) {
        PartnerEvent event = parked.event();
        if (!plan.accepted().contains(parked.id())) {
            refuseAmount(parked, "must not be more than what is left of the purchase: " + toldSoFar.room());
            return;
        }
        if (!toldSoFar.takes(requireNonNull(event.amount()))) {
            // The corrections that make room for it.
            plan.events().stream()
                    .filter(other -> other.event().kind() == Kind.CORRECTED
                            && plan.accepted().contains(other.id()))
                    .forEach(this::judge);
        }
        toldSoFar.refund(requireNonNull(event.amount()));
        apply(
                parked,
                new Change.Refunded(
                        state,
                        ids.get(),
                        requireNonNull(event.refundId()),
                        requireNonNull(event.amount()),
                        event.occurredAt(),
                        toldSoFar.standing(),
                        isLastOfAll(),
                        event.actor()));
    }

    private void correct(Parked parked) {
        PartnerEvent event = parked.event();
        boolean accepted = plan.accepted().contains(parked.id());
        if (!accepted && (event.amount() != null || !mayLeaveTheAmount(parked))) {
            refuseAmount(
                    parked,
                    "must not be less than what was refunded of the purchase: "
                            + plan.told().refunded());
            return;
        }
        if (accepted) {
            toldSoFar.state(Replay.stated(parked));
        }
        apply(
                parked,
                new Change.Corrected(
                        state,
                        ids.get(),
                        requireNonNull(event.correctionId()),
                        event.amount(),
                        event.occurredAt(),
                        accepted ? toldSoFar.standing() : state.stated(),
                        accepted && isLastOfAll(),
                        event.actor()));
    }

    private boolean mayLeaveTheAmount(Parked correction) {
        return plan.word().kind() == Kind.REJECTED
                ? plan.word().admits(correction)
                : isLive() || state.isRefundedInFull();
    }

    /** True for the last amount of a purchase that is left with nothing. */
    private boolean isLastOfAll() {
        amountsAhead--;
        return amountsAhead == 0 && isLive() && plan.told().left().isZero();
    }

    private boolean isLive() {
        return Decision.REVERSE.isAllowedFrom(state.status());
    }

    private void refuseAmount(Parked parked, String reason) {
        verdicts.put(
                parked.id(),
                Optional.of(
                        plan.word().admits(parked) && isLive()
                                ? DomainException.validation("amount", reason)
                                : Refusals.of(Decision.REVERSE, state.id(), endOf(parked))));
    }

    private PurchaseStatus endOf(Parked refused) {
        return plan.word().admits(refused) ? state.status() : PurchaseStatus.REJECTED;
    }

    private void apply(Parked parked, Change change) {
        verdicts.put(parked.id(), Optional.empty());
        effective.add(parked.id());
        add(change);
    }

    private void add(Change change) {
        changes.add(change);
        state = change.after();
    }
}
