package com.clicknback.verification;

import com.clicknback.platform.db.Database;
import com.clicknback.platform.ops.Metrics;
import com.clicknback.purchases.Decisions;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;

/** Runs the verification job at its interval. */
public final class VerificationVerticle extends VerticleBase {
    private static final Duration VERIFIER_WAIT_MAX = Duration.ofSeconds(5);

    /**
     * By whom and how often purchases are verified.
     *
     * @param interval between two runs of the job
     * @param attemptsMax undecided attempts after which a purchase is rejected
     */
    public record Settings(PurchaseVerifier verifier, Duration interval, int attemptsMax) {}

    private final Database database;
    private final AutoConfirm autoConfirm;
    private final Decisions decisions;
    private final Metrics metrics;
    private final Clock clock;
    private final Settings settings;
    private VerificationJob job;

    public VerificationVerticle(
            Database database,
            AutoConfirm autoConfirm,
            Decisions decisions,
            Metrics metrics,
            Clock clock,
            Settings settings) {
        this.database = database;
        this.autoConfirm = autoConfirm;
        this.decisions = decisions;
        this.metrics = metrics;
        this.clock = clock;
        this.settings = settings;
    }

    @Override
    public void init(Vertx vertx, Context context) {
        super.init(vertx, context);
        job = new VerificationJob(
                new Inquiry(context, settings.verifier(), settings.attemptsMax(), VERIFIER_WAIT_MAX),
                database,
                autoConfirm,
                decisions,
                clock,
                settings.interval());
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(0, settings.interval().toMillis(), id -> runJob());
        return Future.succeededFuture();
    }

    /** Runs the job now, or joins the run under way; may be called from any thread. Fails when the run failed. */
    public Future<Void> run() {
        Promise<Void> done = Promise.promise();
        context.runOnContext(v -> runJob().onComplete(done));
        return done.future();
    }

    private Future<Void> runJob() {
        return job.run().onComplete(done -> metrics.verificationRun(done.failed()));
    }

    @Override
    public Future<?> stop() {
        return job.close();
    }
}
