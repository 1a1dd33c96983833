package com.clicknback.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Bounded polling, for what sends no message when it happens. */
public final class Waiting {
    private static final Duration USUAL_MAX = Duration.ofSeconds(60);
    private static final Duration USUAL_PAUSE = Duration.ofMillis(20);

    private Waiting() {}

    /** Returns as soon as the condition holds; fails when it does not within a minute. */
    public static void until(String what, Callable<Boolean> condition) {
        until(what, USUAL_MAX, USUAL_PAUSE, condition);
    }

    /** Returns as soon as the condition, asked again after each pause, holds; fails when it does not in time. */
    public static void until(String what, Duration max, Duration pause, Callable<Boolean> condition) {
        long deadlineNs = System.nanoTime() + max.toNanos();
        while (!holds(condition)) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError("not within " + max.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    private static boolean holds(Callable<Boolean> condition) {
        try {
            return condition.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
