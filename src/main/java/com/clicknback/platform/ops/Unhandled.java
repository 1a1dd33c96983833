package com.clicknback.platform.ops;

import io.vertx.core.Vertx;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Failures that no code has handled. They are logged. One of memory, which a thread that cannot be made is too, ends the
 * process: what was to follow it never comes, so that a start would wait for ever.
 */
public final class Unhandled {
    private static final Logger LOG = LoggerFactory.getLogger(Unhandled.class);

    /** The status of a JVM that ends itself for want of memory. */
    private static final int OUT_OF_MEMORY = 3;

    private Unhandled() {}

    /** Takes those of an instance of Vert.x. */
    public static Vertx watch(Vertx vertx) {
        return vertx.exceptionHandler(
                failure -> take(failure, status -> Runtime.getRuntime().halt(status)));
    }

    static void take(Throwable failure, IntConsumer end) {
        // Netty's limit of its buffers has a type of its own, and costs a connection only.
        if (failure.getClass().equals(OutOfMemoryError.class)) {
            // The log has a thread of its own, and may have none.
            System.err.println("clicknback: " + failure);
            end.accept(OUT_OF_MEMORY);
            return;
        }
        LOG.error("Unhandled exception", failure);
    }
}
