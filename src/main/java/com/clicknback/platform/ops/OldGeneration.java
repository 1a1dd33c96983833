package com.clicknback.platform.ops;

import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import org.jspecify.annotations.Nullable;

/**
 * Has the whole heap collected once the old generation of the serial collector has grown. JDK 17 does so by itself; JDK
 * 25 lets that generation grow to the heap's maximum first, so that garbage takes what the process should not have.
 */
final class OldGeneration {
    private static final String POOL = "Tenured Gen";

    /** A collection takes a tenth of a second: at most a hundredth of the time goes to it. */
    private static final long LOOK_MS = 10_000;

    private OldGeneration() {}

    /** Looks from now on; does nothing with other collectors. */
    static void watch(Vertx vertx) {
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getName().equals(POOL)) {
                vertx.setPeriodic(LOOK_MS, id -> {
                    if (hasGrown(pool.getUsage(), pool.getCollectionUsage())) {
                        System.gc();
                    }
                });
            }
        }
    }

    /**
     * True when the generation takes more memory than it had after it was collected last, or in the beginning.
     *
     * @param collected null where the JVM does not tell
     */
    static boolean hasGrown(MemoryUsage now, @Nullable MemoryUsage collected) {
        return collected != null && now.getCommitted() > Math.max(now.getInit(), collected.getCommitted());
    }
}
