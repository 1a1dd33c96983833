package com.clicknback.purchases;

import static com.clicknback.testing.TestService.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.audit.Actor;
import com.clicknback.events.PurchaseKey;
import com.clicknback.ingestion.Ingestion;
import com.clicknback.ingestion.Submission;
import com.clicknback.ingestion.Verdict;
import com.clicknback.money.Money;
import com.clicknback.platform.bus.Request;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.TestService;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;

/**
 * Random histories of many users at once, on two services that share a database: whatever was answered is what is
 * stored, and the ledger adds up. A failure names its seed, which fixes what every worker does, not how they interleave.
 */
class ConcurrentHistoriesTest {
    private static final int WORKERS = 8;
    private static final int STEPS = 60;
    private static final Actor ADMIN = Actor.admin(new UUID(0, 1), "history");

    /** The state of a purchase after each legal sequence of successful decisions. */
    private static final Map<List<Decision>, PurchaseStatus> LEGAL = Map.of(
            List.of(), PurchaseStatus.PENDING,
            List.of(Decision.CONFIRM), PurchaseStatus.CONFIRMED,
            List.of(Decision.REJECT), PurchaseStatus.REJECTED,
            List.of(Decision.REVERSE), PurchaseStatus.REVERSED,
            List.of(Decision.CONFIRM, Decision.REVERSE), PurchaseStatus.REVERSED);

    private static List<TestService> services;
    private static Scenario given;

    private final Map<PurchaseKey, Set<UUID>> idsByKey = new ConcurrentHashMap<>();
    private final Map<UUID, List<Decision>> decisionsById = new ConcurrentHashMap<>();
    private final Map<PurchaseKey, Integer> acceptedByKey = new ConcurrentHashMap<>();
    private final List<Throwable> surprises = new CopyOnWriteArrayList<>();
    private List<UUID> users;
    private List<UUID> merchants;
    private List<UUID> partners;

    @BeforeAll
    static void startServices() {
        TestService first = TestService.start(TestServer.shared().createMigratedDatabase(), new TestClock());
        services = List.of(first, first.another(Map.of()));
        given = new Scenario(first);
    }

    @AfterAll
    static void closeServices() {
        services.forEach(TestService::close);
    }

    @RepeatedTest(3)
    void endAsTheyWereAnsweredAndTheLedgerAddsUp() {
        long seed = new Random().nextLong();
        users = given.users(6);
        UUID capped = given.merchant("0");
        UUID uncapped = given.merchant("7.5");
        merchants = List.of(capped, uncapped);
        UUID offer = given.offer(capped, "percent", "10", "25");
        partners = List.of(given.partner().id(), given.partner().id());

        await(Future.join(IntStream.range(0, WORKERS)
                .mapToObj(worker -> work(new Random(seed + worker), STEPS))
                .toList()));
        services.forEach(TestService::awaitCredits);

        String named = "seed " + seed;
        assertThat(surprises).as(named).isEmpty();
        assertThat(acceptedByKey)
                .as(named)
                .isNotEmpty()
                .allSatisfy((key, times) ->
                        assertThat(times).as("%s: %s", named, key).isEqualTo(1));
        assertThat(idsByKey)
                .as(named)
                .allSatisfy(
                        (key, ids) -> assertThat(ids).as("%s: %s", named, key).hasSize(1));
        idsByKey.values().forEach(ids -> assertDecided(ids.iterator().next(), named));
        for (UUID user : users) {
            assertThat(heldUnder(offer, user)).as("%s: cap of %s", named, user).isLessThanOrEqualTo(2_500);
        }
        services.get(0).requireCleanLedger();
    }

    private void assertDecided(UUID id, String named) {
        List<Decision> decisions =
                decisionsById.getOrDefault(id, List.of()).stream().sorted().toList();
        assertThat(LEGAL).as("%s: %s", named, id).containsKey(decisions);
        assertThat(services.get(0).ask(new Purchases.Find(id)).status())
                .as("%s: %s after %s", named, id, decisions)
                .isEqualTo(LEGAL.get(decisions));
    }

    /** An earlier purchase that is credited later takes its share of the cap back from those that were credited before. */
    private static long heldUnder(UUID offer, UUID user) {
        return services.get(0).sql().count("""
                SELECT coalesce(sum(coalesce(p.rerated_minor, c.amount_minor)), 0)
                FROM purchases p JOIN cashback_credits c ON c.purchase_id = p.id
                WHERE p.offer_id = ? AND p.user_id = ? AND p.status IN ('pending', 'confirmed')
                """, offer, user);
    }

    private Future<?> work(Random random, int steps) {
        if (steps == 0) {
            return Future.succeededFuture();
        }
        Future<?> step = random.nextInt(3) == 0 ? ingest(random) : decide(random);
        return step.otherwise(failure -> {
                    surprises.add(failure);
                    return null;
                })
                .compose(done -> work(random, steps - 1));
    }

    /** External ids come from a small range, so that repeats and reuses by all workers are frequent. */
    private Future<?> ingest(Random random) {
        List<Submission> submissions = new ArrayList<>();
        for (int n = random.nextInt(4); n >= 0; n--) {
            int external = random.nextInt(200);
            submissions.add(new Submission(
                    new PurchaseKey(partners.get(external % 2), "history-" + external),
                    users.get(external % users.size()),
                    merchants.get(external / 2 % 2),
                    Money.ofMinor(1 + external * 97L % 9_000),
                    "EUR",
                    null,
                    null));
        }
        return ask(random, new Ingestion.Submit(null, submissions)).map(answer -> {
            for (int i = 0; i < submissions.size(); i++) {
                note(submissions.get(i).key(), answer.verdicts().get(i));
            }
            return null;
        });
    }

    private void note(PurchaseKey key, Verdict verdict) {
        if (verdict instanceof Verdict.Accepted accepted) {
            acceptedByKey.merge(key, 1, Integer::sum);
            idsByKey.computeIfAbsent(key, k -> ConcurrentHashMap.newKeySet()).add(accepted.id());
        } else if (verdict instanceof Verdict.Repeated repeated) {
            idsByKey.computeIfAbsent(key, k -> ConcurrentHashMap.newKeySet())
                    .add(repeated.purchase().id());
        } else if (verdict instanceof Verdict.Taken taken) {
            surprises.add(new AssertionError(key + " differs in " + taken.differingMembers()));
        } else {
            surprises.add(((Verdict.Refused) verdict).toException());
        }
    }

    private Future<?> decide(Random random) {
        int external = random.nextInt(200);
        Decision decision = Decision.values()[random.nextInt(Decision.values().length)];
        Set<UUID> known = idsByKey.get(new PurchaseKey(partners.get(external % 2), "history-" + external));
        if (known == null) {
            return Future.succeededFuture();
        }
        UUID id = known.iterator().next();
        return ask(random, new Purchases.Decide(id, decision, "history", ADMIN))
                .onSuccess(decided -> decisionsById
                        .computeIfAbsent(id, i -> new CopyOnWriteArrayList<>())
                        .add(decision))
                .<Void>mapEmpty()
                .recover(failure -> isRefusal(failure) ? Future.succeededFuture() : Future.failedFuture(failure));
    }

    private static boolean isRefusal(Throwable failure) {
        return failure instanceof DomainException refusal
                && Set.of(
                                ErrorCode.PURCHASE_NOT_PENDING,
                                ErrorCode.PURCHASE_ALREADY_REVERSED,
                                ErrorCode.PURCHASE_NOT_REVERSIBLE)
                        .contains(refusal.code());
    }

    private static <A extends Record> Future<A> ask(Random random, Request<A> request) {
        return services.get(random.nextInt(services.size())).app().bus().ask(request);
    }
}
