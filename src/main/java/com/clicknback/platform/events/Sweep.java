package com.clicknback.platform.events;

import com.clicknback.platform.clock.DatabaseClock;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work on old rows in slices, so that no transaction holds its locks for long. One run at a time, and none while the time is
 * in doubt: what is released, expired or deleted too early stays so.
 */
public final class Sweep {
    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

    private final String name;
    private final int sliceMax;
    private final int slicesMax;
    private final Clock clock;
    private final Supplier<Future<Integer>> slice;
    private Future<Integer> latest = Future.succeededFuture(0);
    private boolean closed;

    /**
     * @param name appears in logs
     * @param sliceMax rows of a full slice, after which another one follows
     * @param slicesMax slices of one run; the rest of a backlog waits for the next, so that requests are not crowded out
     * @param clock tells what is old
     * @param slice one transaction; brings the number of its rows
     */
    public Sweep(String name, int sliceMax, int slicesMax, Clock clock, Supplier<Future<Integer>> slice) {
        this.name = name;
        this.sliceMax = sliceMax;
        this.slicesMax = slicesMax;
        this.clock = clock;
        this.slice = slice;
    }

    /** Runs, or joins the run under way; brings the number of rows. A failure is logged as well. */
    public Future<Integer> run() {
        if (latest.isComplete()) {
            latest = DatabaseClock.isInDoubt(clock)
                    ? Future.succeededFuture(0)
                    : slices(0, slicesMax)
                            .onFailure(failure -> LOG.warn("{} failed and is tried again later", name, failure));
        }
        return latest;
    }

    /** Lets the run under way, if there is one, end with its present slice; completes then, even if that fails. */
    public Future<Integer> close() {
        closed = true;
        return latest.otherwise(0);
    }

    private Future<Integer> slices(int rowsSoFar, int slicesLeft) {
        return slice.get()
                .compose(rows -> rows < sliceMax || slicesLeft == 1 || closed
                        ? Future.succeededFuture(rowsSoFar + rows)
                        : slices(rowsSoFar + rows, slicesLeft - 1));
    }
}
