package com.clicknback.platform.events;

import static com.clicknback.platform.events.FollowedLog.appendByHand;
import static com.clicknback.testing.TestService.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.platform.events.FollowerProcess.Owner;
import com.clicknback.platform.events.LoggedEvent.Position;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.Waiting;
import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A follower behind writers that commit in another order than they began. Each test has a database of its own. */
class CommitOrderTest {
    private final FollowedLog followed = new FollowedLog();
    private final TestClock clock = followed.clock;
    private final Sql sql = followed.sql;
    private final FollowerProcess process = followed.newProcess();

    @AfterEach
    void closeProcesses() {
        followed.close();
    }

    private List<String> effects() {
        return followed.effects();
    }

    @Test
    void waitsForOlderTransactionsRatherThanSkipTheirEvents() throws Exception {
        Owner owner = process.follow(FollowerProcess::record);
        try (Connection slow = sql.connect();
                Statement statement = slow.createStatement()) {
            slow.setAutoCommit(false);
            appendByHand(statement, "began first, committed last");
            process.append("began last, committed first");
            Future<Void> caughtUp = owner.caughtUp();

            assertThat(readable()).isEmpty();
            List<LoggedEvent> readableInDatabase =
                    await(process.database.inTransaction(tx -> EventLogStore.readBehind(tx, Position.START, 10, true)));
            assertThat(readableInDatabase).isEmpty();
            assertThat(effects()).isEmpty();
            assertThat(caughtUp.isComplete()).isFalse();

            slow.commit();
            await(caughtUp);
        }

        assertThat(effects()).containsExactly("began first, committed last", "began last, committed first");
    }

    /** A transaction of another database on the same server cannot write to this log. */
    @Test
    void waitsForNoTransactionOfAnotherDatabase() throws Exception {
        Owner owner = process.follow(FollowerProcess::record);
        try (Connection elsewhere = new Sql(TestServer.shared().createDatabase()).connect();
                Statement statement = elsewhere.createStatement()) {
            elsewhere.setAutoCommit(false);
            statement.execute("SELECT pg_current_xact_id()");
            process.append("happened");
            await(owner.caughtUp());
        }

        assertThat(effects()).containsExactly("happened");
        assertThat(owner.follower().heldSeconds()).isZero();
    }

    @Test
    void namesTheTransactionThatItWaitsFor() throws Exception {
        Owner owner = process.follow(FollowerProcess::record);
        try (Connection slow = sql.connect();
                Statement statement = slow.createStatement()) {
            slow.setAutoCommit(false);
            statement.execute("SET application_name = 'nightly report'");
            statement.execute("SELECT pg_current_xact_id()");
            process.append("held up");
            Waiting.until("the follower is held up", () -> {
                clock.advance(Duration.ofSeconds(1));
                return owner.follower().heldSeconds() > 0;
            });

            clock.step(Duration.ofHours(-5));
            assertThat(owner.follower().heldSeconds())
                    .as("a clock that is set back hides no wait")
                    .isPositive();
            assertThat(await(EventLogStore.findBlockers(process.database)))
                    .anySatisfy(blocker -> assertThat(blocker).contains("nightly report", "idle in transaction"));
            slow.rollback();
        }
        await(owner.caughtUp());
        assertThat(owner.follower().heldSeconds()).isZero();
    }

    @Test
    void goesOnWhenAnOlderTransactionRollsBack() throws Exception {
        Owner owner = process.follow(FollowerProcess::record);
        try (Connection slow = sql.connect();
                Statement statement = slow.createStatement()) {
            slow.setAutoCommit(false);
            appendByHand(statement, "never happened");
            process.append("happened");
            Future<Void> caughtUp = owner.caughtUp();
            assertThat(effects()).isEmpty();

            slow.rollback();
            await(caughtUp);
        }

        assertThat(effects()).containsExactly("happened");
    }

    /** The order of a purchase's events: the second transaction could only write because the first had committed. */
    @Test
    void anEventComesAfterThoseThatWereCommittedWhenItWasWritten() throws Exception {
        Owner owner = process.follow(FollowerProcess::record);
        try (Connection early = sql.connect();
                Statement statement = early.createStatement()) {
            early.setAutoCommit(false);
            statement.execute("SELECT pg_current_xact_id()");
            process.append("written first");
            appendByHand(statement, "written second");
            early.commit();
        }
        await(owner.caughtUp());

        assertThat(effects()).containsExactly("written first", "written second");
    }

    @Test
    void thatHoldsWhileAThirdTransactionKeepsTheFirstEventFromBeingRead() throws Exception {
        Owner owner = process.follow(FollowerProcess::record);
        try (Connection early = sql.connect();
                Statement statement = early.createStatement();
                Connection between = sql.connect();
                Statement waiting = between.createStatement()) {
            early.setAutoCommit(false);
            statement.execute("SELECT pg_current_xact_id()");
            between.setAutoCommit(false);
            waiting.execute("SELECT pg_current_xact_id()");
            process.append("written first");
            appendByHand(statement, "written second");
            early.commit();
            assertThat(readable()).isEmpty();

            between.rollback();
        }
        await(owner.caughtUp());

        assertThat(effects()).containsExactly("written first", "written second");
    }

    private List<LoggedEvent> readable() {
        return await(process.database.inTransaction(tx -> EventLogStore.readBehind(tx, Position.START, 10, false)));
    }

    @Test
    void skipsNothingWhileWritersCommitInAnyOrder() {
        Owner owner = process.follow(FollowerProcess::record);
        List<Future<?>> writers = new ArrayList<>();
        for (int n = 0; n < 100; n++) {
            String what = "event " + n;
            String pause = "SELECT pg_sleep(" + (n % 7) / 200.0 + ")";
            writers.add(process.database.inTransaction(tx -> process.log
                    .append(tx, FollowerProcess.HAPPENED, new FollowerProcess.Happened(what))
                    .compose(v -> tx.query(pause).execute())
                    .onSuccess(v -> process.log.nudge())));
        }
        await(Future.all(writers));
        await(owner.caughtUp());

        assertThat(effects()).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void positionsRiseAgainAfterTheLogMovedToAServerWithLowerTransactionIds() {
        sql.execute(
                "INSERT INTO event_log (transaction_id, type, payload, occurred_at)"
                        + " VALUES (event_log_transaction() + 1000000, 'test.happened', '{\"what\":\"before the move\"}', now())");
        sql.execute("INSERT INTO event_cursors SELECT 'test', transaction_id, serial, now() FROM event_log");

        await(EventLog.raiseOffset(process.database));
        Owner owner = process.follow(FollowerProcess::record);
        process.append("after the move");
        await(owner.caughtUp());

        assertThat(effects()).containsExactly("after the move");
    }

    @Test
    void theOffsetStaysWhenNothingMoved() {
        process.append("one");

        await(EventLog.raiseOffset(process.database));

        assertThat(sql.count("SELECT transactions FROM event_log_offset")).isZero();
    }

    @Test
    void theLogCannotBeChanged() {
        process.append("one");

        for (String change :
                List.of("UPDATE event_log SET payload = ''", "DELETE FROM event_log", "TRUNCATE event_log")) {
            assertThat(sql.refusal(change)).isEqualTo("23001");
        }
    }
}
