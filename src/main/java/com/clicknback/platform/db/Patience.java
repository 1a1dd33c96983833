package com.clicknback.platform.db;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The time that the asker of one operation gives it. Once the asker has been told that the operation failed, it begins
 * no work, and its transaction no longer commits: another attempt would do everything twice.
 */
final class Patience {
    /** Makes a transaction fail as soon as its current statement ends, so that nobody waits for its locks. */
    private static final String SPOIL = "DO $$ BEGIN RAISE EXCEPTION 'given up by the client'; END $$";

    private final long startNs = System.nanoTime();
    private volatile boolean over;
    private volatile @Nullable SqlConnection lent;

    /** Runs work on a connection unless nobody waits for it any more. */
    <T> Future<T> spend(SqlConnection connection, Function<SqlConnection, Future<T>> work) {
        if (over) {
            return givenUp();
        }
        lent = connection;
        return Future.succeededFuture(connection).compose(work).eventually(() -> {
            lent = null;
            return Future.succeededFuture();
        });
    }

    /** Fails the Future of an operation that has ended too late to be committed. */
    <T> Future<T> unlessOver(T result) {
        return over ? givenUp() : Future.succeededFuture(result);
    }

    /** Fails when the asker, who waits for so long in all, may be gone before so much more time has passed. */
    Future<Void> requireLeft(long allMs, long leftMs) {
        long passedMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
        return over || passedMs + leftMs > allMs ? givenUp() : Future.succeededFuture();
    }

    boolean isOver() {
        return over;
    }

    /** From here on nobody waits. */
    void end() {
        over = true;
        SqlConnection connection = lent;
        if (connection != null && connection.transaction() != null) {
            connection.query(SPOIL).execute();
        }
    }

    private static <T> Future<T> givenUp() {
        return Future.failedFuture(new TimeoutException("given up by the client"));
    }
}
