package com.clicknback.platform.ops;

import com.clicknback.platform.db.SqlFailures;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The refusals of a database whose disk is full or fails. It answers reads, so that a process stays ready for them. */
final class FullDisk {
    private static final Logger LOG = LoggerFactory.getLogger(FullDisk.class);

    /** A refusal after that long without one is told again. */
    private static final long QUIET_NS = 60_000_000_000L;

    private final DatabaseMetrics metrics;
    private final AtomicLong latestNs = new AtomicLong(System.nanoTime() - QUIET_NS);

    FullDisk(DatabaseMetrics metrics) {
        this.metrics = metrics;
    }

    /** Counts a failure of the database if it is such a refusal, and tells the first of a row. */
    void note(Throwable failure) {
        if (!SqlFailures.isFullDisk(failure)) {
            return;
        }
        metrics.diskRefusal();
        long now = System.nanoTime();
        if (now - latestNs.getAndSet(now) >= QUIET_NS) {
            LOG.error(
                    "The database cannot store anything: {}. Reads are answered, and writes get 503 until its disk has room",
                    SqlFailures.inWords(failure));
        }
    }
}
