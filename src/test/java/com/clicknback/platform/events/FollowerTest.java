package com.clicknback.platform.events;

import static com.clicknback.testing.TestService.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.EmbeddedDatabase.Address;
import com.clicknback.platform.events.LoggedEvent.Position;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Followers on a real log. Each test has a database of its own, in which it plays all the processes. */
class FollowerTest {
    record Happened(String what) {}

    private static final EventType<Happened> HAPPENED = new EventType<>("test.happened", Happened.class);
    private static final Follower.Settings SETTINGS = new Follower.Settings("test", 10, 200, 200);
    private static final Follower.Settings RESTING = new Follower.Settings("test", 10, 200, 200, 3_600_000);
    private static final Runnable NOTHING = () -> {};

    private final TestClock clock = new TestClock();
    private final List<Process> processes = new ArrayList<>();
    private Address address;
    private Sql sql;
    private Process process;

    /** What one process has of its own: event loops, a pool, a bus. */
    private final class Process {
        private final Vertx vertx = Vertx.vertx();
        private final Bus bus = new Bus(vertx);
        private final Database database = Database.open(vertx, TestServer.settings(address));
        private final EventLog log = new EventLog(bus, clock);

        Process() {
            processes.add(this);
        }

        Owner follow(Follower.Handler handler) {
            return follow(SETTINGS, handler);
        }

        Owner follow(Follower.Settings settings, Follower.Handler handler) {
            Owner owner = new Owner(this, settings, handler);
            await(vertx.deployVerticle(owner));
            return owner;
        }

        void append(String what) {
            await(database.inTransaction(tx -> log.append(tx, HAPPENED, new Happened(what))));
            log.nudge();
        }

        void close() {
            await(vertx.close());
        }
    }

    /** The verticle that a follower belongs to. */
    private final class Owner extends VerticleBase {
        private final Process process;
        private final Follower.Settings settings;
        private final Follower.Handler handler;
        private Follower follower;

        Owner(Process process, Follower.Settings settings, Follower.Handler handler) {
            this.process = process;
            this.settings = settings;
            this.handler = handler;
        }

        @Override
        public Future<?> start() {
            follower = new Follower(vertx, process.database, clock, settings, handler);
            return follower.start(process.bus);
        }

        @Override
        public Future<?> stop() {
            return follower.close();
        }

        private Future<Void> caughtUp() {
            return onContext(() -> follower.caughtUp());
        }

        private <T> Future<T> onContext(Supplier<Future<T>> step) {
            Promise<T> done = Promise.promise();
            context.runOnContext(v -> step.get().onComplete(done));
            return done.future();
        }
    }

    @BeforeEach
    void prepare() {
        address = TestServer.shared().createMigratedDatabase();
        sql = new Sql(address);
        process = new Process();
        sql.execute("CREATE TABLE effects (number serial PRIMARY KEY, what text NOT NULL)");
    }

    @AfterEach
    void closeProcesses() {
        processes.forEach(Process::close);
    }

    /** Takes effect once for each event, in the order of the list. */
    private static Future<Void> effects(SqlConnection tx, List<LoggedEvent> events) {
        Future<Void> done = Future.succeededFuture();
        for (LoggedEvent event : events) {
            String what = event.as(HAPPENED).what();
            done = done.compose(v -> tx.preparedQuery("INSERT INTO effects (what) VALUES ($1)")
                    .execute(Tuple.of(what))
                    .mapEmpty());
        }
        return done;
    }

    private static Future<Runnable> record(SqlConnection tx, List<LoggedEvent> events) {
        return effects(tx, events).map(NOTHING);
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
        Owner owner = process.follow(FollowerTest::record);

        List<String> all = IntStream.range(0, 25).mapToObj(n -> "event " + n).toList();
        all.forEach(process::append);
        await(owner.caughtUp());

        assertThat(effects()).isEqualTo(all);
        assertThat(owner.follower.failures()).isZero();
    }

    @Test
    void findsWhatWasAppendedWithoutANudge() throws Exception {
        process.follow(FollowerTest::record);
        try (Connection other = sql.connect();
                Statement statement = other.createStatement()) {
            appendByHand(statement, "unannounced");
        }

        Waiting.until("the follower polls", () -> effects().equals(List.of("unannounced")));
    }

    @Test
    void startsBehindWhatItHasDoneBefore() {
        Owner first = process.follow(FollowerTest::record);
        process.append("before");
        await(first.caughtUp());
        process.close();

        Process next = new Process();
        next.append("between");
        Owner second = next.follow(FollowerTest::record);
        next.append("after");
        await(second.caughtUp());

        assertThat(effects()).containsExactly("before", "between", "after");
    }

    @Test
    void takesEffectOnceThoughAHandlerFailsHalfWay() {
        AtomicInteger calls = new AtomicInteger();
        process.append("one");
        process.append("two");
        Owner owner = process.follow((tx, events) -> effects(tx, events)
                .compose(v -> calls.incrementAndGet() <= 2
                        ? Future.failedFuture(new IllegalStateException("half-way"))
                        : Future.succeededFuture(NOTHING)));

        await(owner.caughtUp());

        assertThat(effects()).containsExactly("one", "two");
        assertThat(owner.follower.failures()).isEqualTo(2);
    }

    @Test
    void takesEffectOnceThoughAHandlerThrows() {
        AtomicInteger calls = new AtomicInteger();
        process.append("one");
        Owner owner = process.follow((tx, events) -> {
            if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException("defect");
            }
            return record(tx, events);
        });

        await(owner.caughtUp());

        assertThat(effects()).containsExactly("one");
        assertThat(owner.follower.failures()).isEqualTo(1);
    }

    @Test
    void tellsWhatWasCommittedOnceAndOnlyThen() {
        AtomicInteger told = new AtomicInteger();
        AtomicInteger calls = new AtomicInteger();
        process.append("one");
        Owner owner = process.follow((tx, events) -> effects(tx, events).compose(v -> {
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
        Process other = new Process();
        Owner here = process.follow(FollowerTest::record);
        Owner there = other.follow(FollowerTest::record);

        List<String> all = IntStream.range(0, 60).mapToObj(n -> "event " + n).toList();
        all.forEach(what -> (what.hashCode() % 2 == 0 ? process : other).append(what));
        await(Future.all(here.caughtUp(), there.caughtUp()));

        assertThat(effects()).isEqualTo(all);
    }

    @Test
    void anotherProcessTakesOverFromOneThatEnds() {
        Process other = new Process();
        Owner here = process.follow(FollowerTest::record);
        Owner there = other.follow(FollowerTest::record);
        process.append("one");
        await(here.caughtUp());

        process.close();
        other.append("two");
        await(there.caughtUp());

        assertThat(effects()).containsExactly("one", "two");
    }

    @Test
    void waitsForOlderTransactionsRatherThanSkipTheirEvents() throws Exception {
        Owner owner = process.follow(FollowerTest::record);
        try (Connection slow = sql.connect();
                Statement statement = slow.createStatement()) {
            slow.setAutoCommit(false);
            appendByHand(statement, "began first, committed last");
            process.append("began last, committed first");
            Future<Void> caughtUp = owner.caughtUp();

            List<LoggedEvent> readable =
                    await(process.database.inTransaction(tx -> EventLogStore.readBehind(tx, Position.START, 10)));
            assertThat(readable).isEmpty();
            assertThat(effects()).isEmpty();
            assertThat(caughtUp.isComplete()).isFalse();

            slow.commit();
            await(caughtUp);
        }

        assertThat(effects()).containsExactly("began first, committed last", "began last, committed first");
    }

    @Test
    void goesOnWhenAnOlderTransactionRollsBack() throws Exception {
        Owner owner = process.follow(FollowerTest::record);
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
        Owner owner = process.follow(FollowerTest::record);
        List<Future<?>> writers = new ArrayList<>();
        for (int n = 0; n < 100; n++) {
            String what = "event " + n;
            String pause = "SELECT pg_sleep(" + (n % 7) / 200.0 + ")";
            writers.add(process.database.inTransaction(tx -> process.log
                    .append(tx, HAPPENED, new Happened(what))
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
        Owner owner = process.follow(FollowerTest::record);
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
            return record(tx, events);
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

        process.follow(RESTING, FollowerTest::record);
        process.append("a nudge for what was there before");

        Waiting.until("what was there before is handled", () -> effects().containsAll(all));
    }

    @Test
    void lagIsTheAgeOfTheOldestEventThatIsNotHandled() {
        AtomicInteger broken = new AtomicInteger(1);
        Owner owner = process.follow((tx, events) ->
                broken.get() == 1 ? Future.failedFuture(new IllegalStateException("broken")) : record(tx, events));
        assertThat(await(owner.onContext(owner.follower::lag))).isZero();

        process.append("waiting");
        clock.advance(Duration.ofMinutes(10));
        assertThat(await(owner.onContext(owner.follower::lag))).isGreaterThanOrEqualTo(Duration.ofMinutes(10));

        broken.set(0);
        await(owner.caughtUp());
        assertThat(await(owner.onContext(owner.follower::lag))).isZero();
    }

    @Test
    void closesAfterTheTransactionUnderWay() {
        Promise<Void> reached = Promise.promise();
        Promise<Void> goOn = Promise.promise();
        process.append("one");
        Owner owner = process.follow((tx, events) -> {
            reached.tryComplete();
            return goOn.future().compose(v -> record(tx, events));
        });
        await(owner.onContext(() -> {
            owner.follower.nudge();
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
