package com.clicknback.releases;

import static com.clicknback.testing.TestService.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.audit.Actor;
import com.clicknback.holds.ReleaseGates;
import com.clicknback.ingestion.Submission;
import com.clicknback.ingestion.Verdict;
import com.clicknback.purchases.CashbackStatus;
import com.clicknback.purchases.Decision;
import com.clicknback.purchases.Decisions;
import com.clicknback.purchases.PurchaseState;
import com.clicknback.testing.Waiting;
import com.clicknback.testing.Workbench;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Held cashback on its way to the available balance. */
class ReleasesTest {
    private static final Actor ADMIN = Actor.admin(UUID.randomUUID(), "request-1");
    private static final Actor PARTNER = Actor.partner(UUID.randomUUID(), "request-2");

    private static Workbench bench;
    private UUID user;
    private UUID merchant;

    @BeforeAll
    static void openBench() {
        bench = Workbench.open();
    }

    @AfterAll
    static void closeBench() {
        bench.close();
    }

    @BeforeEach
    void aUserAtAMerchantThatHoldsThirtyDays() {
        bench.clearFlags();
        user = bench.user();
        merchant = bench.merchantHolding(30);
    }

    @AfterEach
    void theBooksAreRight() {
        bench.clearFlags();
        bench.clock.advance(Releases.CLAIMED_FOR);
        run();
        assertThat(bench.differences()).isEmpty();
    }

    @Test
    void aHoldEndsThirtyDaysAfterTheConfirmation() {
        UUID id = confirmed(ADMIN);
        Instant payableAt = bench.clock.instant().plus(Duration.ofDays(30));
        assertThat(bench.find(id).cashbackStatus()).isEqualTo(CashbackStatus.HELD);
        assertThat(bench.find(id).payableAt()).isEqualTo(payableAt);
        assertThat(balances()).isEqualTo("50 0");
        bench.clock.advance(Duration.ofDays(30).minusMillis(1));
        run();
        assertThat(balances()).isEqualTo("50 0");
        bench.clock.advance(Duration.ofMillis(1));
        run();
        assertThat(balances()).isEqualTo("0 50");
        assertThat(bench.find(id).cashbackStatus()).isEqualTo(CashbackStatus.AVAILABLE);
        assertThat(bench.find(id).payableAt()).isEqualTo(payableAt);
        assertThat(kinds(id)).containsExactly("cashback_credit", "cashback_released");
    }

    @Test
    void aReleaseIsOnRecordOnce() {
        UUID id = confirmed(ADMIN);
        bench.clock.advance(Duration.ofDays(30));
        run();
        run();
        assertThat(bench.sql.count(
                        "SELECT count(*) FROM audit_log WHERE resource_id = ? AND action = 'CASHBACK_RELEASED'",
                        id.toString()))
                .isEqualTo(1);
        JsonObject released = new JsonObject(bench.sql.<String>value(
                "SELECT event_payload(e)::text FROM event_log e WHERE type = 'cashback.released' AND event_payload(e)::text LIKE ?",
                "%" + id + "%"));
        assertThat(released.getJsonArray("releases"))
                .containsExactly(
                        JsonObject.of("purchase_id", id.toString(), "user_id", user.toString(), "amount_minor", 50));
    }

    @Test
    void aPurchaseWithoutAHoldIsPaidAtOnceAndOnNoList() {
        UUID id = bench.purchase(user, bench.merchant(), 1_000);
        decide(id, Decision.CONFIRM, ADMIN);
        assertThat(bench.find(id).cashbackStatus()).isEqualTo(CashbackStatus.AVAILABLE);
        assertThat(bench.find(id).payableAt()).isEqualTo(bench.clock.instant());
        assertThat(listed(id)).isZero();
        assertThat(kinds(id)).containsExactly("cashback_credit", "cashback_confirmed");
    }

    @Test
    void whatIsReversedDuringItsHoldIsNeverPaid() {
        UUID id = confirmed(ADMIN);
        decide(id, Decision.REVERSE, ADMIN);
        assertThat(bench.find(id).payableAt()).isNull();
        assertThat(listed(id)).isZero();
        bench.clock.advance(Duration.ofDays(30));
        run();
        assertThat(balances()).isEqualTo("0 0");
    }

    @Test
    void cashbackOfNothingIsReleasedWithoutAMovement() {
        UUID id = bench.purchase(user, merchant, 1);
        decide(id, Decision.CONFIRM, ADMIN);
        bench.clock.advance(Duration.ofDays(30));
        run();
        assertThat(bench.find(id).cashbackStatus()).isEqualTo(CashbackStatus.AVAILABLE);
        assertThat(kinds(id)).isEmpty();
    }

    @Test
    void aFlagOfAnyScopeStopsReleasesUntilItLetsGo() {
        UUID id = confirmed(ADMIN);
        bench.clock.advance(Duration.ofDays(30));
        for (String scope : List.of("global", "merchant", "user")) {
            UUID scopeId = scope.equals("global") ? null : scope.equals("merchant") ? merchant : user;
            bench.flag("cashback_release", scope, scopeId, false);
            bench.clock.advance(Releases.CLAIMED_FOR);
            run();
            assertThat(bench.find(id).cashbackStatus()).as(scope).isEqualTo(CashbackStatus.HELD);
            assertThat(bench.differences()).isEmpty();
            bench.clearFlags();
        }
        bench.clock.advance(Releases.CLAIMED_FOR);
        run();
        assertThat(bench.find(id).cashbackStatus()).isEqualTo(CashbackStatus.AVAILABLE);
    }

    @Test
    void theFlagHoldsWhatHasNoHoldOfItsOwnWhoeverConfirms() {
        bench.flag("cashback_release", "user", user, false);
        UUID id = bench.purchase(user, bench.merchant(), 1_000);
        decide(id, Decision.CONFIRM, ADMIN);
        assertThat(bench.find(id).cashbackStatus()).isEqualTo(CashbackStatus.HELD);
        assertThat(bench.find(id).payableAt()).isEqualTo(bench.clock.instant());
    }

    @Test
    void aFraudHoldOnTheUserOutlastsAPartnersConfirmation() {
        bench.flag("user", user, false);
        UUID id = bench.purchase(user, bench.merchant(), 1_000);
        decide(id, Decision.CONFIRM, PARTNER);
        run();
        assertThat(bench.find(id).cashbackStatus()).isEqualTo(CashbackStatus.HELD);
        assertThat(balances()).isEqualTo("50 0");
        bench.clearFlags();
        bench.clock.advance(Releases.CLAIMED_FOR);
        run();
        assertThat(bench.find(id).cashbackStatus()).isEqualTo(CashbackStatus.AVAILABLE);
    }

    @Test
    void aPersonsConfirmationPassesTheFraudHold() {
        bench.flag("user", user, false);
        UUID id = bench.purchase(user, bench.merchant(), 1_000);
        decide(id, Decision.CONFIRM, ADMIN);
        assertThat(bench.find(id).cashbackStatus()).isEqualTo(CashbackStatus.AVAILABLE);
        UUID held = confirmed(ADMIN);
        bench.clock.advance(Duration.ofDays(30));
        run();
        assertThat(bench.find(held).cashbackStatus()).isEqualTo(CashbackStatus.AVAILABLE);
    }

    /** A partner's word between the claim and the release decides. */
    @Test
    void aPurchaseThatChangedSinceItsClaimIsNotReleased() {
        UUID reversed = confirmed(ADMIN);
        bench.clock.advance(Duration.ofDays(30));
        UUID heldAnew = confirmed(ADMIN);
        decide(reversed, Decision.REVERSE, ADMIN);
        List<UUID> claimed = List.of(reversed, heldAnew);
        Instant start = bench.clock.instant();
        List<PurchaseState> released = await(bench.database.inTransaction(tx ->
                bench.decisions.release(tx, claimed, List.of(user), start, null, PARTNER, Decisions.Recheck.NONE)));
        assertThat(released).isEmpty();
        assertThat(balances()).isEqualTo("50 0");
    }

    /** The flag is set while the release waits for the wallet. */
    @Test
    void aFlagThatIsSetDuringARunStopsIt() {
        UUID id = confirmed(PARTNER);
        bench.clock.advance(Duration.ofDays(30));
        Promise<Void> commit = Promise.promise();
        Future<Void> payout = bench.database.inTransaction(
                tx -> bench.ledger.lock(tx, List.of(user)).compose(locked -> commit.future()));
        Future<Integer> run = bench.releases.run();
        Waiting.until(
                "the release waits for the wallet",
                () -> bench.sql.count("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND wait_event_type = 'Lock' AND query LIKE '%FROM wallets%'")
                        > 0);
        bench.flag("user", user, false);
        commit.complete();
        await(Future.all(payout, run));
        assertThat(bench.find(id).cashbackStatus()).isEqualTo(CashbackStatus.HELD);
    }

    @Test
    void aReleaseThatCannotBeStoredHoldsUpNoOther() {
        UUID unlucky = bench.user();
        List<UUID> ids = ingest(List.of(user), 500);
        ids.add(250, bench.purchase(unlucky, merchant, 1_000));
        await(bench.decisions.decide(Decision.CONFIRM, Decisions.withoutReason(ids), ADMIN));
        bench.clock.advance(Duration.ofDays(30));
        bench.sql.execute("CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN RAISE EXCEPTION 'poisoned'; END $$");
        bench.sql.execute("CREATE TRIGGER poison BEFORE INSERT ON ledger_transfers FOR EACH ROW WHEN (NEW.user_id = '"
                + unlucky + "') EXECUTE FUNCTION poison()");
        run();
        assertThat(held(user)).isZero();
        assertThat(held(unlucky)).isEqualTo(1);
        bench.sql.execute("DROP FUNCTION poison CASCADE");
        run();
        assertThat(held(unlucky)).as("claimed a while longer").isEqualTo(1);
        bench.clock.advance(Releases.CLAIMED_FOR);
        run();
        assertThat(held(unlucky)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void processesReleaseTenThousandPurchasesOnce(int processes) {
        List<UUID> users = IntStream.range(0, 50).mapToObj(i -> bench.user()).toList();
        List<UUID> ids = ingest(users, 10_000);
        bench.sql.execute("DELETE FROM crediting_batches");
        for (int from = 0; from < ids.size(); from += 500) {
            await(bench.decisions.decide(
                    Decision.CONFIRM, Decisions.withoutReason(ids.subList(from, from + 500)), PARTNER));
        }
        assertThat(bench.sql.count("SELECT count(*) FROM holds")).isEqualTo(10_000);
        bench.clock.advance(Duration.ofDays(30));
        List<Releases> jobs = IntStream.range(0, processes).mapToObj(i -> job()).toList();
        long start = System.nanoTime();
        await(Future.all(jobs.stream().map(Releases::run).toList()));
        System.out.println("10,000 releases by " + processes + " in "
                + Duration.ofNanos(System.nanoTime() - start).toMillis() + " ms");
        assertThat(bench.sql.count("SELECT count(*) FROM holds")).isZero();
        assertThat(bench.sql.count(
                        "SELECT count(*) FROM ledger_transfers WHERE kind = 'cashback_released'"
                                + " AND user_id = ANY (?)",
                        (Object) users.toArray(UUID[]::new)))
                .isEqualTo(10_000);
    }

    private static Releases job() {
        return new Releases(
                bench.database,
                bench.decisions,
                new ReleaseGates(bench.clock),
                bench.events,
                bench.metrics.releases(),
                bench.clock);
    }

    private List<UUID> ingest(List<UUID> users, int purchases) {
        List<UUID> ids = new ArrayList<>();
        for (int from = 0; from < purchases; from += 500) {
            List<Submission> batch = IntStream.range(from, from + 500)
                    .mapToObj(i -> bench.submission(null, users.get(i % users.size()), merchant, 1_000))
                    .toList();
            await(bench.ingestion.ingest(batch)).forEach(verdict -> ids.add(((Verdict.Accepted) verdict).id()));
        }
        return ids;
    }

    private UUID confirmed(Actor actor) {
        UUID id = bench.purchase(user, merchant, 1_000);
        decide(id, Decision.CONFIRM, actor);
        return id;
    }

    private static void decide(UUID id, Decision decision, Actor actor) {
        await(bench.decisions.decide(decision, Decisions.withoutReason(List.of(id)), actor));
    }

    private static void run() {
        await(bench.releases.run());
    }

    private String balances() {
        Map<String, Object> wallet = bench.sql
                .rows("SELECT pending_minor, available_minor FROM wallets WHERE user_id = ?", user)
                .get(0);
        return wallet.get("pending_minor") + " " + wallet.get("available_minor");
    }

    private static long held(UUID userId) {
        return bench.sql.count("SELECT count(*) FROM holds WHERE user_id = ?", userId);
    }

    private static long listed(UUID id) {
        return bench.sql.count("SELECT count(*) FROM holds WHERE purchase_id = ?", id);
    }

    private static List<String> kinds(UUID id) {
        return bench.sql.column("SELECT kind FROM ledger_transfers WHERE purchase_id = ? ORDER BY created_at, id", id);
    }
}
