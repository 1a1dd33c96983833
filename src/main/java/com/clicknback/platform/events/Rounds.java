package com.clicknback.platform.events;

import com.clicknback.platform.bus.Bus;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rounds of background work, one at a time, on the context of the verticle that owns them. A nudge starts a round at
 * once, a poll starts one when no nudge came, and a failed round is retried with growing pauses.
 */
public final class Rounds {
    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
    private static final long RETRY_MS_MIN = 50;

    /**
     * The pace of the rounds.
     *
     * @param name appears in logs
     * @param pollMs the pause after which a round starts without a nudge
     * @param retryMsMax the longest pause after a failure
     * @param restMs the pause after a round that took less than it could, so that more gathers for the next
     */
    public record Settings(String name, long pollMs, long retryMsMax, long restMs) {}

    /** The outcome of a round, which decides when the next one starts. */
    public sealed interface Outcome {
        /** There is more to do at once. */
        record Full() implements Outcome {}

        /** Some work was done, and there was room for more. */
        record Partial() implements Outcome {}

        /** Work is there, but something else must end first: look again after this time. */
        record Blocked(long ms) implements Outcome {}

        /** Nothing is left to do. */
        record CaughtUp() implements Outcome {}
    }

    /** One round of work. */
    @FunctionalInterface
    public interface Round {
        /**
         * Works once; fails when the round is to be retried.
         *
         * @param expectWork false for a mere poll, which is to cost an idle server as little as it can
         */
        Future<Outcome> run(boolean expectWork);
    }

    private final Vertx vertx;
    private final Context context;
    private final Settings settings;
    private final Round round;
    private final List<Promise<Void>> caughtUpWaiters = new ArrayList<>();

    private boolean working;
    private boolean resting;
    private boolean nudged;
    private boolean closed;
    private long timer = -1;
    private long retryMs = RETRY_MS_MIN;
    private final Promise<Void> stopped = Promise.promise();
    private volatile long failures;

    /** Created and started on the context of its verticle. */
    public Rounds(Vertx vertx, Settings settings, Round round) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.settings = settings;
        this.round = round;
    }

    /** Listens to nudges and begins to work. */
    public void start(Bus bus) {
        bus.listen(EventsAppended.class, appended -> nudge());
        work(false);
    }

    /** Starts a round now instead of at the next poll; on the context of the verticle. */
    public void nudge() {
        boolean mayRest = resting && caughtUpWaiters.isEmpty();
        if (working || mayRest) {
            nudged = true;
        } else if (!closed) {
            work(true);
        }
    }

    private void poll() {
        if (!working && !closed) {
            work(false);
        }
    }

    /** Completes when a round that began after this call found nothing left to do; on any thread. */
    public Future<Void> caughtUp() {
        Promise<Void> waiter = Promise.promise();
        context.runOnContext(v -> {
            caughtUpWaiters.add(waiter);
            nudge();
        });
        return waiter.future();
    }

    /** Stops after the round in flight. */
    public Future<Void> close() {
        closed = true;
        vertx.cancelTimer(timer);
        return working ? stopped.future() : Future.succeededFuture();
    }

    /** Rounds that failed since the start of the process. */
    public long failures() {
        return failures;
    }

    private void work(boolean expectWork) {
        working = true;
        resting = false;
        nudged = false;
        vertx.cancelTimer(timer);
        List<Promise<Void>> waiters = new ArrayList<>(caughtUpWaiters);
        round.run(expectWork)
                .onComplete(done -> context.runOnContext(v -> settle(done.result(), done.cause(), waiters)));
    }

    private void settle(@Nullable Outcome outcome, @Nullable Throwable failure, List<Promise<Void>> waiters) {
        working = false;
        if (closed) {
            stopped.complete();
            return;
        }
        if (failure != null) {
            failures++;
            LOG.warn("{} failed, next try in {} ms", settings.name(), retryMs, failure);
            timer = vertx.setTimer(retryMs, id -> nudge());
            retryMs = Math.min(retryMs * 2, settings.retryMsMax());
            return;
        }
        retryMs = RETRY_MS_MIN;
        if (outcome instanceof Outcome.CaughtUp) {
            caughtUpWaiters.removeAll(waiters);
            waiters.forEach(Promise::complete);
            if (nudged) {
                work(true);
            } else {
                timer = vertx.setTimer(settings.pollMs(), id -> poll());
            }
        } else if (outcome instanceof Outcome.Full) {
            work(true);
        } else if (outcome instanceof Outcome.Blocked blocked) {
            rest(caughtUpWaiters.isEmpty() ? Math.max(blocked.ms(), settings.restMs()) : blocked.ms());
        } else {
            rest(caughtUpWaiters.isEmpty() ? settings.restMs() : 0);
        }
    }

    /** Lets time pass for others, or for more to gather; a waiter cuts it short. */
    private void rest(long ms) {
        if (ms == 0) {
            work(true);
        } else {
            resting = true;
            timer = vertx.setTimer(ms, id -> work(true));
        }
    }
}
