package com.clicknback.ingestion;

import static com.clicknback.testing.TestService.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.events.PurchaseKey;
import com.clicknback.money.Money;
import com.clicknback.testing.Waiting;
import com.clicknback.testing.Workbench;
import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An order that its user submits several times at the same moment, nobody having reported it before. */
class SubmittedTwiceTest {
    private Workbench bench;
    private UUID user;
    private UUID merchant;

    @BeforeEach
    void openBench() {
        bench = Workbench.open();
        user = bench.user();
        merchant = bench.merchant();
    }

    @AfterEach
    void closeBench() {
        assertThat(bench.differences()).isEmpty();
        bench.close();
    }

    @Test
    void isOnePurchaseWhicheverProcessesTakeIt() {
        BatchIngestion other = new BatchIngestion(
                bench.vertx, bench.database, bench.ids, bench.clock, Workbench.LATE, bench.orders(bench.database));
        for (int round = 1; round <= 20; round++) {
            String order = "order-" + round;
            List<Future<List<Verdict>>> answers = Stream.of(bench.ingestion, other, bench.ingestion, other)
                    .map(process -> process.ingest(List.of(submission(order))))
                    .toList();
            List<Verdict> verdicts =
                    answers.stream().map(answer -> await(answer).get(0)).toList();

            assertThat(verdicts).filteredOn(Verdict.Accepted.class::isInstance).hasSize(1);
            assertThat(verdicts).filteredOn(Verdict.Repeated.class::isInstance).hasSize(3);
            assertThat(bench.sql.count("SELECT count(*) FROM purchases WHERE user_id = ?", user))
                    .isEqualTo(round);
        }
    }

    /** One of them names an order that a partner has reported, and waits for its user's wallet meanwhile. */
    @Test
    void underOneIdIsTakenOnceWhateverElseItSays() throws SQLException {
        reportByPartner();
        Future<List<Verdict>> waiting;
        try (Connection holder = bench.sql.connect()) {
            holder.setAutoCommit(false);
            holder.createStatement().execute("SELECT FROM wallets WHERE user_id = '" + user + "' FOR UPDATE");
            waiting = bench.ingestion.ingest(List.of(submission(null, "e-1", user, "order")));
            untilBlocked("query LIKE '%FROM wallets%'");
            assertThat(await(bench.ingestion.ingest(List.of(submission(null, "e-1", bench.user(), null)))))
                    .hasOnlyElementsOfType(Verdict.Accepted.class);
            holder.rollback();
        }

        assertThat(await(waiting)).hasOnlyElementsOfType(Verdict.Taken.class);
        assertThat(bench.sql.count("SELECT count(*) FROM purchase_orders WHERE user_external_id = 'e-1'"))
                .isZero();
    }

    /** The report that attaches keeps its id elsewhere than a purchase does: no constraint sees both. */
    @Test
    void underOneIdIsTakenOnceWhenAnotherUserSendsItBeforeTheCommit() throws SQLException {
        reportByPartner();
        Future<List<Verdict>> attaching;
        Future<List<Verdict>> other;
        try (Connection holder = holding("audit_log")) {
            attaching = bench.ingestion.ingest(List.of(submission(null, "e-1", user, "order")));
            untilBlocked("relation = 'audit_log'::regclass");
            other = bench.ingestion.ingest(List.of(submission(null, "e-1", bench.user(), null)));
            untilBlockedOrComplete("locktype = 'advisory'", other);
            holder.rollback();
        }

        assertThat(await(attaching)).hasOnlyElementsOfType(Verdict.Attached.class);
        assertThat(await(other)).hasOnlyElementsOfType(Verdict.Taken.class);
    }

    @Test
    void attachesNotUnderAnIdThatAnotherUserIsJustUsing() throws SQLException {
        reportByPartner();
        Future<List<Verdict>> attaching;
        Future<List<Verdict>> other;
        try (Connection holder = holding("verification_batches")) {
            other = bench.ingestion.ingest(List.of(submission(null, "e-1", bench.user(), null)));
            untilBlocked("relation = 'verification_batches'::regclass");
            attaching = bench.ingestion.ingest(List.of(submission(null, "e-1", user, "order")));
            untilBlockedOrComplete("locktype = 'advisory'", attaching);
            holder.rollback();
        }

        assertThat(await(other)).hasOnlyElementsOfType(Verdict.Accepted.class);
        assertThat(await(attaching)).hasOnlyElementsOfType(Verdict.Taken.class);
    }

    private void reportByPartner() {
        await(bench.ingestion.ingest(List.of(submission(bench.partner(), "p-1", user, "order"))));
    }

    /** Lets nobody write to a table until its transaction ends. */
    private Connection holding(String table) throws SQLException {
        Connection holder = bench.sql.connect();
        holder.setAutoCommit(false);
        holder.createStatement().execute("LOCK TABLE " + table + " IN SHARE MODE");
        return holder;
    }

    private void untilBlocked(String lock) {
        Waiting.until("it waits: " + lock, () -> isBlocked(lock));
    }

    private void untilBlockedOrComplete(String lock, Future<?> answer) {
        Waiting.until("it waits: " + lock, () -> answer.isComplete() || isBlocked(lock));
    }

    private boolean isBlocked(String lock) {
        return bench.sql.count("SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid)"
                        + " WHERE datname = current_database() AND NOT granted AND " + lock)
                > 0;
    }

    private Submission submission(String order) {
        return submission(null, UUID.randomUUID().toString(), user, order);
    }

    private Submission submission(@Nullable UUID partner, String externalId, UUID buyer, @Nullable String order) {
        return new Submission(
                new PurchaseKey(partner, externalId), buyer, merchant, Money.ofMinor(1_000), "EUR", null, order);
    }
}
