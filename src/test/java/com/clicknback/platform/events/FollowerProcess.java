package com.clicknback.platform.events;

import static com.clicknback.testing.TestService.await;

import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestServer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.function.Supplier;

/** The event loops, the pool and the bus of one process, which appends events of one type and follows them. */
final class FollowerProcess {
    record Happened(String what) {}

    static final EventType<Happened> HAPPENED = new EventType<>("test.happened", Happened.class);
    static final Runnable NOTHING = () -> {};
    private static final Follower.Settings SETTINGS = new Follower.Settings("test", 10, 200, 200);

    final Vertx vertx = Vertx.vertx();
    final Bus bus = new Bus(vertx);
    final Database database;
    final EventLog log;
    private final TestClock clock;

    FollowerProcess(Address address, TestClock clock) {
        this.database = Database.open(vertx, TestServer.settings(address));
        this.log = new EventLog(bus, clock);
        this.clock = clock;
    }

    Owner follow(Follower.Handler handler) {
        return follow(SETTINGS, handler);
    }

    Owner follow(Follower.Settings settings, Follower.Handler handler) {
        Owner owner = new Owner(settings, handler);
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

    /** The verticle that a follower belongs to. */
    final class Owner extends VerticleBase {
        private final Follower.Settings settings;
        private final Follower.Handler handler;
        private Follower follower;

        private Owner(Follower.Settings settings, Follower.Handler handler) {
            this.settings = settings;
            this.handler = handler;
        }

        @Override
        public Future<?> start() {
            follower = new Follower(vertx, database, clock, settings, handler);
            return follower.start(bus);
        }

        @Override
        public Future<?> stop() {
            return follower.close();
        }

        Follower follower() {
            return follower;
        }

        Future<Void> caughtUp() {
            return onContext(() -> follower.caughtUp());
        }

        <T> Future<T> onContext(Supplier<Future<T>> step) {
            Promise<T> done = Promise.promise();
            context.runOnContext(v -> step.get().onComplete(done));
            return done.future();
        }
    }

    /** Takes effect once for each event, in the order of the list. */
    static Future<Void> effects(SqlConnection tx, List<LoggedEvent> events) {
        Future<Void> done = Future.succeededFuture();
        for (LoggedEvent event : events) {
            String what = event.as(HAPPENED).what();
            done = done.compose(v -> tx.preparedQuery("INSERT INTO effects (what) VALUES ($1)")
                    .execute(Tuple.of(what))
                    .mapEmpty());
        }
        return done;
    }

    /** A handler that only takes effect. */
    static Future<Runnable> record(SqlConnection tx, List<LoggedEvent> events) {
        return effects(tx, events).map(NOTHING);
    }
}
