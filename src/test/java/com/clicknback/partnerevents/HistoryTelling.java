package com.clicknback.partnerevents;

import static java.util.Objects.requireNonNull;

import com.clicknback.audit.Actor;
import com.clicknback.cashback.CapMonth;
import com.clicknback.cashback.MemoryBooks;
import com.clicknback.cashback.RatedPurchase;
import com.clicknback.events.PurchaseKey;
import com.clicknback.holds.Hold;
import com.clicknback.holds.ReleaseGate;
import com.clicknback.ledger.Account;
import com.clicknback.money.Money;
import com.clicknback.partnerevents.History.Act;
import com.clicknback.partnerevents.History.Bought;
import com.clicknback.partnerevents.History.Step;
import com.clicknback.partnerevents.History.Told;
import com.clicknback.partnerevents.replay.OnRecord;
import com.clicknback.partnerevents.replay.Parked;
import com.clicknback.partnerevents.replay.PartnerEvent;
import com.clicknback.partnerevents.replay.PartnerEvent.Kind;
import com.clicknback.partnerevents.replay.Replay;
import com.clicknback.partnerevents.replay.Replay.Outcome;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.purchases.Change;
import com.clicknback.purchases.Decision;
import com.clicknback.purchases.PurchaseState;
import com.clicknback.purchases.PurchaseStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One telling of a history to the rules of the service, which work on memory instead of a database. */
final class HistoryTelling {
    private static final UUID PARTNER = UUID.randomUUID();
    private static final ReleaseGate OPEN = new ReleaseGate(History.BEGIN, true, true);
    private static final Comparator<Recorded> IN_ORDER =
            Comparator.comparing((Recorded recorded) -> recorded.parked.event().occurredAt());

    private final History history;
    private final MemoryBooks books = new MemoryBooks();
    private final Map<Integer, PurchaseState> states = new TreeMap<>();
    private final Set<Integer> ingested = new TreeSet<>();
    private final Set<Integer> attached = new TreeSet<>();
    private final Map<Integer, Map<Told, Recorded>> events = new HashMap<>();

    private int daysPassed;

    HistoryTelling(History history) {
        this.history = history;
    }

    MemoryBooks books() {
        return books;
    }

    /** The latest day of a release; everything is confirmed at the beginning. */
    int daysPassed() {
        return daysPassed;
    }

    /** The credited purchases, by their place. */
    Map<Integer, PurchaseState> states() {
        return states;
    }

    /** An event on record, and the verdict on it once there is one. */
    private static final class Recorded {
        private Parked parked;
        private boolean judged;
        private boolean refused;
        private boolean effective;

        Recorded(Parked parked) {
            this.parked = parked;
        }

        /** Of a decision that is sent again the earlier time counts; one that was refused is judged anew. */
        void tellAgain(PartnerEvent event) {
            if (event.occurredAt().isBefore(parked.event().occurredAt())) {
                parked = new Parked(parked.id(), parked.purchaseId(), event);
            }
            judged = judged && !refused;
        }
    }

    void take(Step step) {
        int place = step.purchase();
        UUID reported = null;
        switch (step.act()) {
            case INGEST -> ingested.add(place);
            case ATTACH -> attached.add(place);
            case CREDIT -> credit(place);
            case TELL -> {
                UUID told = record(place, requireNonNull(step.event()));
                reported = isReported(place) ? told : null;
            }
            case RELEASE -> {
                daysPassed = Math.max(daysPassed, step.days());
                release(History.BEGIN.plus(Duration.ofDays(step.days())));
            }
            case REVERSE -> reverse(place);
        }
        if (step.act() != Act.RELEASE) {
            applyParked(place, reported);
        }
    }

    private Bought bought(int place) {
        return history.purchases().get(place);
    }

    private void credit(int place) {
        if (!ingested.contains(place) || states.containsKey(place)) {
            return;
        }
        Bought bought = bought(place);
        books.credit(new RatedPurchase(
                bought.id(),
                bought.user(),
                bought.ingestedAt(),
                CapMonth.of(bought.purchasedAt()),
                bought.terms(),
                bought.amount(),
                Money.ZERO,
                null,
                Account.PENDING,
                Money.ZERO));
        states.put(
                place,
                new PurchaseState(
                        bought.id(),
                        bought.user(),
                        bought.merchant(),
                        bought.purchasedAt(),
                        bought.ingestedAt(),
                        bought.terms(),
                        bought.amount(),
                        bought.amount(),
                        null,
                        "EUR",
                        PurchaseStatus.PENDING,
                        Money.ZERO,
                        null,
                        Money.ZERO,
                        Hold.NONE,
                        OPEN,
                        null,
                        null,
                        null));
        readAmounts();
    }

    /** Returns the id of the event on record. */
    private UUID record(int place, Told told) {
        Money amount = told.amountMinor() == 0 ? null : Money.ofMinor(told.amountMinor());
        String id = told.kind() + "-" + told.second();
        PartnerEvent event = new PartnerEvent(
                new PurchaseKey(PARTNER, "purchase-" + place),
                told.kind(),
                told.kind() == Kind.REJECTED ? "Cancelled." : null,
                told.kind() == Kind.REFUNDED ? id : null,
                told.kind() == Kind.CORRECTED ? id : null,
                amount,
                History.BEGIN.plusSeconds(told.second()),
                "test");
        Recorded fresh =
                new Recorded(new Parked(UUID.randomUUID(), bought(place).id(), event));
        Told identity = told.kind().isDecision() ? new Told(told.kind(), 0, 0) : told;
        Recorded known =
                events.computeIfAbsent(place, key -> new LinkedHashMap<>()).putIfAbsent(identity, fresh);
        if (known == null) {
            return fresh.parked.id();
        }
        known.tellAgain(event);
        return known.parked.id();
    }

    /** True once events reach the purchase: also that of its user, once the partner has reported it. */
    private boolean isReported(int place) {
        return ingested.contains(place) && (!bought(place).ownFirst() || attached.contains(place));
    }

    /** The refunds that are refused, and not only for a time after the rejection. */
    List<String> refusedRefunds() {
        List<String> refunds = new ArrayList<>();
        events.forEach((place, all) -> all.forEach((told, recorded) -> {
            PurchaseState state = states.get(place);
            if (recorded.refused
                    && told.kind() == Kind.REFUNDED
                    && state != null
                    && (state.status() != PurchaseStatus.REJECTED
                            || recorded.parked.event().occurredAt().isBefore(rejection(place)))) {
                refunds.add(place + " " + told);
            }
        }));
        return refunds.stream().sorted().toList();
    }

    /**
     * Events wait for the purchase, and for the partner's report of one that its user has submitted.
     *
     * @param reported the event whose sender is told; null when all have waited
     */
    private void applyParked(int place, @Nullable UUID reported) {
        List<Recorded> all = events.getOrDefault(place, Map.of()).values().stream()
                .sorted(IN_ORDER)
                .toList();
        List<Parked> parked = all.stream()
                .filter(recorded -> !recorded.judged)
                .map(recorded -> recorded.parked)
                .toList();
        if (parked.isEmpty() || !isReported(place)) {
            return;
        }
        credit(place);
        List<OnRecord> onRecord = all.stream()
                .filter(recorded -> recorded.judged)
                .map(recorded -> new OnRecord(recorded.parked, recorded.effective, recorded.refused))
                .toList();
        PurchaseState state = requireNonNull(states.get(place));
        Outcome outcome = new Replay(
                        state,
                        parked,
                        Replay.needsRecord(state, parked) ? onRecord : List.of(),
                        reported,
                        UUID::randomUUID)
                .outcome();
        write(place, outcome.changes());
        for (Recorded recorded : all) {
            Optional<DomainException> verdict = outcome.verdicts().get(recorded.parked.id());
            if (verdict != null) {
                recorded.judged = true;
                recorded.refused = verdict.isPresent();
                recorded.effective = outcome.effective().contains(recorded.parked.id());
            }
        }
    }

    private void release(Instant now) {
        for (int place : List.copyOf(states.keySet())) {
            PurchaseState state = requireNonNull(states.get(place));
            if (state.hold().active() && state.hold().isDue(now)) {
                write(place, List.of(new Change.Released(state, now, null, Actor.system("test"))));
            }
        }
    }

    private void reverse(int place) {
        credit(place);
        PurchaseState state = states.get(place);
        if (state != null && Decision.REVERSE.isAllowedFrom(state.status())) {
            write(place, List.of(new Change.Decided(state, Decision.REVERSE, null, Actor.system("test"))));
        }
    }

    private void write(int place, List<Change> changes) {
        if (!changes.isEmpty()) {
            books.change(changes.stream().map(Change::step).toList());
            states.put(place, changes.get(changes.size() - 1).after());
            readAmounts();
        }
    }

    /** The cashback of a purchase is stored beside its state; another purchase may have changed it. */
    private void readAmounts() {
        states.replaceAll((place, state) -> new PurchaseState(
                state.id(),
                state.userId(),
                state.merchantId(),
                state.purchasedAt(),
                state.ingestedAt(),
                state.terms(),
                state.reported(),
                state.amount(),
                state.correction(),
                state.currency(),
                state.status(),
                state.refunded(),
                state.carried(),
                isLive(state) ? books.credited(state.id()) : state.held(),
                state.hold(),
                state.gate(),
                state.reinstatementId(),
                state.reversedFrom(),
                state.rejectedAt()));
    }

    static boolean isLive(PurchaseState state) {
        return state.status() == PurchaseStatus.PENDING || state.status() == PurchaseStatus.CONFIRMED;
    }

    /** The amounts that a purchase shows; of a rejected one those that were told of with a time before. */
    private String amounts(int place, PurchaseState state) {
        if (state.status() != PurchaseStatus.REJECTED) {
            return state.amount() + " less " + state.refunded();
        }
        Instant rejected = rejection(place);
        List<PartnerEvent> counting = events.getOrDefault(place, Map.of()).values().stream()
                .filter(recorded -> recorded.judged && !recorded.refused)
                .map(recorded -> recorded.parked.event())
                .filter(event -> event.amount() != null && event.occurredAt().isBefore(rejected))
                .toList();
        Money refunded = counting.stream()
                .filter(event -> event.kind() == Kind.REFUNDED)
                .map(event -> requireNonNull(event.amount()))
                .reduce(Money.ZERO, Money::plus);
        Money amount = counting.stream()
                .filter(event -> event.kind() == Kind.CORRECTED)
                .filter(event -> requireNonNull(event.amount()).compareTo(refunded) >= 0)
                .max(Comparator.comparing(PartnerEvent::occurredAt))
                .map(event -> requireNonNull(event.amount()))
                .orElse(state.reported());
        return amount + " less " + refunded;
    }

    private Instant rejection(int place) {
        return requireNonNull(events.get(place)).values().stream()
                .map(recorded -> recorded.parked.event())
                .filter(event -> event.kind() == Kind.REJECTED)
                .map(PartnerEvent::occurredAt)
                .findFirst()
                .orElseThrow();
    }

    /** Everything that does not depend on when it happened. */
    List<String> end() {
        List<String> end = new ArrayList<>();
        states.forEach((place, state) -> end.add(place + " " + state.status() + " " + amounts(place, state)
                + (isLive(state) ? " earns " + state.held() : "")));
        for (UUID user : history.users()) {
            end.add("pending " + books.balance(user, Account.PENDING) + " available "
                    + books.balance(user, Account.AVAILABLE));
        }
        return end;
    }
}
