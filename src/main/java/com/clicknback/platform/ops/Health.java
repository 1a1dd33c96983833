package com.clicknback.platform.ops;

import com.clicknback.platform.clock.DatabaseClock;
import com.clicknback.platform.db.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The health of this process: whether it takes requests, its database answers, and both agree about the time. */
public final class Health {
    private static final int ROUND_TRIP_MS_MAX = 2_000;

    /** Nothing else bounds how many ask at once, and each question takes a connection from those who are served. */
    private static final int QUESTIONS_MAX = 2;

    private final Database database;
    private final DatabaseClock clock;
    private final Duration skewMax;
    private final AtomicInteger questions = new AtomicInteger();
    private volatile boolean databaseAnswered;
    private volatile boolean serving;

    public Health(Database database, DatabaseClock clock, Duration skewMax) {
        this.database = database;
        this.clock = clock;
        this.skewMax = skewMax;
    }

    /** Sets whether the process takes requests. */
    public void serving(boolean now) {
        databaseAnswered = now;
        serving = now;
    }

    /**
     * True when the process takes requests, the database answers in time, and no clock of the two is far off. While enough
     * ask the database, the others are told what it said last.
     */
    Future<Boolean> isReady() {
        if (!serving || clock.skew().abs().compareTo(skewMax) > 0) {
            return Future.succeededFuture(false);
        }
        if (questions.incrementAndGet() > QUESTIONS_MAX) {
            questions.decrementAndGet();
            return Future.succeededFuture(databaseAnswered);
        }
        return database.query("SELECT 1", Tuple.tuple())
                .timeout(ROUND_TRIP_MS_MAX, TimeUnit.MILLISECONDS)
                .map(true)
                .otherwise(false)
                .onSuccess(answered -> {
                    databaseAnswered = answered;
                    questions.decrementAndGet();
                });
    }
}
