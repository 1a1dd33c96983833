package com.clicknback.crediting;

import static com.clicknback.testing.TestService.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.Waiting;
import com.clicknback.testing.Workbench;
import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A purchase that was set aside, and that two processes try to credit at the same moment. */
class SetbackRetriesTest {
    private static final int MAX = 10;

    private Workbench bench;
    private UUID purchase;

    @BeforeEach
    void setOnePurchaseAside() {
        bench = Workbench.open();
        purchase = bench.purchase(bench.user(), bench.merchant(), 1_000);
        bench.sql.execute("DELETE FROM crediting_batches");
        bench.sql.execute(
                "INSERT INTO crediting_setbacks (purchase_id, user_id, attempts, failed_at, due_at, reason)"
                        + " SELECT id, user_id, 1, created_at, created_at, 'locked' FROM purchases WHERE id = ?",
                purchase);
    }

    @AfterEach
    void closeBench() {
        assertThat(bench.differences()).isEmpty();
        bench.close();
    }

    /** The one that finds the wallet locked puts it off, which must not outlast the other one's credit. */
    @Test
    void isOwedToNobodyOnceOneOfThemHasCreditedIt() throws SQLException {
        Future<Integer> credits;
        Future<Integer> puts;
        try (Connection holder = bench.sql.connect()) {
            holder.setAutoCommit(false);
            holder.createStatement().execute("SELECT FROM crediting_setbacks FOR UPDATE");
            credits = process().retrySetbacks(bench.database, MAX);
            awaitWaiting(1);
            puts = process().retrySetbacks(bench.database, MAX);
            awaitWaiting(2);
            holder.rollback();
        }

        assertThat(await(credits)).isEqualTo(1);
        assertThat(await(puts)).isZero();
        assertThat(bench.sql.count("SELECT count(*) FROM crediting_setbacks")).isZero();
    }

    @Test
    void isPutOffAsLongAsItsWalletIsLocked() throws SQLException {
        try (Connection holder = bench.sql.connect()) {
            holder.setAutoCommit(false);
            holder.createStatement().execute("SELECT FROM wallets FOR UPDATE");
            assertThat(await(process().retrySetbacks(bench.database, MAX))).isZero();
            holder.rollback();
        }
        assertThat(bench.sql.count("SELECT attempts FROM crediting_setbacks")).isEqualTo(2);

        bench.clock.advance(Duration.ofMinutes(1));
        assertThat(await(process().retrySetbacks(bench.database, MAX))).isEqualTo(1);
        assertThat(bench.sql.count("SELECT count(*) FROM crediting_setbacks")).isZero();
    }

    private BatchCrediting process() {
        return new BatchCrediting(bench.crediting, bench.audit, bench.events, bench.clock);
    }

    private void awaitWaiting(int sessions) {
        Waiting.until(
                sessions + " wait for the row",
                () -> bench.sql.count("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND wait_event_type = 'Lock' AND query LIKE '%crediting_setbacks%'")
                        == sessions);
    }
}
