package com.clicknback.platform.ops;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.concurrent.atomic.LongAdder;

/** Writes lines on a thread of its own. While its queue is full it drops them and counts them, and never waits. */
public final class DroppingAppender extends AsyncAppender {
    /** Half a second of the fastest webhooks; some 4 MB. */
    private static final int QUEUE_MAX = 8_192;

    /** Of this process, as is the log. */
    private static final LongAdder DROPPED = new LongAdder();

    public DroppingAppender() {
        setQueueSize(QUEUE_MAX);
        setDiscardingThreshold(0);
        setNeverBlock(true);
    }

    static long dropped() {
        return DROPPED.sum();
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (getRemainingCapacity() == 0) {
            DROPPED.increment();
        } else {
            super.append(event);
        }
    }
}
