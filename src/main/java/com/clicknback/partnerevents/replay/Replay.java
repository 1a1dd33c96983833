package com.clicknback.partnerevents.replay;

import static java.util.Objects.requireNonNull;

import com.clicknback.audit.Actor;
import com.clicknback.money.Money;
import com.clicknback.partnerevents.replay.PartnerEvent.Kind;
import com.clicknback.partnerevents.replay.PartnerEventRules.Plan;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.purchases.Change;
import com.clicknback.purchases.PurchaseState;
import com.clicknback.purchases.PurchaseState.Correction;
import com.clicknback.purchases.PurchaseState.Stated;
import com.clicknback.purchases.PurchaseStatus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The events that are to be applied to a purchase, with those on record that they bring back. Whatever the order of
 * arrival, a purchase comes to the end that the set of its partner's events has. An end may be taken back for that.
 */
public final class Replay {
    private final PurchaseState before;
    private final PartnerWord word;
    private final ToldAmounts told;
    private final Set<UUID> asSent = new HashSet<>();
    private final Set<UUID> refusedBefore = new HashSet<>();
    private final Set<UUID> accepted = new HashSet<>();
    private final List<Parked> events = new ArrayList<>();
    private final List<OnRecord> onRecord;
    private final Supplier<UUID> ids;
    private final boolean reinstated;

    /**
     * The effects of events on one purchase.
     *
     * @param changes in order; an event that the purchase is the result of already makes none
     * @param verdicts by event: its refusal, or empty when it counts as applied
     * @param effective the events that make a change
     */
    public record Outcome(List<Change> changes, Map<UUID, Optional<DomainException>> verdicts, Set<UUID> effective) {}

    /**
     * @param parked in their order
     * @param onRecord the events of the purchase that were judged before; only needed where {@link #needsRecord} says so
     * @param reported the event that is being answered; null when all were parked before their purchase
     * @param ids for changes
     */
    public Replay(
            PurchaseState state,
            List<Parked> parked,
            List<OnRecord> onRecord,
            @Nullable UUID reported,
            Supplier<UUID> ids) {
        this.before = state;
        this.onRecord = onRecord;
        this.ids = ids;
        word = PartnerWord.of(state, parked, onRecord);
        told = toldBefore();
        if (reported != null) {
            asSent.add(reported);
        }
        events.addAll(parked);
        boolean contradicted = state.status() == PurchaseStatus.REJECTED && word.kind() == Kind.CONFIRMED;
        if (word.kind() != null || state.status() != PurchaseStatus.REJECTED) {
            bringBack(
                    record -> record.refused() && !record.event().event().kind().isDecision());
        }
        events.sort(Parked.BY_TIME);
        weigh();
        reinstated = contradicted
                || state.isRefundedInFull()
                        && word.kind() != Kind.REJECTED
                        && !told.left().isZero();
        if (reinstated || isOverturned()) {
            bringBack(record -> record.event().event().kind().isDecision());
            events.sort(Parked.BY_TIME);
        }
        if (reinstated && word.kind() == Kind.CONFIRMED) {
            // Before the amounts, which may reverse the purchase.
            Parked confirmation = requireNonNull(word.decision());
            events.remove(confirmation);
            events.add(0, confirmation);
        }
    }

    /** True when what is on record may matter: an end, a contradiction, or amounts that do not fit each other. */
    public static boolean needsRecord(PurchaseState state, List<Parked> parked) {
        boolean pending = state.status() == PurchaseStatus.PENDING;
        boolean live = pending || state.status() == PurchaseStatus.CONFIRMED;
        Money refunds = parked.stream()
                .filter(event -> event.event().kind() == Kind.REFUNDED)
                .map(event -> requireNonNull(event.event().amount()))
                .reduce(Money.ZERO, Money::plus);
        return !live
                || refunds.compareTo(state.left()) > 0
                || parked.stream()
                        .map(event -> event.event().kind())
                        .anyMatch(kind -> kind == Kind.CORRECTED
                                || kind == Kind.REJECTED
                                        && !(pending && state.refunded().isZero()));
    }

    private void bringBack(Predicate<OnRecord> choice) {
        onRecord.stream().filter(choice).forEach(record -> {
            UUID id = record.event().id();
            if (events.stream().noneMatch(event -> event.id().equals(id))) {
                events.add(record.event());
                asSent.add(id);
                if (record.refused()) {
                    refusedBefore.add(id);
                }
            }
        });
    }

    private boolean isOverturned() {
        return !word.byOthers()
                && (before.status() == PurchaseStatus.CONFIRMED || before.isRefundedInFull())
                && word.kind() == Kind.REJECTED;
    }

    /** True for an end that somebody else than the partner made, and not its amounts either. */
    private boolean isEndedByOthers() {
        return switch (before.status()) {
            case PENDING, CONFIRMED -> false;
            case REJECTED -> word.byOthers();
            case REVERSED -> !before.isRefundedInFull();
        };
    }

    /**
     * Decides which amounts count, all of them together: a correction that raises the amount makes room for refunds, also
     * one that came after a rejection. What else came after it counts for nothing.
     */
    private void weigh() {
        if (isEndedByOthers()) {
            return;
        }
        List<Parked> amounts = events.stream()
                .filter(event -> !event.event().kind().isDecision())
                .toList();
        amounts.stream().filter(Replay::statesAmount).forEach(event -> told.state(stated(event)));
        List<Parked> counting = amounts.stream().filter(word::admits).toList();
        for (Parked event : counting) {
            if (event.event().kind() == Kind.REFUNDED) {
                Money part = requireNonNull(event.event().amount());
                // The buyer of one that was parked has the money back, however much it is.
                if (told.takes(part) || !asSent.contains(event.id()) && !told.isRefundedInFull()) {
                    accepted.add(event.id());
                    told.refund(part);
                }
            }
        }
        // A rejected purchase takes every correction: which one stands follows from the refunds that count.
        counting.stream()
                .filter(Replay::statesAmount)
                .filter(event -> word.kind() == Kind.REJECTED
                        || requireNonNull(event.event().amount()).compareTo(told.refunded()) >= 0)
                .map(Parked::id)
                .forEach(accepted::add);
    }

    private static boolean statesAmount(Parked event) {
        return event.event().kind() == Kind.CORRECTED && event.event().amount() != null;
    }

    static Stated stated(Parked event) {
        PartnerEvent correction = event.event();
        return new Stated(
                requireNonNull(correction.amount()),
                new Correction(correction.occurredAt(), requireNonNull(correction.correctionId())));
    }

    /** The events that are judged, in the order in which they take effect. */
    public List<Parked> events() {
        return events;
    }

    /** The effects; an event that is refused again is left as it is. */
    public Outcome outcome() {
        if (events.isEmpty()) {
            return new Outcome(List.of(), Map.of(), Set.of());
        }
        PartnerEventRules rules =
                new PartnerEventRules(before, new Plan(events, word, accepted, told), toldBefore(), ids);
        Actor lastWord = events.get(events.size() - 1).event().actor();
        if (reinstated) {
            rules.reinstate(lastWord, word.byOthers());
        }
        Outcome outcome = rules.outcome(lastWord);
        Map<UUID, Optional<DomainException>> verdicts = new LinkedHashMap<>(outcome.verdicts());
        verdicts.entrySet()
                .removeIf(verdict -> refusedBefore.contains(verdict.getKey())
                        && verdict.getValue().isPresent());
        return new Outcome(outcome.changes(), verdicts, outcome.effective());
    }

    private ToldAmounts toldBefore() {
        ToldAmounts amounts = new ToldAmounts(before);
        onRecord.stream()
                .filter(record -> !record.refused() && statesAmount(record.event()))
                .forEach(record -> amounts.state(stated(record.event())));
        return amounts;
    }
}
