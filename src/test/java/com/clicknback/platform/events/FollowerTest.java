package com.clicknback.platform.events;

import static com.clicknback.testing.TestService.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.platform.db.EmbeddedDatabase.Address;
import com.clicknback.platform.events.FollowerProcess.Owner;
import com.clicknback.platform.events.LoggedEvent.Position;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Followers on a real log. Each test has a database of its own, in which it plays all the processes. */
class FollowerTest {
    private static final Follower.Settings RESTING = new Follower.Settings("test", 10, 200, 200, 3_600_000);

    private final TestClock clock = new TestClock();
    private final List<FollowerProcess> processes = new ArrayList<>();
    private Address address;
    private Sql sql;
    private FollowerProcess process;

    private FollowerProcess newProcess() {
        FollowerProcess started = new FollowerProcess(address, clock);
        processes.add(started);
        return started;
    }

    @BeforeEach
    void prepare() {
        address = TestServer.shared().createMigratedDatabase();
        sql = new Sql(address);
        process = newProcess();
        sql.execute("CREATE TABLE effects (number serial PRIMARY KEY, what text NOT NULL)");
    }

    @AfterEach
    void closeProcesses() {
        processes.forEach(FollowerProcess::close);
    }

    private List<String> effects() {
        return sql.column("SELECT what FROM effects ORDER BY number");
    }

    private void appendByHand(Statement statement, String what) throws Exception {
        statement.execute("INSERT INTO event_log (type, payload, occurred_at) VALUES ('test.happened', '{\"what\":\""
                + what + "\"}', now())");
    }

    @Test
    void handsOverEveryEventOnceInTheOrderOfCommits() {
        Owner owner = process.follow(FollowerProcess::record);

        List<String> all = IntStream.range(0, 25).mapToObj(n -> "event " + n).toList();
        all.forEach(process::append);
        await(owner.caughtUp());

        assertThat(effects()).isEqualTo(all);
        assertThat(owner.follower().failures()).isZero();
    }

    @Test
    void findsWhatWasAppendedWithoutANudge() throws Exception {
        process.follow(FollowerProcess::record);
        try (Connection other = sql.connect();
                Statement statement = other.createStatement()) {
            appendByHand(statement, "unannounced");
        }

        Waiting.until("the follower polls", () -> effects().equals(List.of("unannounced")));
    }

    @Test
    void startsBehindWhatItHasDoneBefore() {
        Owner first = process.follow(FollowerProcess::record);
        process.append("before");
        await(first.caughtUp());
        process.close();

        FollowerProcess next = newProcess();
        next.append("between");
        Owner second = next.follow(FollowerProcess::record);
        next.append("after");
        await(second.caughtUp());

        assertThat(effects()).containsExactly("before", "between", "after");
    }

    @Test
    void takesEffectOnceThoughAHandlerFailsHalfWay() {
        AtomicInteger calls = new AtomicInteger();
        process.append("one");
        process.append("two");
        Owner owner = process.follow((tx, events) -> FollowerProcess.effects(tx, events)
                .compose(v -> calls.incrementAndGet() <= 2
                        ? Future.failedFuture(new IllegalStateException("half-way"))
                        : Future.succeededFuture(FollowerProcess.NOTHING)));

        await(owner.caughtUp());

        assertThat(effects()).containsExactly("one", "two");
        assertThat(owner.follower().failures()).isEqualTo(2);
    }

    @Test
    void takesEffectOnceThoughAHandlerThrows() {
        AtomicInteger calls = new AtomicInteger();
        process.append("one");
        Owner owner = process.follow((tx, events) -> {
            if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException("defect");
            }
            return FollowerProcess.record(tx, events);
        });

        await(owner.caughtUp());

        assertThat(effects()).containsExactly("one");
        assertThat(owner.follower().failures()).isEqualTo(1);
    }

    @Test
    void tellsWhatWasCommittedOnceAndOnlyThen() {
        AtomicInteger told = new AtomicInteger();
        AtomicInteger calls = new AtomicInteger();
        process.append("one");
        Owner owner = process.follow((tx, events) -> FollowerProcess.effects(tx, events)
                .compose(v -> {
                    Runnable tell = () -> told.addAndGet(events.size());
                    return calls.incrementAndGet() == 1
                            ? tx.query("SELECT 1 / 0").execute().map(tell)
                            : Future.succeededFuture(tell);
                }));

        await(owner.caughtUp());

        assertThat(told).hasValue(1);
    }

    @Test
    void twoProcessesBehindOneCursorHandleEachEventOnce() {
        FollowerProcess other = newProcess();
        Owner here = process.follow(FollowerProcess::record);
        Owner there = other.follow(FollowerProcess::record);

        List<String> all = IntStream.range(0, 60).mapToObj(n -> "event " + n).toList();
        all.forEach(what -> (what.hashCode() % 2 == 0 ? process : other).append(what));
        await(Future.all(here.caughtUp(), there.caughtUp()));

        assertThat(effects()).isEqualTo(all);
    }

    @Test
    void anotherProcessTakesOverFromOneThatEnds() {
        FollowerProcess other = newProcess();
        Owner here = process.follow(FollowerProcess::record);
        Owner there = other.follow(FollowerProcess::record);
        process.append("one");
        await(here.caughtUp());

        process.close();
        other.append("two");
        await(there.caughtUp());

        assertThat(effects()).containsExactly("one", "two");
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

            List<LoggedEvent> readable = await(
                    process.database.inTransaction(tx -> EventLogStore.readBehind(tx, Position.START, 10, false)));
            assertThat(readable).isEmpty();
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
    void restsWhileMoreGathersUntilSomebodyWaitsForIt() {
        List<Integer> sizes = new CopyOnWriteArrayList<>();
        Owner owner = process.follow(RESTING, (tx, events) -> {
            sizes.add(events.size());
            return FollowerProcess.record(tx, events);
        });
        process.append("alone");
        Waiting.until("the first is handled", () -> effects().equals(List.of("alone")));

        process.append("together");
        process.append("with this");
        await(owner.caughtUp());

        assertThat(effects()).containsExactly("alone", "together", "with this");
        assertThat(sizes).containsExactly(1, 2);
    }

    @Test
    void doesNotRestBehindMoreThanOneTransactionTakes() {
        List<String> all = IntStream.range(0, 20).mapToObj(n -> "event " + n).toList();
        all.forEach(process::append);

        process.follow(RESTING, FollowerProcess::record);
        process.append("a nudge for what was there before");

        Waiting.until("what was there before is handled", () -> effects().containsAll(all));
    }

    @Test
    void lagIsTheAgeOfTheOldestEventThatIsNotHandled() {
        AtomicInteger broken = new AtomicInteger(1);
        Owner owner = process.follow((tx, events) -> broken.get() == 1
                ? Future.failedFuture(new IllegalStateException("broken"))
                : FollowerProcess.record(tx, events));
        assertThat(await(owner.onContext(owner.follower()::lag))).isZero();

        process.append("waiting");
        clock.advance(Duration.ofMinutes(10));
        assertThat(await(owner.onContext(owner.follower()::lag))).isGreaterThanOrEqualTo(Duration.ofMinutes(10));

        broken.set(0);
        await(owner.caughtUp());
        assertThat(await(owner.onContext(owner.follower()::lag))).isZero();
    }

    @Test
    void closesAfterTheTransactionUnderWay() {
        Promise<Void> reached = Promise.promise();
        Promise<Void> goOn = Promise.promise();
        process.append("one");
        Owner owner = process.follow((tx, events) -> {
            reached.tryComplete();
            return goOn.future().compose(v -> FollowerProcess.record(tx, events));
        });
        await(owner.onContext(() -> {
            owner.follower().nudge();
            return reached.future();
        }));

        Future<Void> closed = process.vertx.undeploy(owner.deploymentID());
        assertThat(effects()).isEmpty();
        goOn.complete();
        await(closed);

        assertThat(effects()).containsExactly("one");
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
