package com.clicknback.partnerevents;

import com.clicknback.cashback.CashbackTerms;
import com.clicknback.cashback.CashbackType;
import com.clicknback.clicks.Click;
import com.clicknback.clicks.ClickId;
import com.clicknback.money.Money;
import com.clicknback.partnerevents.replay.PartnerEvent.Kind;
import com.clicknback.platform.clock.TimeOrderedIds;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A random history: purchases of several users at several merchants, in the order of ingestion, and what becomes of them.
 * A telling of it keeps that order and is free in all others.
 */
record History(List<UUID> users, List<Bought> purchases, List<Step> steps) {
    static final Instant BEGIN = Instant.parse("2026-04-22T10:00:00Z");

    /** From then on the first offer's cap is higher. */
    private static final Instant RAISED = BEGIN.minus(Duration.ofDays(10));

    private static final int USERS = 3;
    private static final int PURCHASES_MAX = 9;
    private static final UUID TEN_PERCENT = UUID.randomUUID();
    private static final UUID SEVEN_EUROS = UUID.randomUUID();

    /** The kinds of step. */
    enum Act {
        /** The first report of a purchase arrives. */
        INGEST,
        /** The partner's report of an order that its user submits as well arrives; its events reach the purchase then. */
        ATTACH,
        CREDIT,
        TELL,
        RELEASE,
        REVERSE
    }

    /**
     * A step.
     *
     * @param purchase its place among the purchases
     * @param event that is told, else null
     * @param days that have passed since the beginning
     */
    record Step(Act act, int purchase, @Nullable Told event, int days) {
        boolean keepsItsPlace() {
            return act == Act.INGEST;
        }
    }

    /**
     * An event of the partner.
     *
     * @param second of the partner's time
     * @param amountMinor of a refund or correction, else 0
     */
    record Told(Kind kind, int second, long amountMinor) {}

    /**
     * A purchase.
     *
     * @param ownFirst submitted by its user before its partner reports the order
     */
    record Bought(
            UUID id,
            UUID user,
            UUID merchant,
            Instant purchasedAt,
            Instant ingestedAt,
            CashbackTerms terms,
            Money amount,
            boolean ownFirst) {}

    static History random(Random random) {
        return random(random, false);
    }

    /**
     * A random history.
     *
     * @param beyond true when refunds may add up to more than any amount
     */
    static History random(Random random, boolean beyond) {
        List<UUID> users = Stream.generate(UUID::randomUUID).limit(USERS).toList();
        List<Bought> purchases = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        int count = 2 + random.nextInt(PURCHASES_MAX - 1);
        for (int i = 0; i < count; i++) {
            Bought bought = bought(random, users, i);
            purchases.add(bought);
            steps.add(new Step(Act.INGEST, i, null, 0));
            if (bought.ownFirst()) {
                steps.add(new Step(Act.ATTACH, i, null, 0));
            }
            for (int again = random.nextInt(3); again > 0; again--) {
                steps.add(new Step(Act.CREDIT, i, null, 0));
            }
            for (Told event : events(random, bought.amount().minor(), beyond)) {
                steps.add(new Step(Act.TELL, i, event, 0));
                if (random.nextInt(6) == 0) {
                    steps.add(new Step(Act.TELL, i, event, 0));
                }
            }
        }
        for (int days : List.of(1, 29, 31)) {
            steps.add(new Step(Act.RELEASE, 0, null, days));
        }
        return new History(users, List.copyOf(purchases), List.copyOf(steps));
    }

    private static Bought bought(Random random, List<UUID> users, int place) {
        UUID user = users.get(random.nextInt(users.size()));
        int merchant = random.nextInt(3);
        Instant purchasedAt = BEGIN.minus(Duration.ofDays(random.nextInt(40)));
        CashbackTerms terms = terms(merchant, purchasedAt);
        if (random.nextInt(4) == 0) {
            Instant clicked = purchasedAt.plus(Duration.ofHours(random.nextInt(72) - 60L));
            UUID key = new TimeOrderedIds(Clock.fixed(clicked, ZoneOffset.UTC)).next();
            Click click = new Click(
                    new ClickId(key),
                    user,
                    new UUID(0, merchant),
                    terms(merchant, clicked),
                    clicked.plus(Duration.ofDays(30)));
            terms = click.covers(purchasedAt) ? click.terms() : terms;
        }
        return new Bought(
                UUID.randomUUID(),
                user,
                new UUID(0, merchant),
                purchasedAt,
                BEGIN.plusSeconds(place),
                terms,
                Money.ofMinor(50_00 + random.nextInt(350_00)),
                random.nextInt(4) == 0);
    }

    private static CashbackTerms terms(int merchant, Instant at) {
        return switch (merchant) {
            case 0 -> CashbackTerms.merchantDefault(4_0000);
            case 1 ->
                new CashbackTerms(
                        TEN_PERCENT, CashbackType.PERCENT, 10_0000, Money.ofMinor(at.isBefore(RAISED) ? 30_00 : 45_00));
            default -> new CashbackTerms(SEVEN_EUROS, CashbackType.FIXED, 7_0000, Money.ofMinor(16_50)).withHold(30);
        };
    }

    /** Everything contradicts itself freely; decisions may be sent with several times. */
    private static List<Told> events(Random random, long amount, boolean beyond) {
        List<Told> events = new ArrayList<>();
        List<Integer> seconds =
                new ArrayList<>(IntStream.rangeClosed(1, 12).boxed().toList());
        Collections.shuffle(seconds, random);
        long highest = amount;
        for (int i = random.nextInt(4); i > 0; i--) {
            long corrected = random.nextInt(8) == 0 ? 0 : amount / 2 + random.nextInt((int) amount);
            highest = Math.max(highest, corrected);
            events.add(new Told(Kind.CORRECTED, seconds.remove(0), corrected));
        }
        long left = random.nextBoolean() ? amount : highest;
        for (int i = random.nextInt(4); i > 0 && left > 0; i--) {
            long part = random.nextInt(3) == 0 ? left : 1 + random.nextInt((int) left);
            left -= beyond ? 0 : part;
            events.add(new Told(Kind.REFUNDED, seconds.remove(0), part));
        }
        for (Kind kind : List.of(Kind.CONFIRMED, Kind.REJECTED)) {
            for (int i = random.nextInt(5) - 2; i > 0; i--) {
                events.add(new Told(kind, seconds.remove(0), 0));
            }
        }
        return events;
    }

    /** The steps in another order of arrival. */
    List<Step> shuffled(Random random) {
        List<Step> shuffled =
                new ArrayList<>(steps.stream().filter(Step::keepsItsPlace).toList());
        steps.stream()
                .filter(step -> !step.keepsItsPlace())
                .forEach(step -> shuffled.add(random.nextInt(shuffled.size() + 1), step));
        return shuffled;
    }
}
