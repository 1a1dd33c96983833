package com.clicknback.partnerevents;

import static com.clicknback.testing.TestService.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.events.PurchaseKey;
import com.clicknback.ingestion.Submission;
import com.clicknback.ingestion.Verdict;
import com.clicknback.money.Money;
import com.clicknback.partnerevents.PartnerEvents.Standing;
import com.clicknback.partnerevents.replay.PartnerEvent;
import com.clicknback.partnerevents.replay.PartnerEvent.Kind;
import com.clicknback.platform.db.PageRequest;
import com.clicknback.platform.events.Follower;
import com.clicknback.purchases.PurchaseStatus;
import com.clicknback.testing.Workbench;
import com.clicknback.verification.PurchaseVerifier;
import com.clicknback.verification.VerificationVerticle;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Partner events between parking and arrival, with followers and jobs that work only when a test says so. */
class ParkedEventsTest {
    private static final Instant BEGIN = Instant.parse("2026-04-22T10:00:00Z");

    private static Workbench bench;
    private static Context context;
    private ParkedEvents parkedEvents;
    private PartnerEventIntake events;
    private UUID user;
    private UUID merchant;
    private UUID partner;
    private int told;

    @BeforeAll
    static void openBench() {
        bench = Workbench.open();
        context = bench.vertx.getOrCreateContext();
    }

    @AfterAll
    static void closeBench() {
        assertThat(bench.differences()).isEmpty();
        bench.close();
    }

    @BeforeEach
    void aUserAMerchantAndAPartner() {
        parkedEvents = parkedEvents(2_000);
        events = partnerEvents(parkedEvents);
        user = bench.user();
        merchant = bench.merchant();
        partner = bench.partner();
    }

    @Test
    void aPurchaseThatIsNotCreditedYetIsCreditedFirst() {
        Submission submission = submission();
        UUID id = arrive(submission);

        Standing refunded = report(refund(submission, "r", 250));

        assertThat(refunded).isEqualTo(new Standing(id, PurchaseStatus.PENDING, Money.ofMinor(38), null)); // 37.5
        assertThat(bench.sql.<String>column(
                        "SELECT kind || ' ' || amount_minor FROM ledger_transfers WHERE user_id = ? ORDER BY id", user))
                .containsExactly("cashback_credit 50", "cashback_refunded 12");
        bench.credit(user, id);
        assertThat(bench.find(id).cashbackAmount()).isEqualTo(Money.ofMinor(38));
    }

    @Test
    void theJobLeavesAPurchaseAloneUntilWhatIsParkedForItIsApplied() {
        Submission submission = submission();
        assertThat(report(rejection(submission))).isNull();
        UUID id = arrive(submission);
        UUID other = arrive(submission());

        runJob();
        assertThat(bench.find(id).status()).isEqualTo(PurchaseStatus.PENDING);
        assertThat(bench.find(other).status()).isEqualTo(PurchaseStatus.CONFIRMED);

        follow(parkedEvents);
        assertThat(bench.find(id).status()).isEqualTo(PurchaseStatus.REJECTED);
    }

    /** As when the follower has passed the arrival before the parking is committed. */
    @Test
    void aParkingThatIsCommittedAfterItsPurchaseWasPassedIsApplied() {
        Submission submission = submission();
        UUID id = arrive(submission);
        follow(parkedEvents);
        bench.sql.execute("""
                INSERT INTO partner_events (id, partner_id, external_id, kind, occurred_at, received_at, cause)
                VALUES (?, ?, ?, 'confirmed', now(), now(), 'test')
                """, UUID.randomUUID(), partner, submission.externalId());
        follow(parkedEvents);
        assertThat(bench.find(id).status()).as("nobody was told").isEqualTo(PurchaseStatus.PENDING);

        bench.sql.execute("""
                INSERT INTO event_log (type, payload, occurred_at)
                VALUES ('partner_events.parked',
                        json_build_object('purchases', json_build_array(
                            json_build_object('partner_id', ?::uuid, 'external_id', ?::text)))::text, now())
                """, partner, submission.externalId());
        follow(parkedEvents);

        assertThat(bench.find(id).status()).isEqualTo(PurchaseStatus.CONFIRMED);
    }

    @Test
    void whatOneTransactionDoesNotApplyTheNextOnesDo() {
        ParkedEvents slow = parkedEvents(4);
        List<Submission> submissions =
                Stream.generate(this::submission).limit(5).toList();
        for (Submission submission : submissions) {
            for (int i = 0; i < 5; i++) {
                report(refund(submission, "r" + i, 100));
            }
            report(confirmation(submission));
            report(refund(submission, "rest", 501));
            report(refund(submission, "last", 400));
        }
        await(bench.ingestion.ingest(submissions));

        follow(slow);

        assertThat(parked()).isZero();
        assertThat(bench.sql.<String>column(
                        "SELECT DISTINCT status || ' ' || refunded_minor FROM purchases WHERE user_id = ?", user))
                .containsExactly("reversed 1001");
        assertThat(recorded("outcome = 'PURCHASE_ALREADY_REVERSED'")).isEqualTo(5);
        assertThat(bench.sql.count(
                        "SELECT count(*) FROM event_log WHERE type = 'partner_events.parked' AND payload LIKE ?",
                        "%" + partner + "%"))
                .as("40 for the parkings, one for each transaction but the last")
                .isEqualTo(40 + 9);
    }

    @Test
    void anEventBehindMoreThanOneTransactionAppliesIsParkedBehindThem() {
        ParkedEvents slow = parkedEvents(2);
        Submission submission = submission();
        for (int i = 0; i < 3; i++) {
            report(refund(submission, "r" + i, 100));
        }
        UUID id = arrive(submission);

        assertThat(await(partnerEvents(slow).report(confirmation(submission))).purchase())
                .isNull();
        assertThat(bench.find(id).status()).isEqualTo(PurchaseStatus.PENDING);
        assertThat(parked()).isEqualTo(2);
        follow(slow);

        assertThat(bench.find(id).status()).isEqualTo(PurchaseStatus.CONFIRMED);
        assertThat(await(partnerEvents(slow).report(event(submission, Kind.CONFIRMED, null, null, null)))
                        .purchase())
                .isEqualTo(new Standing(
                        id,
                        PurchaseStatus.CONFIRMED,
                        Money.ofMinor(35),
                        bench.find(id).payableAt()));
    }

    @Test
    void anExpiredEventIsListedAndAudited() {
        Submission submission = submission();
        report(refund(submission, "a", 100));
        bench.clock.advance(Duration.ofDays(90));
        await(limits().expire());
        UUID id = arrive(submission);

        RecordedEvent expired = await(RecordedEventStore.list(
                        bench.database, partner, EventOutcome.EXPIRED, new PageRequest(10, 0, null)))
                .items()
                .get(0);
        assertThat(expired.message()).isEqualTo("The refund a of 1.00 waited 90 days for its purchase and expired.");
        assertThat(expired.purchaseId()).isEqualTo(id);
        assertThat(expired.settledAt()).isEqualTo(bench.clock.instant());
        assertThat(bench.sql.<String>column(
                        "SELECT details ->> 'external_id' FROM audit_log WHERE action = 'PARTNER_EVENT_EXPIRED'"
                                + " AND resource_id = ?",
                        partner.toString()))
                .containsExactly(submission.externalId());
    }

    @Test
    void anEventWhosePurchaseHasJustArrivedDoesNotExpire() {
        Submission submission = submission();
        report(confirmation(submission));
        arrive(submission);
        bench.clock.advance(Duration.ofDays(90));

        await(limits().expire());
        assertThat(parked()).isEqualTo(1);
        follow(parkedEvents);
    }

    @Test
    void purchasesThatPartnersDecideAboutLeaveTheJobsListAndComeBack() {
        bench.sql.execute("UPDATE partners SET confirmed_by = 'partner' WHERE id = ?", partner);
        await(bench.ingestion.ingest(
                Stream.generate(this::submission).limit(1_001).toList()));
        bench.clock.advance(Duration.ofSeconds(1));
        UUID other = bench.purchase(user, merchant, 1_000);

        runJob();
        assertThat(bench.find(other).status()).isEqualTo(PurchaseStatus.CONFIRMED);
        assertThat(purchases("pending")).isEqualTo(1_001);
        assertThat(awaited("due_at IS NULL")).isEqualTo(1_001);

        bench.sql.execute("UPDATE partners SET confirmed_by = 'verification' WHERE id = ?", partner);
        runJob();
        assertThat(purchases("confirmed")).isEqualTo(1_002);
        assertThat(awaited("true")).isZero();
    }

    private Submission submission() {
        return bench.submission(partner, user, merchant, 1_000);
    }

    private UUID arrive(Submission submission) {
        Verdict verdict = await(bench.ingestion.ingest(List.of(submission))).get(0);
        return ((Verdict.Accepted) verdict).id();
    }

    private Standing report(PartnerEvent event) {
        return await(events.report(event)).purchase();
    }

    private PartnerEvent confirmation(Submission submission) {
        return event(submission, Kind.CONFIRMED, null, null, null);
    }

    private PartnerEvent rejection(Submission submission) {
        return event(submission, Kind.REJECTED, "Cancelled.", null, null);
    }

    private PartnerEvent refund(Submission submission, String refundId, long amountMinor) {
        return event(submission, Kind.REFUNDED, null, refundId, Money.ofMinor(amountMinor));
    }

    /** Each a second after the one before. */
    private PartnerEvent event(Submission submission, Kind kind, String reason, String refundId, Money amount) {
        return new PartnerEvent(
                new PurchaseKey(partner, submission.externalId()),
                kind,
                reason,
                refundId,
                null,
                amount,
                BEGIN.plusSeconds(told++),
                "test");
    }

    private long parked() {
        return recorded("outcome IS NULL");
    }

    private long recorded(String condition) {
        return bench.sql.count("SELECT count(*) FROM partner_events WHERE partner_id = ? AND " + condition, partner);
    }

    private long purchases(String status) {
        return bench.sql.count("SELECT count(*) FROM purchases WHERE user_id = ? AND status = ?", user, status);
    }

    private long awaited(String condition) {
        return bench.sql.count("SELECT count(*) FROM verifications WHERE user_id = ? AND " + condition, user);
    }

    private static ParkedEvents parkedEvents(int appliedMax) {
        return new ParkedEvents(
                bench.earlyCredits,
                bench.changes,
                bench.ids,
                bench.events,
                bench.metrics,
                outcomes(),
                new ParkedIsolation(bench.database, bench.events, bench.clock),
                appliedMax);
    }

    private static ParkedLimits limits() {
        return new ParkedLimits(bench.database, outcomes(), bench.clock, 1_000, 90);
    }

    private static EventOutcomes outcomes() {
        return new EventOutcomes(bench.audit, bench.metrics, bench.clock);
    }

    private static PartnerEventIntake partnerEvents(ParkedEvents parkedEvents) {
        return new PartnerEventIntake(
                bench.database, parkedEvents, limits(), bench.ids, bench.events, bench.metrics, bench.clock);
    }

    /** Lets the follower of the log work until there is nothing left. */
    private void follow(ParkedEvents handler) {
        await(bench.vertx.deployVerticle(new Following(handler)).compose(bench.vertx::undeploy));
    }

    /** Starts once everything in the log has taken effect. */
    private final class Following extends VerticleBase {
        private final ParkedEvents handler;
        private Follower follower;

        Following(ParkedEvents handler) {
            this.handler = handler;
        }

        @Override
        public Future<?> start() {
            Follower.Settings settings = new Follower.Settings("partner-events", 100, 250, 5_000);
            follower = new Follower(vertx, bench.database, bench.clock, settings, handler::follow);
            return follower.start(bench.bus).compose(started -> follower.caughtUp());
        }

        @Override
        public Future<?> stop() {
            return follower.close();
        }
    }

    /** One run of a job whose verifier confirms everything. */
    private void runJob() {
        VerificationVerticle verification = new VerificationVerticle(
                bench.database,
                bench.autoConfirm,
                bench.decisions,
                bench.metrics,
                bench.clock,
                new VerificationVerticle.Settings(
                        candidate -> Future.succeededFuture(new PurchaseVerifier.Finding.Confirmed()),
                        Duration.ofDays(1),
                        3));
        String deployed = await(bench.vertx.deployVerticle(verification));
        await(verification.run());
        await(bench.vertx.undeploy(deployed));
    }
}
