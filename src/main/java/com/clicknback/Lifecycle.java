package com.clicknback;

import com.clicknback.platform.db.Database;
import com.clicknback.platform.ops.Health;
import com.clicknback.platform.ops.TableStatistics;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the verticles of one service in order and closes them in reverse, then the pool, then the event loops. */
final class Lifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);
    private static final long CLOSE_VERTICLES_MS = 8_000;
    private static final long CLOSE_POOL_MS = 1_000;
    private static final long CLOSE_LOOPS_MS = 1_000;

    private final Vertx vertx;
    private final Database database;
    private final Health health;

    /** Latest first. */
    private final Deque<String> deployments = new ArrayDeque<>();

    private Future<Void> started = Future.succeededFuture();
    private @Nullable Future<Void> closed;
    private volatile boolean closing;

    Lifecycle(Vertx vertx, Database database, Health health) {
        this.vertx = vertx;
        this.database = database;
        this.health = health;
    }

    /** Runs the steps of a start and then takes requests; when a step fails, everything is closed again. */
    synchronized Future<Void> start(Supplier<Future<Void>> steps) {
        // Without a context of its own, like close(): a failed start ends the event loops before it is told.
        Promise<Void> told = Promise.promise();
        started = steps.get().onSuccess(v -> {
            health.serving(true);
            health.isReady().onSuccess(ready -> LOG.info("Durability: {}", health.durabilityInWords()));
            TableStatistics.keep(vertx, database);
        });
        started.onComplete(told::complete, failure -> close().onComplete(v -> told.fail(failure)));
        return told.future();
    }

    /** Deploys one verticle after the other. */
    Future<Void> deployAll(List<Supplier<VerticleBase>> verticles) {
        Future<Void> deployed = Future.succeededFuture();
        for (Supplier<VerticleBase> verticle : verticles) {
            deployed = deployed.compose(v -> deploy(verticle, 1).mapEmpty());
        }
        return deployed;
    }

    Future<String> deploy(Supplier<VerticleBase> verticle, int instances) {
        return vertx.deployVerticle(verticle, new DeploymentOptions().setInstances(instances))
                .onSuccess(deployments::push);
    }

    /**
     * Stops accepting, finishes what was accepted, closes the followers and then the pool; bounded in time. Always
     * succeeds; parts that do not close in time are logged.
     */
    synchronized Future<Void> close() {
        if (closed == null) {
            closing = true;
            closed = closeParts();
        }
        return closed;
    }

    /** True once the service closes, be it while it starts. */
    boolean isClosing() {
        return closing;
    }

    private Future<Void> closeParts() {
        // Without a context of its own: when it completes there is no event loop left to complete it on.
        Promise<Void> done = Promise.promise();
        started.transform(settled -> {
                    health.serving(false);
                    return undeployLatestFirst();
                })
                .timeout(CLOSE_VERTICLES_MS, TimeUnit.MILLISECONDS)
                .recover(Lifecycle::reportUnclosed)
                .compose(v -> database.close().timeout(CLOSE_POOL_MS, TimeUnit.MILLISECONDS))
                .recover(Lifecycle::reportUnclosed)
                .onComplete(v -> closeLoops().whenComplete((closedInTime, late) -> done.complete()));
        return done.future();
    }

    /** Waits on a thread of the JDK: the event loops wait for connections, which wait for a database that may hang. */
    private CompletableFuture<Void> closeLoops() {
        return vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(CLOSE_LOOPS_MS, TimeUnit.MILLISECONDS)
                .whenComplete((v, late) -> {
                    if (late != null) {
                        LOG.warn("closing: {}", late.toString());
                    }
                });
    }

    private Future<Void> undeployLatestFirst() {
        if (deployments.isEmpty()) {
            return Future.succeededFuture();
        }
        return vertx.undeploy(deployments.pop())
                .recover(Lifecycle::reportUnclosed)
                .compose(v -> undeployLatestFirst());
    }

    private static Future<Void> reportUnclosed(Throwable failure) {
        LOG.warn("closing: {}", failure.toString());
        return Future.succeededFuture();
    }
}
