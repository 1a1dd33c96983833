package com.clicknback.partnerevents;

import static com.clicknback.testing.TestService.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.events.PurchaseKey;
import com.clicknback.ingestion.Submission;
import com.clicknback.ingestion.Verdict;
import com.clicknback.partnerevents.replay.PartnerEvent;
import com.clicknback.partnerevents.replay.PartnerEvent.Kind;
import com.clicknback.platform.events.Follower;
import com.clicknback.purchases.PurchaseStatus;
import com.clicknback.testing.Waiting;
import com.clicknback.testing.Workbench;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Parked events of purchases of which one cannot be booked. */
class ParkedIsolationTest {
    private static final Instant BEGIN = Instant.parse("2026-04-22T10:00:00Z");

    private static Workbench bench;
    private static ParkedEvents parkedEvents;

    @BeforeAll
    static void openBench() {
        bench = Workbench.open();
        parkedEvents = PartnerEventParts.parkedEvents(bench, bench.database);
    }

    @AfterAll
    static void closeBench() {
        assertThat(bench.differences()).isEmpty();
        bench.close();
    }

    @Test
    void onePurchaseThatCannotBeBookedHoldsUpNoOther() {
        UUID unlucky = bench.user();
        List<UUID> ids = confirmedBeforeTheyArrive(unlucky, 5);
        bench.sql.execute("CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN RAISE EXCEPTION 'poisoned'; END $$");
        bench.sql.execute("CREATE TRIGGER poison BEFORE INSERT ON ledger_transfers FOR EACH ROW WHEN (NEW.user_id = '"
                + unlucky + "') EXECUTE FUNCTION poison()");

        follow();

        assertThat(ids)
                .filteredOn(id -> bench.find(id).status() == PurchaseStatus.PENDING)
                .containsExactly(ids.get(5));
        assertThat(await(parkedEvents.bringBack())).as("too early").isZero();
        assertThat(parkedEvents.setAside()).as("measured").isEqualTo(1);

        bench.sql.execute("DROP FUNCTION poison CASCADE");
        bench.clock.advance(ParkedIsolation.SET_ASIDE_FOR);
        assertThat(await(parkedEvents.bringBack())).isEqualTo(1);
        assertThat(parkedEvents.setAside()).as("until they are applied").isEqualTo(1);
        assertThat(await(parkedEvents.bringBack())).as("once").isZero();
        follow();

        assertThat(bench.find(ids.get(5)).status()).isEqualTo(PurchaseStatus.CONFIRMED);
        await(parkedEvents.bringBack());
        assertThat(parkedEvents.setAside()).as("none is left").isZero();
    }

    /** After a while a time-out tells that something is locked, and then a look all that is. */
    @Test
    void manyPurchasesOfALockedWalletHoldUpNoOther() throws SQLException {
        UUID unlucky = bench.user();
        List<UUID> ids = confirmedBeforeTheyArrive(unlucky, 2, 5, 7);
        try (Connection holder = bench.sql.connect();
                Statement lock = holder.createStatement()) {
            holder.setAutoCommit(false);
            lock.execute("SELECT FROM wallets WHERE user_id = '" + unlucky + "' FOR UPDATE");

            // It passes what is written from here on once the lock is gone.
            Future<String> following = bench.vertx.deployVerticle(new Following());
            Waiting.until(
                    "those of the others are applied",
                    () -> ids.stream()
                            .filter(ParkedIsolationTest::pending)
                            .toList()
                            .equals(List.of(ids.get(2), ids.get(5), ids.get(7))));
            Waiting.until("the locked ones are set aside", () -> {
                await(parkedEvents.bringBack());
                return parkedEvents.setAside() == 3;
            });
            holder.rollback();
            await(following.compose(bench.vertx::undeploy));
        }
        bench.clock.advance(ParkedIsolation.SET_ASIDE_FOR);
        assertThat(await(parkedEvents.bringBack())).isEqualTo(3);
        follow();

        assertThat(ids).allMatch(id -> bench.find(id).status() == PurchaseStatus.CONFIRMED);
        await(parkedEvents.bringBack());
        assertThat(parkedEvents.setAside()).as("none is left").isZero();
    }

    private static boolean pending(UUID id) {
        return bench.find(id).status() == PurchaseStatus.PENDING;
    }

    /** Nine purchases, some of them one user's. */
    private List<UUID> confirmedBeforeTheyArrive(UUID user, Integer... places) {
        UUID merchant = bench.merchant();
        UUID partner = bench.partner();
        List<Submission> submissions = IntStream.range(0, 9)
                .mapToObj(i -> List.of(places).contains(i) ? user : bench.user())
                .map(owner -> bench.submission(partner, owner, merchant, 1_000))
                .toList();
        submissions.forEach(this::parkConfirmation);
        return await(bench.ingestion.ingest(submissions)).stream()
                .map(verdict -> ((Verdict.Accepted) verdict).id())
                .toList();
    }

    private void parkConfirmation(Submission submission) {
        PartnerEvent confirmation = new PartnerEvent(
                new PurchaseKey(submission.key().partnerId(), submission.externalId()),
                Kind.CONFIRMED,
                null,
                null,
                null,
                null,
                BEGIN,
                "test");
        PartnerEventIntake intake = PartnerEventParts.intake(bench, bench.database, parkedEvents);
        assertThat(await(intake.report(confirmation)).purchase()).as("parked").isNull();
    }

    /** Lets the follower of the log work until there is nothing left. */
    private static void follow() {
        await(bench.vertx.deployVerticle(new Following()).compose(bench.vertx::undeploy));
    }

    /** Starts once everything in the log has taken effect. */
    private static final class Following extends VerticleBase {
        private Follower follower;

        @Override
        public Future<?> start() {
            Follower.Settings settings = new Follower.Settings(PartnerEventsVerticle.FOLLOWER, 100, 250, 5_000);
            follower = new Follower(vertx, bench.database, bench.clock, settings, parkedEvents::follow);
            return follower.start(bench.bus).compose(started -> follower.caughtUp());
        }

        @Override
        public Future<?> stop() {
            return follower.close();
        }
    }
}
