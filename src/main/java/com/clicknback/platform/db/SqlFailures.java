package com.clicknback.platform.db;

import com.clicknback.platform.errors.DomainException;
import io.vertx.core.Future;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/** Tells failures of the database apart by SQLSTATE and type, never by text. */
public final class SqlFailures {
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String EXCLUSION_VIOLATION = "23P01";
    private static final String READ_ONLY = "25006";
    private static final Set<String> DISK = Set.of("53100", "58030");
    private static final Set<String> RETRYABLE = Set.of("40001", "40P01");

    /**
     * Connection exceptions (08), lack of resources (53), operator intervention (57), I/O errors (58), lock_timeout
     * (55P03) and a server that became read-only in a fail-over (25006): try again later.
     */
    private static final Set<String> UNAVAILABLE_CLASSES = Set.of("08", "53", "57", "58");

    private static final String LOCK_LIMIT = "55P03";

    /** Also timeouts that the server or the role has for idle and for long transactions (25P03, 25P04). */
    private static final Set<String> UNAVAILABLE_STATES = Set.of(LOCK_LIMIT, READ_ONLY, "25P03", "25P04");

    /** Refused logins, such as a password that has just been changed. */
    private static final String INVALID_AUTHORIZATION_CLASS = "28";

    /** A database that is gone or lets nobody in. No statement of the service fails like this. */
    private static final Set<String> NO_SESSION_STATES = Set.of("3D000", "55000");

    static final String TIME_LIMIT = "57014";
    static final String SIZE_LIMIT = "53400";

    /** Of the role, the database or the server: a statement that has met one meets it again. */
    private static final Set<String> LIMITS = Set.of(TIME_LIMIT, SIZE_LIMIT);

    private SqlFailures() {}

    /** The server's message and SQLSTATE, or any other failure as it calls itself; a plain IOException says enough. */
    public static String inWords(Throwable failure) {
        if (failure instanceof PgException e) {
            return e.getErrorMessage() + " (SQLSTATE " + e.getSqlState() + ")";
        }
        return failure.getClass().equals(IOException.class) && failure.getMessage() != null
                ? failure.getMessage()
                : failure.toString();
    }

    /**
     * True when the server itself has reported the failure and waiting will not mend it: it has judged what it was asked.
     */
    static boolean isLasting(Throwable failure) {
        return failure instanceof PgException e
                && (isSessionRefused(failure) || !isUnavailable(failure) || LIMITS.contains(e.getSqlState()));
    }

    /** True for a deadlock or serialization failure: the same transaction may succeed when run again. */
    static boolean isRetryable(Throwable failure) {
        return failure instanceof PgException e && RETRYABLE.contains(e.getSqlState());
    }

    /** True when the database could not be reached, refused work or did not answer in time. */
    public static boolean isUnavailable(Throwable failure) {
        if (failure instanceof PgException e) {
            String state = Optional.ofNullable(e.getSqlState()).orElse("");
            return UNAVAILABLE_STATES.contains(state)
                    || RETRYABLE.contains(state)
                    || isSessionRefused(failure)
                    || (state.length() == 5 && UNAVAILABLE_CLASSES.contains(state.substring(0, 2)));
        }
        // The client reports a closed connection, a full wait queue and a timed-out acquisition as VertxExceptions.
        return failure instanceof IOException
                || failure instanceof TimeoutException
                || failure instanceof VertxException
                || isWithoutTls(failure);
    }

    /**
     * True when the server gave up a statement for its time, because of a lock that somebody holds or of its own work:
     * the same statement about other rows may not meet that.
     */
    public static boolean isTimedOut(Throwable failure) {
        return (DomainException.isUnavailable(failure) ? failure.getCause() : failure) instanceof PgException e
                && (TIME_LIMIT.equals(e.getSqlState()) || LOCK_LIMIT.equals(e.getSqlState()));
    }

    /**
     * True when the server is there but lets this role not in. An operator has to mend it. Requests may succeed afterwards;
     * a start that has never succeeded has wrong settings.
     */
    static boolean isSessionRefused(Throwable failure) {
        return failure instanceof PgException e
                && e.getSqlState() != null
                && (e.getSqlState().startsWith(INVALID_AUTHORIZATION_CLASS)
                        || NO_SESSION_STATES.contains(e.getSqlState()));
    }

    /** True when the server speaks no TLS: the one failure that the client reports by no type of its own. */
    static boolean isWithoutTls(Throwable failure) {
        return failure.getClass() == Exception.class;
    }

    /** True when the server accepts no writes, as a standby or a demoted primary. */
    static boolean isReadOnly(Throwable failure) {
        return failure instanceof PgException e && READ_ONLY.equals(e.getSqlState());
    }

    /** True when the server has no room on its disk, or cannot read or write it. */
    public static boolean isFullDisk(Throwable failure) {
        return failure instanceof PgException e && e.getSqlState() != null && DISK.contains(e.getSqlState());
    }

    /** True for the violation of a unique constraint. */
    public static boolean isUniqueViolation(Throwable failure) {
        return failure instanceof PgException e && UNIQUE_VIOLATION.equals(e.getSqlState());
    }

    /** True when somebody else has just written what must not be there twice. */
    public static boolean isConflict(Throwable failure) {
        return isUniqueViolation(failure)
                || failure instanceof PgException e && EXCLUSION_VIOLATION.equals(e.getSqlState());
    }

    /** The violated constraint or unique index, by its name in the schema. */
    public static Optional<String> constraint(Throwable failure) {
        return failure instanceof PgException e ? Optional.ofNullable(e.getConstraint()) : Optional.empty();
    }

    /** For {@code recover}: turns the violation of one constraint into a refusal, passes on every other failure. */
    public static <T> Function<Throwable, Future<T>> refuseOn(String constraint, Supplier<DomainException> refusal) {
        return failure -> Future.failedFuture(
                constraint(failure).filter(constraint::equals).isPresent() ? refusal.get() : failure);
    }
}
