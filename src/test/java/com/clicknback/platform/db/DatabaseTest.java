package com.clicknback.platform.db;

import static com.clicknback.testing.TestService.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestServer;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DatabaseTest {
    private static final int POOL_MAX = 2;
    private static final int WAITING_MAX = 3;

    /** Longer than the second after which the server looks for deadlocks. */
    private static final int STATEMENT_TIMEOUT_MS = 3_000;

    /** Beyond what a busy machine makes of that second. */
    private static final int PATIENT_TIMEOUT_MS = 60_000;

    private static final int HAMMERED_MS = 5_000;

    /** Longer than anybody waits for a connection. */
    private static final int BEYOND_WAITS_MS = 3_500;

    /** More than there are processors, so that threads are interrupted anywhere. */
    private static final int EVENT_LOOPS = 16;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(EVENT_LOOPS));
    private Address address;
    private Database database;
    private Sql sql;

    @BeforeEach
    void open() {
        address = TestServer.shared().createDatabase();
        database = open(PATIENT_TIMEOUT_MS);
        sql = new Sql(address);
        sql.execute(
                "CREATE TABLE things (id int PRIMARY KEY, amount int NOT NULL CONSTRAINT positive CHECK (amount > 0))");
        sql.execute("INSERT INTO things VALUES (1, 10), (2, 20)");
    }

    private Database open(int statementTimeoutMs) {
        return Database.open(
                vertx,
                new DatabaseSettings(
                        address.uri(), address.user(), address.password(), POOL_MAX, WAITING_MAX, statementTimeoutMs));
    }

    /** For a test of what takes too long: one that is about something else must not fail on a busy machine. */
    private void hurry() {
        await(database.close());
        database = open(STATEMENT_TIMEOUT_MS);
    }

    @AfterEach
    void close() {
        await(database.close());
        await(vertx.close());
    }

    private static Future<Void> add(SqlConnection tx, int id) {
        return tx.preparedQuery("UPDATE things SET amount = amount + 1 WHERE id = $1")
                .execute(Tuple.of(id))
                .mapEmpty();
    }

    private static void assertUnavailable(Future<?> future) {
        assertThatThrownBy(() -> await(future))
                .isInstanceOfSatisfying(
                        DomainException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE));
    }

    /** An operator changes a password, or closes the database for a while: no defect of the service. */
    @Test
    void aServerThatLetsItNotInIsUnavailable() {
        Address address = TestServer.shared().createDatabase();
        for (DatabaseSettings refused : List.of(
                new DatabaseSettings(address.uri(), address.user(), "another", POOL_MAX, WAITING_MAX, 1_000),
                new DatabaseSettings(address.uri(), "nobody", address.password(), POOL_MAX, WAITING_MAX, 1_000),
                new DatabaseSettings(
                        address.uri() + "_gone", address.user(), address.password(), POOL_MAX, WAITING_MAX, 1_000))) {
            Database closed = Database.open(vertx, refused);
            assertUnavailable(closed.query("SELECT 1", Tuple.tuple()));
            assertUnavailable(closed.inTransaction(tx -> add(tx, 1)));
            await(closed.close());
        }
    }

    @Test
    void commitsWhatSucceedsAndNothingOfWhatFails() {
        await(database.inTransaction(tx -> add(tx, 1)));
        Future<Void> failing = database.inTransaction(
                tx -> add(tx, 2).compose(v -> Future.failedFuture(DomainException.notFound("thing", "3"))));

        assertThatThrownBy(() -> await(failing)).isInstanceOf(DomainException.class);
        assertThat(sql.<Integer>column("SELECT amount FROM things ORDER BY id")).containsExactly(11, 20);
    }

    @Test
    void rollsBackWhenTheWorkThrows() {
        Future<Void> failing = database.inTransaction(tx -> add(tx, 1).map(v -> {
            throw new IllegalStateException("defect");
        }));

        assertThatThrownBy(() -> await(failing)).isInstanceOf(IllegalStateException.class);
        assertThat(sql.count("SELECT amount FROM things WHERE id = 1")).isEqualTo(10);
    }

    @Test
    void runsADeadlockedTransactionAgain() {
        AtomicInteger attempts = new AtomicInteger();
        Promise<Void> firstHasOne = Promise.promise();
        Promise<Void> secondHasTwo = Promise.promise();
        Future<Void> first = database.inTransaction(tx -> {
            attempts.incrementAndGet();
            return add(tx, 1)
                    .onSuccess(v -> firstHasOne.tryComplete())
                    .compose(v -> secondHasTwo.future())
                    .compose(v -> add(tx, 2));
        });
        Future<Void> second = database.inTransaction(tx -> {
            attempts.incrementAndGet();
            return add(tx, 2)
                    .onSuccess(v -> secondHasTwo.tryComplete())
                    .compose(v -> firstHasOne.future())
                    .compose(v -> add(tx, 1));
        });

        await(Future.all(first, second));

        assertThat(attempts).hasValueGreaterThan(2);
        assertThat(sql.<Integer>column("SELECT amount FROM things ORDER BY id")).containsExactly(12, 22);
    }

    @Test
    void namesTheViolatedConstraint() {
        Future<?> refused = database.query("UPDATE things SET amount = 0", Tuple.tuple());

        assertThatThrownBy(() -> await(refused))
                .isInstanceOf(PgException.class)
                .satisfies(
                        failure -> assertThat(SqlFailures.constraint(failure)).contains("positive"));
        assertThatThrownBy(() -> await(refused.recover(
                        SqlFailures.refuseOn("positive", () -> DomainException.rule("amount", "must be positive")))))
                .isInstanceOfSatisfying(
                        DomainException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RULE_VIOLATION));
        assertThatThrownBy(() -> await(refused.recover(
                        SqlFailures.refuseOn("other", () -> DomainException.rule("amount", "must be positive")))))
                .isInstanceOf(PgException.class);
    }

    @Test
    void givesUpStatementsThatTakeTooLong() {
        hurry();
        assertUnavailable(database.query("SELECT pg_sleep(30)", Tuple.tuple()));
        assertThat(await(database.query("SELECT 1", Tuple.tuple())).size()).isEqualTo(1);
    }

    /** Each statement ends in time, all of them together do not. */
    @Test
    void commitsNothingOnceItHasSaidThatItCannot() {
        hurry();
        Promise<Void> ended = Promise.promise();
        Future<Void> tooSlow = database.inTransaction(tx -> add(tx, 1)
                .compose(v -> sleep(tx))
                .compose(v -> sleep(tx))
                .compose(v -> sleep(tx))
                .onComplete(v -> ended.complete()));

        assertUnavailable(tooSlow);
        await(ended.future());
        await(database.inTransaction(tx -> add(tx, 1)));

        assertThat(sql.count("SELECT amount FROM things WHERE id = 1")).isEqualTo(11);
    }

    private static Future<Void> sleep(SqlConnection tx) {
        return tx.query("SELECT pg_sleep(2.7)").execute().mapEmpty();
    }

    @Test
    void runsNothingOnceItHasWaitedInVainForAConnection() {
        hurry();
        Promise<Void> end = Promise.promise();
        List<Future<?>> working = occupyPool(end);

        Future<?> alone = database.query("UPDATE things SET amount = amount + 1", Tuple.tuple());
        Future<?> transaction = database.inTransaction(tx -> add(tx, 1));
        assertUnavailable(alone);
        assertUnavailable(transaction);
        end.complete();
        await(Future.join(working));
        await(Future.all(database.query("SELECT 1", Tuple.tuple()), database.query("SELECT 1", Tuple.tuple())));

        assertThat(sql.<Integer>column("SELECT amount FROM things ORDER BY id")).containsExactly(10, 20);
    }

    private List<Future<?>> occupyPool(Promise<Void> end) {
        List<Future<?>> working = new ArrayList<>();
        for (int i = 0; i < POOL_MAX; i++) {
            Promise<Void> begun = Promise.promise();
            working.add(database.withConnection(connection -> {
                begun.complete();
                return end.future();
            }));
            await(begun.future());
        }
        return working;
    }

    @Test
    void refusesWhatFindsNoRoomToWait() {
        Promise<Void> end = Promise.promise();
        List<Future<?>> working = occupyPool(end);
        List<Future<?>> waiting = new ArrayList<>(IntStream.range(0, WAITING_MAX)
                .mapToObj(n -> database.query("SELECT 1", Tuple.tuple()))
                .toList());

        assertUnavailable(database.query("SELECT 1", Tuple.tuple()));

        end.complete();
        await(Future.all(working));
        await(Future.all(waiting));
    }

    @Test
    void isUnavailableWhereNoServerListens() {
        Database nowhere = Database.open(
                vertx, new DatabaseSettings("postgresql://127.0.0.1:1/none", "nobody", "", 2, 2, STATEMENT_TIMEOUT_MS));
        assertUnavailable(nowhere.query("SELECT 1", Tuple.tuple()));
        assertUnavailable(nowhere.inTransaction(tx -> add(tx, 1)));
        await(nowhere.close());
    }

    /** PostgreSQL 17 and later end the session of a transaction that outlasts it. */
    @Test
    void aReportHasNoLimitOfTimeWhateverTheDatabaseHas() {
        assumeThat(sql.count("SELECT count(*) FROM pg_settings WHERE name = 'transaction_timeout'"))
                .isPositive();
        sql.execute("ALTER DATABASE " + address.uri().substring(address.uri().lastIndexOf('/') + 1)
                + " SET transaction_timeout = '1min'");
        Database limited = open(STATEMENT_TIMEOUT_MS);

        String limits = await(limited.inSnapshot(
                tx -> tx.query("SELECT current_setting('transaction_timeout') || current_setting('statement_timeout')")
                        .mapping(row -> row.getString(0))
                        .execute()
                        .map(rows -> rows.iterator().next())));
        await(limited.close());

        assertThat(limits).isEqualTo("00");
    }

    @Test
    void readsOneSnapshotForAReport() {
        List<Integer> seen = await(database.inSnapshot(tx -> tx.query("SELECT sum(amount)::int FROM things")
                .execute()
                .compose(before -> {
                    sql.execute("UPDATE things SET amount = amount + 100");
                    return tx.query("SELECT sum(amount)::int FROM things")
                            .execute()
                            .map(after -> List.of(
                                    before.iterator().next().getInteger(0),
                                    after.iterator().next().getInteger(0)));
                })));

        assertThat(seen).containsExactly(30, 30);
    }

    /** Without that, the check of the books would compare each pending purchase with each entry of the work lists. */
    @Test
    void letsAReportJoinWholeTables() {
        String scope = "SELECT current_setting('enable_seqscan') || ' ' || current_setting('enable_hashjoin') || ' '"
                + " || current_setting('enable_mergejoin')";
        String ofReports = await(database.inSnapshot(tx ->
                tx.query(scope).execute().map(rows -> rows.iterator().next().getString(0))));
        String ofRequests = await(database.inTransaction(tx ->
                tx.query(scope).execute().map(rows -> rows.iterator().next().getString(0))));

        assertThat(ofReports).isEqualTo("on on on");
        assertThat(ofRequests).isEqualTo("off off off");
    }

    /**
     * Threads that ask for a few more connections than there are get some that another has just given back. None of them
     * may count as waiting after that.
     */
    @Test
    void losesNoConnectionThatIsLentWhileItsAskerBeginsToWait() {
        AtomicInteger defects = new AtomicInteger();
        AtomicInteger lost = new AtomicInteger();
        vertx.exceptionHandler(defect -> defects.incrementAndGet());
        Promise<Void> enough = Promise.promise();
        vertx.setTimer(HAMMERED_MS, over -> enough.complete());
        await(vertx.deployVerticle(
                () -> thread -> Future.<Void>future(ended -> askUntil(enough.future(), lost, ended)),
                new DeploymentOptions().setInstances(POOL_MAX + 1)));
        await(vertx.timer(BEYOND_WAITS_MS));

        assertThat(defects).hasValue(0);
        assertThat(lost).hasValue(0);
    }

    private void askUntil(Future<Void> enough, AtomicInteger lost, Promise<Void> ended) {
        if (enough.isComplete()) {
            ended.complete();
            return;
        }
        database.withConnection(connection -> connection.query("SELECT 1").execute())
                .onFailure(failure -> lost.incrementAndGet())
                .onComplete(asked -> askUntil(enough, lost, ended));
    }
}
