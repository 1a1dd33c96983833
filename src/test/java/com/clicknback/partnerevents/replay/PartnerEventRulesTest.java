package com.clicknback.partnerevents.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.cashback.CashbackTerms;
import com.clicknback.events.PurchaseKey;
import com.clicknback.holds.Hold;
import com.clicknback.holds.ReleaseGate;
import com.clicknback.money.Money;
import com.clicknback.partnerevents.replay.PartnerEvent.Kind;
import com.clicknback.partnerevents.replay.Replay.Outcome;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.purchases.Change;
import com.clicknback.purchases.PurchaseState;
import com.clicknback.purchases.PurchaseStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartnerEventRulesTest {
    private static final UUID PURCHASE = UUID.randomUUID();
    private static final UUID USER = UUID.randomUUID();
    private static final UUID MERCHANT = UUID.randomUUID();
    private static final UUID PARTNER = UUID.randomUUID();

    @ParameterizedTest(name = "{0}: {1} -> {2} {3}")
    @CsvSource({
        "PENDING,   CONFIRMED, CONFIRMED, ",
        "PENDING,   REJECTED,  REJECTED,  ",
        "PENDING,   REFUNDED,  PENDING,   ",
        "CONFIRMED, CONFIRMED, CONFIRMED, ",
        "CONFIRMED, REJECTED,  CONFIRMED, PURCHASE_NOT_PENDING",
        "CONFIRMED, REFUNDED,  CONFIRMED, ",
        "REJECTED,  CONFIRMED, REJECTED,  PURCHASE_NOT_PENDING",
        "REJECTED,  REJECTED,  REJECTED,  ",
        "REJECTED,  REFUNDED,  REJECTED,  PURCHASE_NOT_REVERSIBLE",
        "REVERSED,  CONFIRMED, REVERSED,  PURCHASE_NOT_PENDING",
        "REVERSED,  REJECTED,  REVERSED,  PURCHASE_NOT_PENDING",
        "REVERSED,  REFUNDED,  REVERSED,  PURCHASE_ALREADY_REVERSED"
    })
    void decidesByTheStateOfThePurchase(PurchaseStatus before, Kind kind, PurchaseStatus after, ErrorCode refusal) {
        PurchaseState state = state(100_00, before);
        Parked event = event(kind, "r", 10_00);

        Outcome outcome = outcome(state, List.of(event));

        assertThat(last(state, outcome).status()).isEqualTo(after);
        assertThat(outcome.verdicts()).containsOnlyKeys(event.id());
        assertThat(outcome.verdicts().get(event.id()).map(r -> r.code()).orElse(null))
                .isEqualTo(refusal);
        assertThat(outcome.changes()).hasSize(before == after && kind != Kind.REFUNDED || refusal != null ? 0 : 1);
    }

    @Test
    void theRefundThatLeavesNothingReversesThePurchase() {
        PurchaseState state = state(100_00);

        Outcome outcome = outcome(
                state, List.of(event(Kind.REFUNDED, "a", 99_99), event(Kind.CONFIRMED), event(Kind.REFUNDED, "b", 1)));

        assertThat(outcome.changes()).hasSize(3);
        PurchaseState last = last(state, outcome);
        assertThat(last.status()).isEqualTo(PurchaseStatus.REVERSED);
        assertThat(last.left()).isEqualTo(Money.ZERO);
    }

    @Test
    void aRefundOfMoreThanIsLeftIsRefusedAndLaterOnesAreNot() {
        Parked tooMuch = event(Kind.REFUNDED, "b", 60_01);
        Parked rest = event(Kind.REFUNDED, "c", 60_00);

        Outcome outcome =
                outcome(state(100_00), List.of(event(Kind.REFUNDED, "a", 40_00), tooMuch, rest), tooMuch.id());

        assertThat(outcome.verdicts().get(tooMuch.id()).orElseThrow().code()).isEqualTo(ErrorCode.VALIDATION_ERROR);
        assertThat(outcome.verdicts().get(rest.id())).isEmpty();
        assertThat(last(state(100_00), outcome).status()).isEqualTo(PurchaseStatus.REVERSED);
    }

    @Test
    void aRefundOfMoreThanIsLeftThatWasParkedLeavesNothing() {
        Parked tooMuch = event(Kind.REFUNDED, "r", 100_01);

        Outcome outcome = outcome(state(100_00), List.of(event(Kind.CONFIRMED), tooMuch));

        assertThat(outcome.verdicts().get(tooMuch.id())).isEmpty();
        assertThat(last(state(100_00), outcome).status()).isEqualTo(PurchaseStatus.REVERSED);
        assertThat(last(state(100_00), outcome).left()).isEqualTo(Money.ZERO);
        assertThat(last(state(100_00), outcome).refunded()).as("as told").isEqualTo(Money.ofMinor(100_01));
    }

    @Test
    void aRejectionCountsThatComesWithACorrectionToMoreThanWasRefunded() {
        PurchaseState reversed =
                last(state(100_00), outcome(state(100_00), List.of(event(Kind.REFUNDED, "r", 100_00))));
        PartnerEvent sample = event(Kind.REJECTED).event();
        Parked correction = parked(new PartnerEvent(
                sample.key(), Kind.CORRECTED, null, null, "k", Money.ofMinor(150_00), Instant.EPOCH, "test"));
        Parked rejection = parked(new PartnerEvent(
                sample.key(), Kind.REJECTED, "because", null, null, null, Instant.EPOCH.plusSeconds(1), "test"));

        Outcome outcome = outcome(reversed, List.of(correction, rejection));

        assertThat(outcome.verdicts().get(rejection.id())).isEmpty();
        assertThat(last(reversed, outcome).status()).isEqualTo(PurchaseStatus.REJECTED);
    }

    /** Refunds that fit and a confirmation among them: any order comes to the same. */
    @Property
    void theOrderOfEventsThatAllFitMakesNoDifference(
            @ForAll @LongRange(min = 1, max = 1_000_000) long amount,
            @ForAll @Size(max = 6) List<@IntRange(min = 1, max = 1_000_000) Integer> parts,
            @ForAll Random random) {
        PurchaseState state = state(amount);
        List<Parked> events = fitting(amount, parts);
        events.add(event(Kind.CONFIRMED));
        PurchaseState first = last(state, outcome(state, events));

        Collections.shuffle(events, random);
        PurchaseState shuffled = last(state, outcome(state, events));

        boolean reversed = first.left().isZero();
        assertThat(shuffled.refunded()).isEqualTo(first.refunded());
        assertThat(shuffled.status()).isEqualTo(first.status());
        assertThat(first.status()).isEqualTo(reversed ? PurchaseStatus.REVERSED : PurchaseStatus.CONFIRMED);
    }

    /** Any events in any order: each has a verdict, and what is refunded agrees with the state. */
    @Property
    void theAmountAlwaysAgreesWithTheState(
            @ForAll @LongRange(min = 1, max = 10_000) long amount,
            @ForAll @Size(max = 12) List<@IntRange(min = -2, max = 4_000) Integer> script) {
        PurchaseState state = state(amount);
        List<Parked> events = new ArrayList<>();
        for (int i = 0; i < script.size(); i++) {
            int what = script.get(i);
            events.add(
                    what == -2
                            ? event(Kind.REJECTED)
                            : what <= 0 ? event(Kind.CONFIRMED) : event(Kind.REFUNDED, "r" + i, what));
        }

        Outcome outcome = outcome(state, events);
        PurchaseState last = last(state, outcome);

        assertThat(outcome.verdicts()).hasSize(events.size());
        if (last.status() != PurchaseStatus.REJECTED) {
            assertThat(last.left().isZero()).isEqualTo(last.status() == PurchaseStatus.REVERSED);
        }
    }

    @Property
    void applyingTheEventsInTwoPartsIsApplyingThemAtOnce(
            @ForAll @Size(max = 8) List<@IntRange(min = 1, max = 50_00) Integer> parts,
            @ForAll @IntRange(min = 0, max = 8) int cut) {
        PurchaseState state = state(100_00);
        List<Parked> events = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            events.add(event(Kind.REFUNDED, "r" + i, parts.get(i)));
        }
        events.add(0, event(Kind.CONFIRMED));
        int half = Math.min(cut, events.size());

        Outcome first = outcome(state, events.subList(0, half));
        PurchaseState between = last(state, first);
        Outcome second = outcome(between, events.subList(half, events.size()));

        assertThat(last(between, second)).isEqualTo(last(state, outcome(state, events)));
    }

    private static List<Parked> fitting(long amount, List<Integer> parts) {
        List<Parked> events = new ArrayList<>();
        long left = amount;
        for (int i = 0; i < parts.size() && left > 0; i++) {
            long part = Math.min(left, parts.get(i));
            events.add(event(Kind.REFUNDED, "r" + i, part));
            left -= part;
        }
        return events;
    }

    private static PurchaseState state(long amountMinor) {
        return state(amountMinor, PurchaseStatus.PENDING);
    }

    private static PurchaseState state(long amountMinor, PurchaseStatus status) {
        return new PurchaseState(
                PURCHASE,
                USER,
                MERCHANT,
                Instant.EPOCH,
                Instant.EPOCH,
                CashbackTerms.merchantDefault(5_0000),
                Money.ofMinor(amountMinor),
                Money.ofMinor(amountMinor),
                null,
                "EUR",
                status,
                Money.ZERO,
                null,
                Money.ZERO,
                Hold.NONE,
                new ReleaseGate(Instant.EPOCH, true, true),
                null,
                null,
                null);
    }

    private static Parked event(Kind kind) {
        return event(kind, "", 0);
    }

    private static Parked event(Kind kind, String refundId, long amountMinor) {
        boolean refund = kind == Kind.REFUNDED;
        return new Parked(
                UUID.randomUUID(),
                PURCHASE,
                new PartnerEvent(
                        new PurchaseKey(PARTNER, "e"),
                        kind,
                        kind == Kind.REJECTED ? "because" : null,
                        refund ? refundId : null,
                        null,
                        refund ? Money.ofMinor(amountMinor) : null,
                        Instant.EPOCH,
                        "test"));
    }

    private static Parked parked(PartnerEvent event) {
        return new Parked(UUID.randomUUID(), PURCHASE, event);
    }

    private static Outcome outcome(PurchaseState state, List<Parked> events) {
        return outcome(state, events, null);
    }

    private static Outcome outcome(PurchaseState state, List<Parked> events, @Nullable UUID reported) {
        return new Replay(state, events, List.of(), reported, UUID::randomUUID).outcome();
    }

    private static PurchaseState last(PurchaseState state, Outcome outcome) {
        List<Change> changes = outcome.changes();
        return changes.isEmpty() ? state : changes.get(changes.size() - 1).after();
    }
}
