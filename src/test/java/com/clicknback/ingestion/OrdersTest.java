package com.clicknback.ingestion;

import static com.clicknback.testing.TestService.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.audit.Actor;
import com.clicknback.events.PurchaseKey;
import com.clicknback.money.Money;
import com.clicknback.purchases.Decision;
import com.clicknback.purchases.Decisions;
import com.clicknback.purchases.PurchaseStatus;
import com.clicknback.purchases.Purchases;
import com.clicknback.testing.Waiting;
import com.clicknback.testing.Workbench;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pairs of reports that become one purchase, also when they come at once. */
class OrdersTest {
    private static final AtomicInteger SERIAL = new AtomicInteger();

    private static Workbench bench;
    private UUID user;
    private UUID merchant;
    private UUID partner;
    private String order;

    @BeforeAll
    static void openBench() {
        bench = Workbench.open();
    }

    @AfterAll
    static void closeBench() {
        bench.close();
    }

    @BeforeEach
    void aUserAMerchantAndAPartner() {
        user = bench.user();
        merchant = bench.merchant();
        partner = bench.partner();
        order = "order-" + SERIAL.incrementAndGet();
    }

    @AfterEach
    void theBooksAgree() {
        assertThat(bench.differences()).isEmpty();
    }

    @Test
    void theSecondReportAttachesWhicheverCameFirst() {
        Submission byUser = submission(null);
        UUID id = accepted(byUser);
        Submission byPartner = submission(partner);
        assertThat(attached(byPartner)).isEqualTo(id);
        assertThat(bench.find(id).source().partnerId()).isEqualTo(partner);
        assertThat(bench.find(id).externalId()).isEqualTo(byPartner.externalId());

        order = order + "-other";
        UUID other = accepted(submission(partner));
        assertThat(attached(submission(null))).isEqualTo(other);
        assertThat(bench.find(other).source().partnerId()).isEqualTo(partner);
        assertThat(purchases()).isEqualTo(2);
    }

    @Test
    void bothInOneBatchAreOnePurchase() {
        List<Submission> batch = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            order = order + "x";
            batch.add(submission(null));
            batch.add(submission(partner));
        }
        Collections.shuffle(batch);
        batch.add(bench.submission(partner, user, merchant, 1_000));

        List<Verdict> verdicts = await(bench.ingestion.ingest(batch));

        assertThat(verdicts).filteredOn(Verdict.Accepted.class::isInstance).hasSize(6);
        assertThat(verdicts).filteredOn(Verdict.Attached.class::isInstance).hasSize(5);
        assertThat(verdicts.get(10)).isInstanceOf(Verdict.Accepted.class);
        assertThat(purchases()).isEqualTo(6);
    }

    @Test
    void bothAtOnceInTwoProcessesAreOnePurchase() {
        BatchIngestion second = new BatchIngestion(
                bench.vertx, bench.database, bench.ids, bench.clock, Workbench.LATE, bench.orders(bench.database));
        for (int round = 1; round <= 20; round++) {
            order = "race-" + SERIAL.incrementAndGet();
            Submission byUser = submission(null);
            Submission byPartner = submission(partner);
            Future<List<Verdict>> one = bench.ingestion.ingest(List.of(byUser));
            Future<List<Verdict>> two = second.ingest(List.of(byPartner));

            List<Verdict> verdicts = List.of(await(one).get(0), await(two).get(0));

            assertThat(verdicts).filteredOn(Verdict.Accepted.class::isInstance).hasSize(1);
            assertThat(verdicts).filteredOn(Verdict.Attached.class::isInstance).hasSize(1);
            assertThat(purchases()).isEqualTo(round);
            assertThat(verdict(byPartner)).isInstanceOf(Verdict.Repeated.class);
            assertThat(verdict(byUser)).isInstanceOf(Verdict.Repeated.class);
        }
    }

    @Test
    void oneReportThatComesTwiceAtOnceAttachesOnce() {
        for (int round = 1; round <= 10; round++) {
            order = "twice-" + SERIAL.incrementAndGet();
            UUID id = accepted(submission(null));
            Submission byPartner = submission(partner);
            Future<List<Verdict>> one = bench.ingestion.ingest(List.of(byPartner));
            Future<List<Verdict>> two = bench.ingestion.ingest(List.of(byPartner));

            List<Verdict> verdicts = List.of(await(one).get(0), await(two).get(0));

            assertThat(verdicts).filteredOn(Verdict.Attached.class::isInstance).hasSize(1);
            assertThat(verdicts).filteredOn(Verdict.Repeated.class::isInstance).hasSize(1);
            assertThat(bench.find(id).externalId()).isEqualTo(byPartner.externalId());
            assertThat(purchases()).isEqualTo(round);
        }
    }

    @Test
    void repeatsAreKnownWithTheTimesThatEachStated() {
        Instant bought = bench.clock.instant().minus(Duration.ofDays(2));
        Submission byUser = submission(null, 1_000, bought);
        UUID id = accepted(byUser);
        Submission byPartner = submission(partner, 1_000, bought.plusSeconds(3_600));
        assertThat(attached(byPartner)).isEqualTo(id);

        assertThat(((Verdict.Repeated) verdict(byPartner)).purchase().id()).isEqualTo(id);
        assertThat(((Verdict.Repeated) verdict(byUser)).purchase().id()).isEqualTo(id);
        Submission other = new Submission(
                byPartner.key(), user, merchant, byPartner.amount(), "EUR", byPartner.purchasedAt(), "another");
        assertThat(((Verdict.Taken) verdict(other)).differingMembers()).containsExactly("order_ref");
        Submission without = new Submission(byUser.key(), user, merchant, byUser.amount(), "EUR", bought, null);
        assertThat(((Verdict.Taken) verdict(without)).differingMembers()).containsExactly("order_ref");
    }

    @Test
    void whatDiffersIsAnotherPurchase() {
        accepted(submission(null, 1_000, null));
        accepted(submission(partner, 1_001, null));
        merchant = bench.merchant();
        accepted(submission(partner, 1_000, null));
        UUID first = user;
        user = bench.user();
        accepted(submission(partner, 1_000, null));

        assertThat(purchases()).isEqualTo(1);
        user = first;
        assertThat(purchases()).isEqualTo(3);
    }

    @Test
    void reportsOfPurchasesThirtyDaysApartAreOfOneOrderAndNoFurther() {
        Instant now = bench.clock.instant();
        accepted(submission(partner, 1_000, now.minus(Duration.ofDays(30))));
        attached(submission(null, 1_000, now));

        order = order + "-far";
        accepted(submission(partner, 1_000, now.minus(Duration.ofDays(30)).minusNanos(1_000)));
        accepted(submission(null, 1_000, now));
    }

    @Test
    void linesOfOneOrderAreSeparatePurchasesOfTheirPartner() {
        UUID one = accepted(submission(partner));
        UUID two = accepted(submission(partner));
        assertThat(attached(submission(null))).isEqualTo(one);
        assertThat(verdict(submission(null))).as("submitted already").isInstanceOf(Verdict.Attached.class);
        assertThat(bench.find(two).status()).isEqualTo(PurchaseStatus.PENDING);
        assertThat(verdict(submission(null))).isInstanceOf(Verdict.Repeated.class);
    }

    /** One transaction for each would keep everybody's purchases waiting. */
    @Test
    void linesOfOneOrderTakeTheReportsOfTheirUserInFewTransactions() {
        await(bench.ingestion.ingest(
                Stream.generate(() -> submission(partner)).limit(30).toList()));
        List<Verdict> verdicts = await(bench.ingestion.ingest(
                Stream.generate(() -> submission(null)).limit(35).toList()));

        assertThat(verdicts).filteredOn(Verdict.Repeated.class::isInstance).hasSize(5);
        String attached = "FROM purchase_orders WHERE user_id = ? AND attached_at IS NOT NULL";
        assertThat(bench.sql.count("SELECT count(*) " + attached, user)).isEqualTo(30);
        assertThat(bench.sql.count("SELECT count(DISTINCT xmin::text) " + attached, user))
                .isEqualTo(2);
        assertThat(purchases()).isEqualTo(30);
    }

    @Test
    void anOrderThatItsUserSubmitsTwiceIsKnown() {
        UUID id = accepted(submission(null));
        assertThat(((Verdict.Repeated) verdict(submission(null))).purchase().id())
                .isEqualTo(id);
        attached(submission(partner));
        assertThat(((Verdict.Repeated) verdict(submission(null))).purchase().id())
                .isEqualTo(id);
        assertThat(purchases()).isEqualTo(1);
    }

    @Test
    void aConfirmedPurchaseTakesTheReportAndStaysAsItIs() {
        UUID id = accepted(submission(null));
        decide(Decision.CONFIRM, id);
        assertThat(attached(submission(partner))).isEqualTo(id);
        assertThat(bench.find(id).status()).isEqualTo(PurchaseStatus.CONFIRMED);
        assertThat(bench.find(id).cashbackAmount()).isEqualTo(Money.ofMinor(50));
    }

    @Test
    void aRejectedPurchaseOfAUserLeavesItsOrderToThePartner() {
        UUID rejected = accepted(submission(null));
        decide(Decision.REJECT, rejected);
        UUID id = accepted(submission(partner));
        assertThat(id).isNotEqualTo(rejected);
        assertThat(attached(submission(null))).as("submitted again").isEqualTo(id);
        assertThat(bench.find(rejected).source().isUser()).isTrue();
    }

    @Test
    void aPartnersReportAttachesToThePurchaseThatItsUserSubmittedAgain() {
        decide(Decision.REJECT, accepted(submission(null)));
        decide(Decision.REJECT, accepted(submission(null)));
        UUID again = accepted(submission(null));

        assertThat(verdict(submission(null))).as("a third time").isInstanceOf(Verdict.Repeated.class);
        assertThat(attached(submission(partner))).isEqualTo(again);
    }

    @Test
    void severalRejectedPurchasesOfAUserLeaveTheirOrderToThePartner() {
        decide(Decision.REJECT, accepted(submission(null)));
        decide(Decision.REJECT, accepted(submission(null)));

        UUID id = accepted(submission(partner));

        assertThat(attached(submission(null))).isEqualTo(id);
    }

    @Test
    void aRejectedPurchaseOfAPartnerTakesTheUsersReport() {
        UUID rejected = accepted(submission(partner));
        decide(Decision.REJECT, rejected);
        assertThat(attached(submission(null))).isEqualTo(rejected);
    }

    /** The partner's report comes while the user's purchase is being rejected. */
    @Test
    void aReportWaitsForADecisionThatIsUnderWay() {
        UUID own = accepted(submission(null));
        Promise<Void> locks = Promise.promise();
        Promise<Void> decide = Promise.promise();
        Future<?> rejection = bench.database.inTransaction(tx -> bench.ledger
                .lock(tx, List.of(user))
                .onSuccess(locked -> locks.complete())
                .compose(locked -> decide.future())
                .compose(now -> bench.decisions.applyToOne(
                        tx, new Purchases.Decide(own, Decision.REJECT, "No.", Actor.system("test")))));
        await(locks.future());
        Submission byPartner = submission(partner);
        Future<List<Verdict>> report = bench.ingestion.ingest(List.of(byPartner));
        Waiting.until(
                "the report waits for the wallet",
                () -> report.isComplete()
                        || bench.sql.count("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                                        + " AND wait_event_type = 'Lock' AND query LIKE '%FROM wallets%'")
                                > 0);
        decide.complete();
        await(rejection);
        Verdict answered = await(report).get(0);
        // On a machine that stands still for long it is refused, and sent again.
        assertThat(answered instanceof Verdict.Refused ? verdict(byPartner) : answered)
                .isInstanceOf(Verdict.Accepted.class);
        assertThat(bench.find(own).source().partnerId()).isNull();
        assertThat(purchases()).isEqualTo(2);
    }

    @Test
    void aSecondReportKeepsTheRulesOfReports() {
        accepted(submission(null));
        Submission old = submission(partner, 1_000, bench.clock.instant().minus(Duration.ofDays(401)));
        assertThat(verdict(old)).isInstanceOf(Verdict.Refused.class);
        Submission inDollars = new Submission(
                new PurchaseKey(partner, "usd-" + order), user, merchant, Money.ofMinor(1_000), "USD", null, order);
        assertThat(verdict(inDollars)).isInstanceOf(Verdict.Refused.class);
        assertThat(purchases()).isEqualTo(1);
    }

    private void decide(Decision decision, UUID id) {
        await(bench.decisions.decide(
                decision,
                decision == Decision.REJECT ? Map.of(id, "No.") : Decisions.withoutReason(List.of(id)),
                Actor.system("test")));
    }

    private long purchases() {
        return bench.sql.count("SELECT count(*) FROM purchases WHERE user_id = ?", user);
    }

    private Verdict verdict(Submission submission) {
        return await(bench.ingestion.ingest(List.of(submission))).get(0);
    }

    private UUID accepted(Submission submission) {
        return ((Verdict.Accepted) verdict(submission)).id();
    }

    private UUID attached(Submission submission) {
        return ((Verdict.Attached) verdict(submission)).purchase().id();
    }

    private Submission submission(@Nullable UUID sender) {
        return submission(sender, 1_000, null);
    }

    private Submission submission(@Nullable UUID sender, long amountMinor, @Nullable Instant purchasedAt) {
        return new Submission(
                new PurchaseKey(sender, UUID.randomUUID().toString()),
                user,
                merchant,
                Money.ofMinor(amountMinor),
                "EUR",
                purchasedAt,
                order);
    }
}
