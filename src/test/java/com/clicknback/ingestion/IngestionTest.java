package com.clicknback.ingestion;

import static com.clicknback.testing.TestService.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.events.PurchaseEvents;
import com.clicknback.events.PurchaseKey;
import com.clicknback.money.Money;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.platform.events.EventLog;
import com.clicknback.testing.Waiting;
import com.clicknback.testing.Workbench;
import io.vertx.core.Future;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Batches of submissions, judged one by one and stored together. */
class IngestionTest {
    /** The purchases of a user that await their first verification. */
    private static final String LISTED = """
            SELECT listed.id FROM verification_batches CROSS JOIN unnest(purchase_ids) AS listed (id)
            JOIN purchases p ON p.id = listed.id WHERE p.user_id = ?
            """;

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
    void aUserAtAMerchantOfFivePercent() {
        user = bench.user();
        merchant = bench.merchant();
    }

    @Test
    void eachItemOfABatchHasAVerdictOfItsOwnInItsPlace() {
        Submission fine = submission(null);
        Submission strange = bench.submission(null, UUID.randomUUID(), merchant, 1_000);
        Submission nowhere = bench.submission(null, user, UUID.randomUUID(), 1_000);
        Submission repeat = fine;
        Submission reused = with(fine, Money.ofMinor(2_000));
        List<Verdict> verdicts = ingest(fine, strange, nowhere, repeat, reused, submission(null));
        UUID id = accepted(verdicts.get(0));
        assertThat(code(verdicts.get(1))).isEqualTo(ErrorCode.USER_NOT_ELIGIBLE);
        assertThat(code(verdicts.get(2))).isEqualTo(ErrorCode.MERCHANT_NOT_ELIGIBLE);
        assertThat(repeated(verdicts.get(3))).isEqualTo(id);
        assertThat(taken(verdicts.get(4)).differingMembers()).containsExactly("amount");
        accepted(verdicts.get(5));
        assertThat(purchasesOfUser()).isEqualTo(2);
    }

    /** A refusal takes nothing: the same external id later in the batch is free. */
    @Test
    void aRefusedItemLeavesItsExternalIdToALaterOne() {
        Submission refused = with(submission(null), "USD");
        Submission corrected = with(refused, "EUR");
        List<Verdict> verdicts = ingest(refused, corrected);
        assertThat(code(verdicts.get(0))).isEqualTo(ErrorCode.UNSUPPORTED_CURRENCY);
        accepted(verdicts.get(1));
    }

    @Test
    void partnersAndUsersHaveExternalIdsOfTheirOwn() {
        Submission ofUser = submission(null);
        Submission ofPartner = from(ofUser, bench.partner());
        Submission ofAnother = from(ofUser, bench.partner());
        List<Verdict> verdicts = ingest(ofUser, ofPartner, ofAnother);
        verdicts.forEach(IngestionTest::accepted);
        List<Verdict> again = ingest(ofAnother, ofUser, ofPartner);
        assertThat(again.stream().map(IngestionTest::repeated))
                .containsExactly(accepted(verdicts.get(2)), accepted(verdicts.get(0)), accepted(verdicts.get(1)));
    }

    @Test
    void aBatchIsOneEvent() {
        ingest(submission(null), submission(null), submission(null));
        assertThat(bench.sql.count(
                        "SELECT count(*) FROM event_log e WHERE event_payload(e)::text LIKE ?", "%" + user + "%"))
                .isEqualTo(1);
        ingest(with(submission(null), "USD"));
        assertThat(bench.sql.count(
                        "SELECT count(*) FROM event_log e WHERE event_payload(e)::text NOT LIKE '%purchase_id%'"))
                .as("no event without a purchase")
                .isZero();
    }

    @Test
    void aBatchIsOneItemOfTheVerificationJobsListInTheOrderOfIngestion() {
        List<UUID> ids =
                ingest(submission(bench.partner()), submission(bench.partner()), with(submission(null), "USD")).stream()
                        .filter(Verdict.Accepted.class::isInstance)
                        .map(IngestionTest::accepted)
                        .toList();

        assertThat(ids).hasSize(2);
        assertThat(bench.sql.<String>column(
                        "SELECT purchase_ids::text FROM verification_batches WHERE ?::uuid = ANY (purchase_ids)",
                        ids.get(0)))
                .containsExactly("{" + ids.get(0) + "," + ids.get(1) + "}");
    }

    /** Another process that stores the external id between lookup and insert has it. */
    @Test
    void overtakenItemsAreWhatTheOtherProcessMadeOfThem() throws SQLException {
        Submission mine = submission(bench.partner());
        Submission repeat = mine;
        Submission free = submission(mine.key().partnerId());
        UUID theirs = bench.ids.next();
        Future<List<Verdict>> waiting;
        try (Connection other = bench.sql.connect()) {
            other.setAutoCommit(false);
            insert(other, theirs, with(mine, Money.ofMinor(500)));
            waiting = bench.ingestion.ingest(List.of(mine, free, repeat));
            awaitBlockedInsert();
            other.commit();
        }
        List<Verdict> verdicts = await(waiting);
        assertThat(taken(verdicts.get(0)).purchase().id()).isEqualTo(theirs);
        assertThat(taken(verdicts.get(0)).differingMembers()).containsExactly("amount");
        UUID stored = accepted(verdicts.get(1));
        assertThat(taken(verdicts.get(2)).purchase().id()).isEqualTo(theirs);
        assertThat(await(EventLog.latest(bench.database, 1)).get(0).as(PurchaseEvents.INGESTED))
                .isEqualTo(new PurchaseEvents.Purchases(List.of(new PurchaseEvents.Entry(stored, user))));
    }

    @Test
    void whatTheOtherProcessTakesBackIsStoredHere() throws SQLException {
        Submission mine = submission(bench.partner());
        Future<List<Verdict>> waiting;
        try (Connection other = bench.sql.connect()) {
            other.setAutoCommit(false);
            insert(other, bench.ids.next(), mine);
            waiting = bench.ingestion.ingest(List.of(mine));
            awaitBlockedInsert();
            other.rollback();
        }
        accepted(await(waiting).get(0));
    }

    @Test
    void overlappingBatchesOfTwoProcessesStoreEachPurchaseOnce() {
        UUID partner = bench.partner();
        List<Submission> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            all.add(submission(partner));
        }
        List<Submission> reversed = new ArrayList<>(all);
        Collections.reverse(reversed);
        BatchIngestion other = new BatchIngestion(
                bench.vertx, bench.database, bench.ids, bench.clock, Workbench.LATE, bench.orders(bench.database));
        Future<List<Verdict>> here = bench.ingestion.ingest(all);
        Future<List<Verdict>> there = other.ingest(reversed);
        List<Verdict> mine = await(here);
        List<Verdict> theirs = await(there);
        for (int i = 0; i < all.size(); i++) {
            Verdict one = mine.get(i);
            Verdict two = theirs.get(all.size() - 1 - i);
            assertThat(one instanceof Verdict.Accepted ^ two instanceof Verdict.Accepted)
                    .as("%s and %s", one, two)
                    .isTrue();
            assertThat(one instanceof Verdict.Repeated ^ two instanceof Verdict.Repeated)
                    .as("%s and %s", one, two)
                    .isTrue();
        }
        assertThat(purchasesOfUser()).isEqualTo(200);
        assertThat(bench.sql.<UUID>column(LISTED, user)).hasSize(200).doesNotHaveDuplicates();
    }

    /** A pair of surrogates is above U+FFFF, though its first half is below. */
    @Test
    void purchasesAreSortedAsTheUniqueIndexIs() {
        List<String> texts =
                List.of("b", "aa", "a", "B", "\u00e9", "\ufffd", "\ud83d\ude00", "a\ufffd", "a\ud83d\ude00");
        List<String> sorted = texts.stream()
                .map(text -> new PurchaseKey(null, text))
                .sorted()
                .map(PurchaseKey::externalId)
                .toList();
        assertThat(sorted)
                .isEqualTo(bench.sql.<String>column(
                        "SELECT t FROM unnest(string_to_array(?, ',')) t ORDER BY t COLLATE \"C\"",
                        String.join(",", texts)));
    }

    /** The sender must not be told that its first submission was a duplicate of itself. */
    @Test
    void aBatchThatWasStoredThoughItsAnswerGotLostIsAccepted() {
        URI real = URI.create(bench.settings.uri());
        LosingProxy proxy = new LosingProxy(bench.vertx, real);
        Database lossy =
                Database.open(bench.vertx, bench.settings("postgresql://127.0.0.1:" + proxy.port() + real.getPath()));
        BatchIngestion ingestion =
                new BatchIngestion(bench.vertx, lossy, bench.ids, bench.clock, Workbench.LATE, bench.orders(lossy));
        Submission first = submission(bench.partner());
        Submission second = submission(bench.partner());
        Submission repeat = second;
        proxy.loseAnswerTo("INSERT INTO purchases");
        List<Verdict> verdicts = await(ingestion.ingest(List.of(first, second, repeat)));
        UUID id = accepted(verdicts.get(0));
        assertThat(bench.find(id).externalId()).isEqualTo(first.externalId());
        assertThat(repeated(verdicts.get(2))).isEqualTo(accepted(verdicts.get(1)));
        assertThat(purchasesOfUser()).isEqualTo(2);
        assertThat(bench.sql.count(
                        "SELECT count(*) FROM event_log e WHERE event_payload(e)::text LIKE ?", "%" + user + "%"))
                .isEqualTo(1);
        await(lossy.close());
    }

    /** A failure that one item causes, here by a trigger, is that item's alone. */
    @Test
    void anItemThatCannotBeStoredFailsAlone() {
        List<Submission> batch = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            batch.add(submission(null));
        }
        bench.sql.execute("CREATE FUNCTION refuse_one() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN RAISE EXCEPTION 'broken'; END $$");
        bench.sql.execute("CREATE TRIGGER broken BEFORE INSERT ON purchases FOR EACH ROW WHEN (NEW.external_id = '"
                + batch.get(4).externalId() + "') EXECUTE FUNCTION refuse_one()");
        List<Verdict> verdicts = await(bench.ingestion.ingest(batch));
        bench.sql.execute("DROP FUNCTION refuse_one CASCADE");
        for (int i = 0; i < 9; i++) {
            if (i == 4) {
                assertThat(code(verdicts.get(i))).isEqualTo(ErrorCode.INTERNAL_SERVER_ERROR);
            } else {
                accepted(verdicts.get(i));
            }
        }
        accepted(await(bench.ingestion.ingest(batch.subList(4, 5))).get(0));
    }

    @Test
    void aTimeLeftOutIsThatOfReceipt() {
        bench.clock.advance(Duration.ofMinutes(1));
        UUID id = accepted(ingest(submission(null)).get(0));
        assertThat(bench.find(id).purchasedAt()).isEqualTo(bench.clock.instant());
    }

    private List<Verdict> ingest(Submission... submissions) {
        return await(bench.ingestion.ingest(List.of(submissions)));
    }

    private Submission submission(UUID partner) {
        return bench.submission(partner, user, merchant, 1_000);
    }

    private static Submission with(Submission s, Money amount) {
        return new Submission(s.key(), s.userId(), s.merchantId(), amount, s.currency(), s.purchasedAt(), null);
    }

    private static Submission with(Submission s, String currency) {
        return new Submission(s.key(), s.userId(), s.merchantId(), s.amount(), currency, s.purchasedAt(), null);
    }

    private static Submission from(Submission s, UUID partner) {
        return new Submission(
                new PurchaseKey(partner, s.externalId()),
                s.userId(),
                s.merchantId(),
                s.amount(),
                s.currency(),
                s.purchasedAt(),
                null);
    }

    private static UUID accepted(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
        return ((Verdict.Accepted) verdict).id();
    }

    /** The id of the purchase that a submission repeats. */
    private static UUID repeated(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Repeated.class);
        return ((Verdict.Repeated) verdict).purchase().id();
    }

    private static Verdict.Taken taken(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Taken.class);
        return (Verdict.Taken) verdict;
    }

    private static ErrorCode code(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
        return ((Verdict.Refused) verdict).code();
    }

    private long purchasesOfUser() {
        return bench.sql.count("SELECT count(*) FROM purchases WHERE user_id = ?", user);
    }

    private static void insert(Connection connection, UUID id, Submission s) throws SQLException {
        try (var statement = connection.prepareStatement("""
                INSERT INTO purchases
                    (id, partner_id, external_id, user_id, merchant_id, amount_minor, currency, purchased_at,
                     purchased_at_stated, cashback_type, cashback_value_e4, cashback_minor, created_at, updated_at)
                VALUES (?, ?, ?, ?, ?, ?, 'EUR', now(), false, 'percent', 1, 0, now(), now())
                """)) {
            Object[] values = {
                id,
                s.key().partnerId(),
                s.externalId(),
                s.userId(),
                s.merchantId(),
                s.amount().minor()
            };
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    private static void awaitBlockedInsert() {
        Waiting.until(
                "the insert waits for the other transaction",
                () -> bench.sql.count("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND wait_event_type = 'Lock' AND query LIKE '%INSERT INTO purchases%'")
                        > 0);
    }
}
