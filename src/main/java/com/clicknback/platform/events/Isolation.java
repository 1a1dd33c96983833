package com.clicknback.platform.events;

import com.clicknback.platform.db.SqlFailures;
import com.clicknback.platform.errors.DomainException;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Works on items together and finds by halving those that fail by themselves, so that they hold up no other. A database
 * that cannot be reached is no item's fault: the work fails as a whole.
 *
 * @param <I> an item
 */
public final class Isolation<I> {
    /** Attempts of one run that a time limit may end: a server that is slow for everybody is no item's fault either. */
    private static final int TIMED_OUT_MAX = 25;

    private final Function<List<I>, Future<Void>> work;
    private final BiFunction<I, Throwable, Future<Void>> alone;
    private final Function<List<I>, Future<List<I>>> free;
    private int timedOut;

    private Isolation(
            Function<List<I>, Future<Void>> work,
            BiFunction<I, Throwable, Future<Void>> alone,
            Function<List<I>, Future<List<I>>> free) {
        this.work = work;
        this.alone = alone;
        this.free = free;
    }

    /**
     * @param work one transaction
     * @param alone is given each item that fails by itself, with its failure
     * @param free is given the items of work that timed out: passes over those that another session keeps locked, each of
     *     which would time out by itself, and brings the others
     */
    public static <I> Future<Void> run(
            List<I> items,
            Function<List<I>, Future<Void>> work,
            BiFunction<I, Throwable, Future<Void>> alone,
            Function<List<I>, Future<List<I>>> free) {
        return new Isolation<>(work, alone, free).run(items);
    }

    private Future<Void> run(List<I> items) {
        if (items.isEmpty()) {
            return Future.succeededFuture();
        }
        return work.apply(items).recover(failure -> {
            if (SqlFailures.isTimedOut(failure)) {
                timedOut++;
            }
            if (timedOut > TIMED_OUT_MAX || !isOfItems(failure)) {
                return Future.failedFuture(failure);
            }
            return SqlFailures.isTimedOut(failure)
                    ? free.apply(items)
                            .compose(others -> others.size() < items.size() ? run(others) : isolate(items, failure))
                    : isolate(items, failure);
        });
    }

    private Future<Void> isolate(List<I> items, Throwable failure) {
        if (items.size() == 1) {
            return alone.apply(items.get(0), failure);
        }
        int half = items.size() / 2;
        return run(items.subList(0, half)).compose(first -> run(items.subList(half, items.size())));
    }

    /** True for a failure that other items may not meet. */
    public static boolean isOfItems(Throwable failure) {
        return SqlFailures.isTimedOut(failure)
                || !SqlFailures.isUnavailable(failure) && !DomainException.isUnavailable(failure);
    }
}
