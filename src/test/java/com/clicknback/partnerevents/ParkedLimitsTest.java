package com.clicknback.partnerevents;

import static com.clicknback.testing.TestService.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.BooksCheck.Difference;
import com.clicknback.events.PurchaseKey;
import com.clicknback.ingestion.Submission;
import com.clicknback.money.Money;
import com.clicknback.partnerevents.PartnerEvents.Standing;
import com.clicknback.partnerevents.replay.PartnerEvent;
import com.clicknback.partnerevents.replay.PartnerEvent.Kind;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.purchases.PurchaseStatus;
import com.clicknback.testing.Workbench;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The limits of parked events, in number and time; two processes share the database. */
class ParkedLimitsTest {
    private static final int PARKED_MAX = 5;
    private static final int DAYS_MAX = 90;

    private static Workbench bench;
    private static Database second;
    private final Node one = new Node(bench.database);
    private final Node other = new Node(second);
    private UUID user;
    private UUID merchant;
    private UUID partner;

    /** The parts of one process that a test calls. */
    private record Node(ParkedLimits limits, PartnerEventIntake intake) {
        Node(Database database) {
            this(database, new ParkedLimits(database, outcomes(), bench.clock, PARKED_MAX, DAYS_MAX));
        }

        private Node(Database database, ParkedLimits limits) {
            this(limits, intake(database, limits));
        }

        private static EventOutcomes outcomes() {
            return new EventOutcomes(bench.audit, bench.metrics, bench.clock);
        }

        private static PartnerEventIntake intake(Database database, ParkedLimits limits) {
            ParkedEvents parked = PartnerEventParts.parkedEvents(bench, database);
            return new PartnerEventIntake(
                    database, parked, limits, bench.ids, bench.events, bench.metrics, bench.clock);
        }
    }

    @BeforeAll
    static void openBench() {
        bench = Workbench.open();
        second = Database.open(bench.vertx, bench.settings);
    }

    @AfterAll
    static void closeBench() {
        await(second.close());
        bench.close();
    }

    @BeforeEach
    void aUserAMerchantAndAPartner() {
        user = bench.user();
        merchant = bench.merchant();
        partner = bench.partner();
    }

    @AfterEach
    void theBooksAgree() {
        assertThat(bench.differences()).isEmpty();
        bench.sql.execute("DELETE FROM partner_events");
        bench.sql.execute("DELETE FROM parked_counts");
    }

    @Test
    void parallelSendersDoNotPassTheMaximum() {
        List<Boolean> parked = IntStream.range(0, 8 * PARKED_MAX)
                .mapToObj(i -> isParked(i % 2 == 0 ? one : other, confirmation(submission())))
                .toList()
                .stream()
                .map(answer -> await(answer))
                .toList();

        assertThat(parked).filteredOn(fits -> fits).hasSize(PARKED_MAX);
        assertThat(outcomes()).hasSize(PARKED_MAX).containsOnly("parked");
    }

    @Test
    void aRefusalSaysWhenToComeBackAndLeavesNoTrace() {
        fill();
        DomainException refusal = refusal(confirmation(submission()));

        assertThat(refusal.code()).isEqualTo(ErrorCode.PARKED_EVENT_LIMIT_REACHED);
        assertThat(refusal.details()).isEqualTo(DomainException.details("limit", 5, "retry_after_seconds", 60));
        assertThat(outcomes()).hasSize(PARKED_MAX);
        UUID full = partner;
        partner = bench.partner();
        assertThat(report(one, confirmation(submission())))
                .as("of another partner")
                .isNull();
        assertThat(bench.sql.count("SELECT count(*) FROM event_log WHERE payload LIKE ?", "%" + full + "%"))
                .isEqualTo(PARKED_MAX);
    }

    @Test
    void anEventThatIsParkedAlreadyCountsOnceAndIsTakenAgain() {
        Submission submission = submission();
        PartnerEvent late = confirmation(submission);
        assertThat(report(one, late)).isNull();
        assertThat(report(one, late)).isNull();
        for (int i = 1; i < PARKED_MAX; i++) {
            assertThat(report(other, confirmation(submission()))).isNull();
        }

        PartnerEvent earlier = new PartnerEvent(
                late.key(),
                Kind.CONFIRMED,
                null,
                null,
                null,
                null,
                late.occurredAt().minusSeconds(1),
                "test");
        assertThat(report(other, earlier)).isNull();
        assertThat(outcomes()).hasSize(PARKED_MAX);
    }

    @Test
    void aPurchaseThatArrivesMakesRoomWhetherItsEventsAreAppliedOrRefused() {
        Submission submission = submission();
        report(one, refund(submission, "a", 100));
        report(one, rejection(submission));
        report(one, confirmation(submission));
        fill();
        arrive(submission);

        Standing standing = report(one, refund(submission, "b", 100));

        assertThat(standing.status()).isEqualTo(PurchaseStatus.CONFIRMED);
        assertThat(outcomes(submission)).containsExactly("applied", "applied", "applied", "PURCHASE_NOT_PENDING");
        for (int i = 0; i < 3; i++) {
            assertThat(report(one, confirmation(submission()))).isNull();
        }
        assertThat(refusal(confirmation(submission())).code()).isEqualTo(ErrorCode.PARKED_EVENT_LIMIT_REACHED);
    }

    @Test
    void eventsWhosePurchaseIsThereAreNotLimited() {
        Submission submission = submission();
        arrive(submission);
        fill();

        assertThat(report(one, confirmation(submission)).status()).isEqualTo(PurchaseStatus.CONFIRMED);
        assertThat(refusal(rejection(submission)).code()).isEqualTo(ErrorCode.PURCHASE_NOT_PENDING);
    }

    @Test
    void anEventExpiresOnItsDayAndMakesRoom() {
        fill();
        bench.clock.advance(Duration.ofDays(DAYS_MAX).minusSeconds(1));
        assertThat(await(one.limits().expire())).isZero();
        assertThat(outcomes()).containsOnly("parked");

        bench.clock.advance(Duration.ofSeconds(1));
        assertThat(await(one.limits().expire())).isEqualTo(PARKED_MAX);
        assertThat(outcomes()).hasSize(PARKED_MAX).containsOnly("expired");
        fill();
    }

    @Test
    void aPurchaseThatIsLaterThanThatIsLeftAsItIsUntilTheEventIsSentAgain() {
        Submission submission = submission();
        PartnerEvent rejection = rejection(submission);
        report(one, rejection);
        expireAll();
        UUID id = arrive(submission);

        assertThat(report(one, refund(submission, "a", 100)).status()).isEqualTo(PurchaseStatus.PENDING);
        assertThat(outcomes(submission)).containsExactly("expired", "applied");

        assertThat(report(one, rejection).status()).isEqualTo(PurchaseStatus.REJECTED);
        assertThat(bench.find(id).status()).isEqualTo(PurchaseStatus.REJECTED);
        assertThat(outcomes(submission)).containsExactly("applied", "applied");
    }

    @Test
    void anExpiredEventThatIsSentAgainWaitsAnew() {
        Submission submission = submission();
        PartnerEvent confirmation = confirmation(submission);
        report(one, confirmation);
        expireAll();

        assertThat(report(one, confirmation)).isNull();
        assertThat(bench.differences()).isEmpty();
        bench.clock.advance(Duration.ofDays(DAYS_MAX - 1));
        assertThat(await(one.limits().expire())).isZero();
        arrive(submission);
        assertThat(report(one, refund(submission, "a", 100)).status()).isEqualTo(PurchaseStatus.CONFIRMED);
    }

    @Test
    void twoProcessesExpireEachEventOnce() {
        List<UUID> partners = Stream.generate(bench::partner).limit(3).toList();
        String now = bench.clock.instant().toString();
        for (UUID each : partners) {
            bench.sql.execute("""
                    INSERT INTO partner_events
                        (id, partner_id, external_id, kind, occurred_at, received_at, cause, counted)
                    SELECT gen_random_uuid(), ?, n::text, 'confirmed', ?::timestamptz, ?::timestamptz, 'test', true
                    FROM generate_series(1, 801) n
                    """, each, now, now);
            bench.sql.execute("INSERT INTO parked_counts (partner_id, parked) VALUES (?, 801)", each);
        }
        bench.clock.advance(Duration.ofDays(DAYS_MAX));

        Future<Integer> first = one.limits().expire();
        Future<Integer> parallel = other.limits().expire();
        int expired = await(first) + await(parallel);
        // Rows that one process had locked may be left by the other, whose last slice was not full.
        int rest = await(one.limits().expire());

        assertThat(expired + rest).isEqualTo(3 * 801);
        assertThat(bench.sql.count("SELECT count(*) FROM partner_events WHERE outcome IS DISTINCT FROM 'expired'"))
                .isZero();
        assertThat(bench.sql.count("SELECT count(*) FROM parked_counts WHERE parked > 0"))
                .isZero();
    }

    @Test
    void expiredEventsAreDeletedAYearLaterAndOthersStay() {
        Submission submission = submission();
        arrive(submission);
        report(one, confirmation(submission));
        fill();
        expireAll();
        bench.clock.advance(Duration.ofDays(365).minusSeconds(1));
        assertThat(await(one.limits().delete())).isZero();

        bench.clock.advance(Duration.ofSeconds(1));
        assertThat(await(one.limits().delete())).isEqualTo(PARKED_MAX);
        assertThat(outcomes()).containsExactly("applied");
    }

    @Test
    void theCheckOfTheBooksTellsACountThatDiffers() {
        report(one, confirmation(submission()));
        bench.sql.execute("UPDATE parked_counts SET parked = 3 WHERE partner_id = ?", partner);
        assertThat(bench.differences())
                .containsExactly(new Difference("parked events", "partner " + partner, "1 parked", "3 counted"));
        bench.sql.execute("DELETE FROM parked_counts WHERE partner_id = ?", partner);
        assertThat(bench.differences())
                .containsExactly(new Difference("parked events", "partner " + partner, "1 parked", "0 counted"));

        expireAll();
        assertThat(outcomes()).as("a wrong count holds nothing up").containsExactly("expired");
    }

    /** Parks until no more fit. */
    private void fill() {
        boolean fits = true;
        while (fits) {
            fits = await(isParked(one, confirmation(submission())));
        }
    }

    private void expireAll() {
        bench.clock.advance(Duration.ofDays(DAYS_MAX));
        await(one.limits().expire());
    }

    private static Future<Boolean> isParked(Node node, PartnerEvent event) {
        return node.intake().report(event).map(true).recover(failure -> Future.succeededFuture(false));
    }

    private static Standing report(Node node, PartnerEvent event) {
        return await(node.intake().report(event)).purchase();
    }

    private DomainException refusal(PartnerEvent event) {
        return (DomainException)
                await(one.intake().report(event).<Throwable>map(r -> null).otherwise(failure -> failure));
    }

    private Submission submission() {
        return bench.submission(partner, user, merchant, 1_000);
    }

    private UUID arrive(Submission submission) {
        await(bench.ingestion.ingest(List.of(submission)));
        return bench.sql.value("SELECT id FROM purchases WHERE external_id = ?", submission.externalId());
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

    private PartnerEvent event(Submission submission, Kind kind, String reason, String refundId, Money amount) {
        return new PartnerEvent(
                new PurchaseKey(partner, submission.externalId()),
                kind,
                reason,
                refundId,
                null,
                amount,
                bench.clock.instant(),
                "test");
    }

    /** The outcomes of the partner's events. */
    private List<String> outcomes() {
        return bench.sql.column("SELECT coalesce(outcome, 'parked') FROM partner_events WHERE partner_id = ?", partner);
    }

    private List<String> outcomes(Submission submission) {
        return bench.sql.column("""
                        SELECT coalesce(outcome, 'parked') FROM partner_events
                        WHERE partner_id = ? AND external_id = ? ORDER BY occurred_at, kind, refund_id
                        """, partner, submission.externalId());
    }
}
