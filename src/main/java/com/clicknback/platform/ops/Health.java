package com.clicknback.platform.ops;

import com.clicknback.platform.clock.DatabaseClock;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.SqlFailures;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The health of this process: whether it takes requests, its database answers, and both agree about the time. */
public final class Health {
    private static final Logger LOG = LoggerFactory.getLogger(Health.class);
    private static final int ROUND_TRIP_MS_MAX = 2_000;

    /** Nothing else bounds how many ask at once, and each question takes a connection from those who are served. */
    private static final int QUESTIONS_MAX = 2;

    /** A commit that waits longer for a standby waits for one that is gone. */
    private static final int COMMIT_SECONDS_MAX = 5;

    /**
     * Tells whether each commit waits until a standby has it on its disk too, whether there can be commits, and for how
     * long one of this role has waited.
     */
    private static final String ROUND_TRIP = """
        SELECT current_setting('synchronous_standby_names') <> ''
                AND current_setting('synchronous_commit') IN ('on', 'remote_apply') AS standby_in_step,
            current_setting('transaction_read_only') = 'off' AS writable,
            coalesce((
                SELECT max(extract(epoch FROM clock_timestamp() - query_start)) FROM pg_stat_activity
                WHERE usename = current_user AND wait_event = 'SyncRep'), 0)::int AS commit_seconds
        """;

    private final Database database;
    private final DatabaseClock clock;
    private final AtomicInteger questions = new AtomicInteger();
    private final AtomicBoolean silent = new AtomicBoolean();
    private volatile boolean databaseAnswered;
    private volatile boolean serving;
    private volatile boolean standbyInStep;
    private final AtomicInteger commitSeconds = new AtomicInteger();

    public Health(Database database, DatabaseClock clock, Metrics metrics) {
        this.database = database;
        this.clock = clock;
        metrics.clockSkew(() -> clock.skew().toMillis() / 1_000.0);
        DatabaseMetrics ofDatabase = metrics.database();
        ofDatabase.durability(() -> standbyInStep, commitSeconds::get);
        database.onUnavailable(new FullDisk(ofDatabase)::note);
    }

    /** Sets whether the process takes requests. */
    public void serving(boolean now) {
        databaseAnswered = now;
        serving = now;
    }

    /**
     * True when the process takes requests, the database answers in time, takes writes and ends them, and no clock of the
     * two is far off. While enough ask the database, the others are told what it said last.
     */
    public Future<Boolean> isReady() {
        if (!serving || clock.isInDoubt()) {
            return Future.succeededFuture(false);
        }
        if (questions.incrementAndGet() > QUESTIONS_MAX) {
            questions.decrementAndGet();
            return Future.succeededFuture(databaseAnswered);
        }
        return database.query(ROUND_TRIP, Tuple.tuple())
                .timeout(ROUND_TRIP_MS_MAX, TimeUnit.MILLISECONDS)
                .map(rows -> rows.iterator().next())
                .onSuccess(row -> standbyInStep = row.getBoolean("standby_in_step"))
                .map(row -> commitsEnd(row.getInteger("commit_seconds")) && row.getBoolean("writable"))
                .onComplete(asked -> tellSilence(asked.cause()))
                .otherwise(false)
                .onSuccess(answered -> {
                    databaseAnswered = answered;
                    questions.decrementAndGet();
                });
    }

    /** Tells when the database begins not to answer, which a pool without a free connection looks like, and when it ends. */
    private void tellSilence(@Nullable Throwable failure) {
        if (failure == null) {
            if (silent.getAndSet(false)) {
                LOG.info("The database answers the question for readiness again");
            }
        } else if (!silent.getAndSet(true)) {
            LOG.error(
                    "Not ready: the database did not answer the question for readiness ({}). If each connection of the pool"
                            + " is in use, wait_event in pg_stat_activity tells what it waits for",
                    SqlFailures.inWords(failure.getCause() == null ? failure : failure.getCause()));
        }
    }

    /** Notes how long the oldest commit has waited for a standby, and tells when that begins to be too long. */
    private boolean commitsEnd(int seconds) {
        boolean end = seconds < COMMIT_SECONDS_MAX;
        boolean ended = commitSeconds.getAndSet(seconds) < COMMIT_SECONDS_MAX;
        if (ended && !end) {
            LOG.error(
                    "A commit has waited {} s for a standby that synchronous_standby_names asks for: writes hang until the"
                            + " standby is back or is taken out of that setting",
                    seconds);
        } else if (end && !ended) {
            LOG.info("Commits do not wait for a standby any more");
        }
        return end;
    }

    /** The fate of acknowledged writes as a sentence. */
    public String durabilityInWords() {
        return standbyInStep
                ? "a 2xx survives a fail-over to the synchronous standby"
                : "a 2xx survives a crash of the database's server, not its loss: no commit waits for a standby";
    }

    /** The fate of acknowledged writes when the database last answered: loss or only crash of its server is survived. */
    String durability() {
        return standbyInStep ? "survives_failover" : "survives_crash";
    }
}
