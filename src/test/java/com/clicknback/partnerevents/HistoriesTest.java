package com.clicknback.partnerevents;

import static com.clicknback.testing.TestService.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.audit.Actor;
import com.clicknback.cashback.CashbackType;
import com.clicknback.events.PurchaseKey;
import com.clicknback.ingestion.Submission;
import com.clicknback.money.Money;
import com.clicknback.partnerevents.replay.OnRecord;
import com.clicknback.partnerevents.replay.PartnerEvent;
import com.clicknback.partnerevents.replay.PartnerEvent.Kind;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.purchases.Decision;
import com.clicknback.purchases.Decisions;
import com.clicknback.testing.Workbench;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Random histories of several users, caps and holds, each told in several orders of arrival. Purchases keep their order of
 * ingestion. After any step the books agree, so each cap is handed out as far as its purchases are entitled; every order
 * comes to the same end.
 */
class HistoriesTest {
    private static final int HISTORIES = Integer.getInteger("histories", 12);
    private static final int OF_A_BENCH = 6;
    private static final int ORDERS = 4;
    private static final int AT_ONCE = 6;
    private static final int CHECKED_ONE_IN = Integer.getInteger("histories.checkedOneIn", 4);
    private static final int PURCHASES = 4;
    private static final Instant BEGIN = Instant.parse("2026-04-22T10:00:00Z");

    private static Workbench bench;
    private static ParkedEvents parkedEvents;
    private static Database otherPool;
    private static List<PartnerEventIntake> intakes;
    private static JoinedExplanations explanations;
    private static UUID partner;
    private static List<UUID> merchants;

    @BeforeAll
    static void openBench() {
        bench = Workbench.open();
        parkedEvents = PartnerEventParts.parkedEvents(bench, bench.database);
        otherPool = Database.open(bench.vertx, bench.settings);
        intakes = Stream.of(bench.database, otherPool)
                .map(database -> PartnerEventParts.intake(bench, database, parkedEvents))
                .toList();
        explanations = JoinedExplanations.on(bench);
        partner = bench.partner();
        merchants = List.of(
                bench.merchantOffering(CashbackType.PERCENT, 100_000, 60_00),
                bench.merchantOffering(CashbackType.FIXED, 70_000, 16_50),
                bench.merchantHolding(30));
    }

    @AfterAll
    static void closeBench() {
        await(otherPool.close());
        bench.close();
    }

    /** A step of a history; those that bring purchases into being keep their order. */
    private record Step(boolean arrival, Telling told) {}

    private interface Telling {
        void to(Replica replica);
    }

    /** One telling of a history, with users of its own. */
    private final class Replica {
        private final List<UUID> users = List.of(bench.user(), bench.user());
        private final String name = UUID.randomUUID().toString();

        void submit(@Nullable UUID sender, int purchase, int user, UUID merchant, long amountMinor) {
            bench.clock.advance(Duration.ofSeconds(1));
            String ref = name + "-" + purchase;
            Submission submission = new Submission(
                    new PurchaseKey(sender, (sender == null ? "own-" : "") + ref),
                    users.get(user),
                    merchant,
                    Money.ofMinor(amountMinor),
                    "EUR",
                    null,
                    ref);
            await(bench.ingestion.ingest(List.of(submission)));
            follow(purchase);
        }

        /** Applies what waits for a purchase that is there. */
        void follow(int purchase) {
            id(purchase)
                    .forEach(id -> await(bench.database.inTransaction(tx -> PartnerEventStore.findAwaited(
                                    tx, List.of(id), List.of())
                            .compose(awaited -> awaited.isEmpty()
                                    ? Future.succeededFuture()
                                    : parkedEvents
                                            .credit(tx, awaited, Actor.system("test"))
                                            .compose(credited -> parkedEvents.apply(tx, awaited, null))
                                            .mapEmpty()))));
        }

        void tell(int purchase, Kind kind, int second, @Nullable String id, @Nullable Money amount) {
            PartnerEvent event = new PartnerEvent(
                    new PurchaseKey(partner, name + "-" + purchase),
                    kind,
                    kind == Kind.REJECTED ? "Cancelled at " + second / 2 + "." : null,
                    kind == Kind.REFUNDED ? id : null,
                    kind == Kind.CORRECTED ? id : null,
                    amount,
                    BEGIN.plusSeconds(second),
                    "test");
            PartnerEventIntake intake = intakes.get(second % intakes.size());
            await(intake.report(event)
                    .recover(failure -> failure instanceof DomainException && !DomainException.isUnavailable(failure)
                            ? Future.succeededFuture(new PartnerEvents.Reported(null))
                            : Future.failedFuture(failure)));
        }

        void credit(int purchase, int user) {
            id(purchase).forEach(id -> bench.credit(users.get(user), id));
        }

        void reverse(int purchase) {
            id(purchase)
                    .forEach(id -> await(bench.decisions.decide(
                            Decision.REVERSE, Decisions.withoutReason(List.of(id)), Actor.system("test"))));
        }

        private List<UUID> id(int purchase) {
            String ref = name + "-" + purchase;
            return bench.sql.column(
                    "SELECT id FROM purchases WHERE external_id = ? OR external_id = ?", ref, "own-" + ref);
        }

        String end() {
            List<String> purchases = bench.sql.column("""
                    SELECT concat_ws(' ', p.status, p.rejection_reason, coalesce(p.corrected_minor, p.amount_minor),
                                     'less', p.refunded_minor,
                                     (SELECT string_agg(r.external_id, ' ' ORDER BY r.external_id) FROM refunds r
                                      WHERE r.purchase_id = p.id AND (p.rejected_at < r.occurred_at) IS NOT TRUE),
                                     'held', p.held,
                                     CASE WHEN p.status IN ('pending', 'confirmed')
                                          THEN coalesce(p.rerated_minor, c.amount_minor) END)
                    FROM purchases p JOIN cashback_credits c ON c.purchase_id = p.id
                    WHERE p.user_id IN (?, ?) ORDER BY right(p.external_id, 1)
                    """, users.get(0), users.get(1));
            List<String> wallets = bench.sql.column("""
                    SELECT format('pending %s available %s', pending_minor, available_minor)
                    FROM wallets WHERE user_id IN (?, ?) ORDER BY user_id
                    """, users.get(0), users.get(1));
            return purchases + " " + wallets;
        }
    }

    @Test
    void comeToOneEndInEveryOrderOfArrival() {
        long first = first();
        for (long seed = first; seed < first + HISTORIES; seed++) {
            freshBench(seed - first);
            Random random = new Random(seed);
            List<Step> steps = steps(random);
            int reversed = random.nextInt(PURCHASES);
            Map<Replica, String> ends = new LinkedHashMap<>();
            for (int order = 0; order < ORDERS; order++) {
                Replica replica = new Replica();
                for (Step step : shuffled(steps, random)) {
                    step.told().to(replica);
                    if (order == 0 && random.nextInt(CHECKED_ONE_IN) == 0) {
                        assertThat(bench.differences()).as("seed %s", seed).isEmpty();
                    }
                }
                String end = replica.end();
                assertThat(explanations.gaps(replica.users)).as("seed %s", seed).isEmpty();
                replica.reverse(reversed);
                assertThat(bench.differences()).as("seed %s", seed).isEmpty();
                ends.put(replica, end + " then " + replica.end());
            }
            bench.clock.advance(Duration.ofDays(30));
            await(bench.releases.run());
            assertThat(bench.differences()).as("seed %s", seed).isEmpty();
            ends.replaceAll((replica, end) -> end + " released " + replica.end());
            Set<String> different = Set.copyOf(ends.values());
            assertThat(different).as("-Dhistories.seed=%s", seed).hasSize(1);
        }
    }

    /** Two processes share nothing but the database, which puts what is about one purchase in some order. */
    @Test
    void comeToThatEndToldAtOnceByTwoProcesses() {
        long first = first();
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            for (long seed = first; seed < first + HISTORIES; seed++) {
                freshBench(seed - first);
                Random random = new Random(seed);
                List<Step> steps = shuffled(steps(random), random);
                Replica oneByOne = new Replica();
                steps.forEach(step -> step.told().to(oneByOne));
                Replica atOnce = new Replica();
                List<Step> arrivals = steps.stream().filter(Step::arrival).toList();
                List<Step> credits = arrivals.subList(arrivals.size() - PURCHASES, arrivals.size());
                List<CompletableFuture<Void>> told = steps.stream()
                        .filter(step -> !step.arrival())
                        .map(step ->
                                CompletableFuture.runAsync(() -> step.told().to(atOnce), threads))
                        .toList();
                arrivals.subList(0, arrivals.size() - PURCHASES)
                        .forEach(step -> step.told().to(atOnce));
                told.forEach(CompletableFuture::join);
                IntStream.range(0, PURCHASES).forEach(atOnce::follow);
                credits.forEach(step -> step.told().to(atOnce));
                assertThat(bench.differences()).as("seed %s", seed).isEmpty();
                assertThat(atOnce.end()).as("-Dhistories.seed=%s", seed).isEqualTo(oneByOne.end());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** The books are checked as a whole, and an offer lasts a year. */
    private static void freshBench(long told) {
        if (told % OF_A_BENCH == OF_A_BENCH - 1) {
            closeBench();
            openBench();
        }
    }

    private static long first() {
        long first = Long.getLong("histories.seed", System.nanoTime());
        System.out.println("histories from seed " + first);
        return first;
    }

    /** The limit is one of each purchase. */
    @Test
    void theRecordOfOnePurchaseHidesThatOfNoOther() {
        Replica replica = new Replica();
        List<UUID> ids = new ArrayList<>();
        for (int purchase = 0; purchase < 2; purchase++) {
            replica.submit(partner, purchase, 0, merchants.get(0), 100_00);
            replica.tell(purchase, Kind.CORRECTED, 1, "k", Money.ofMinor(90_00));
            replica.tell(purchase, Kind.CONFIRMED, 2, null, null);
            ids.addAll(replica.id(purchase));
        }
        List<OnRecord> found = await(bench.database.inTransaction(tx -> PartnerEventStore.findOnRecord(tx, ids, 1)));
        assertThat(found)
                .as("decisions come first")
                .allMatch(record -> record.event().event().kind() == Kind.CONFIRMED)
                .extracting(record -> record.event().purchaseId())
                .containsExactlyInAnyOrderElementsOf(ids);
    }

    private static List<Step> steps(Random random) {
        List<Step> steps = new ArrayList<>();
        List<Step> credits = new ArrayList<>();
        for (int i = 0; i < PURCHASES; i++) {
            int purchase = i;
            int user = random.nextInt(2);
            UUID merchant = merchants.get(Math.max(0, random.nextInt(5) - 2));
            credits.add(new Step(true, replica -> replica.credit(purchase, user)));
            long amount = 100_00 + random.nextInt(400_00);
            List<Step> reports = new ArrayList<>();
            reports.add(new Step(true, replica -> replica.submit(partner, purchase, user, merchant, amount)));
            if (random.nextInt(3) == 0) {
                Step own = new Step(true, replica -> replica.submit(null, purchase, user, merchant, amount));
                reports.add(random.nextInt(2), own);
            }
            steps.addAll(reports);
            events(random, purchase, amount).forEach(steps::add);
            if (random.nextBoolean()) {
                steps.add(new Step(false, replica -> replica.credit(purchase, user)));
            }
        }
        // The end of every telling: nothing waits for its credit.
        steps.addAll(credits);
        return steps;
    }

    /**
     * Refunds never add up to more than the highest amount: one that does is refused to its sender, unless it is parked.
     * Everything else contradicts itself freely.
     */
    private static List<Step> events(Random random, int purchase, long amount) {
        List<Step> events = new ArrayList<>();
        List<Integer> seconds =
                new ArrayList<>(IntStream.rangeClosed(1, 12).boxed().toList());
        Collections.shuffle(seconds, random);
        long highest = amount;
        for (int i = random.nextInt(4); i > 0; i--) {
            int second = seconds.remove(0);
            Money stated = random.nextInt(8) == 0 ? null : Money.ofMinor(amount / 2 + random.nextInt((int) amount));
            highest = Math.max(highest, stated == null ? 0 : stated.minor());
            events.add(new Step(false, r -> r.tell(purchase, Kind.CORRECTED, second, "k" + second, stated)));
        }
        long left = random.nextBoolean() ? amount : highest;
        for (int i = random.nextInt(4); i > 0 && left > 0; i--) {
            int second = seconds.remove(0);
            long part = random.nextInt(3) == 0 ? left : 1 + random.nextInt((int) left);
            left -= part;
            events.add(
                    new Step(false, r -> r.tell(purchase, Kind.REFUNDED, second, "r" + second, Money.ofMinor(part))));
        }
        for (Kind kind : List.of(Kind.CONFIRMED, Kind.REJECTED)) {
            // Sent once or several times, each with a time of its own.
            for (int i = random.nextInt(4) - 1; i > 0; i--) {
                int second = seconds.remove(0);
                events.add(new Step(false, r -> r.tell(purchase, kind, second, null, null)));
            }
        }
        return events;
    }

    /** Arrivals keep their order among each other. */
    private static List<Step> shuffled(List<Step> steps, Random random) {
        List<Step> arrivals = steps.stream().filter(Step::arrival).toList();
        List<Step> shuffled = new ArrayList<>(arrivals);
        // The credits at the end stay there.
        int last = arrivals.size() - PURCHASES;
        for (Step step : steps) {
            if (!step.arrival()) {
                shuffled.add(random.nextInt(last + 1), step);
                last++;
            }
        }
        return shuffled;
    }
}
