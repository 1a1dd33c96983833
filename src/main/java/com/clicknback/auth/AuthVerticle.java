package com.clicknback.auth;

import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.clock.DatabaseClock;
import com.clicknback.platform.clock.TimeOrderedIds;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.ops.Metrics;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the messages about sessions and deletes the expired ones. */
public final class AuthVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(AuthVerticle.class);
    private static final long PURGE_INTERVAL_MS = 60_000;

    /** Small enough that no transaction holds its locks for long. */
    private static final int PURGED_TOKENS_MAX = 500;

    /** The rest of a backlog waits for the next interval, so that purging never crowds out requests. */
    private static final int PURGES_PER_INTERVAL_MAX = 20;

    private final Bus bus;
    private final Database database;
    private final TimeOrderedIds ids;
    private final Clock clock;
    private final AuthSettings settings;
    private final Metrics metrics;
    private boolean purging;

    public AuthVerticle(
            Bus bus, Database database, TimeOrderedIds ids, Clock clock, AuthSettings settings, Metrics metrics) {
        this.bus = bus;
        this.database = database;
        this.ids = ids;
        this.clock = clock;
        this.settings = settings;
        this.metrics = metrics;
    }

    @Override
    public Future<?> start() {
        Sessions sessions = new Sessions(vertx, bus, database, ids, clock, settings);
        bus.answer(
                Auth.Login.class,
                message -> sessions.login(message)
                        .onComplete(
                                tokens -> metrics.login(LoginOutcome.SUCCEEDED),
                                failure -> metrics.login(LoginOutcome.of(failure))));
        bus.answer(Auth.Refresh.class, sessions::refresh);
        bus.answer(Auth.Logout.class, sessions::logout);
        bus.answer(Auth.RequireSession.class, sessions::require);
        bus.<Page<SessionView>, Auth.ListSessions>answer(
                Auth.ListSessions.class, message -> SessionStore.list(database, message.userId(), message.page()));
        vertx.setPeriodic(PURGE_INTERVAL_MS, tick -> purgeUnlessPurging(sessions));
        return Future.succeededFuture();
    }

    private void purgeUnlessPurging(Sessions sessions) {
        if (purging || DatabaseClock.isInDoubt(clock)) {
            return;
        }
        purging = true;
        purge(sessions, PURGES_PER_INTERVAL_MAX)
                .onFailure(failure -> LOG.warn("expired sessions stay until the next purge: {}", failure.toString()))
                .onComplete(done -> purging = false);
    }

    private Future<Void> purge(Sessions sessions, int roundsLeft) {
        return sessions.purge(PURGED_TOKENS_MAX)
                .compose(deleted -> deleted < PURGED_TOKENS_MAX || roundsLeft == 1
                        ? Future.succeededFuture()
                        : purge(sessions, roundsLeft - 1));
    }
}
