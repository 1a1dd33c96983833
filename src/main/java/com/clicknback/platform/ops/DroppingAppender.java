package com.clicknback.platform.ops;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.io.Flushable;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Hands lines to another appender on a thread of its own. While its queue is full it drops them and counts each one. Nobody
 * who logs ever waits: not for the reader of the log, and not for whoever else writes to it.
 *
 * <p>Lines are written in blocks, since a system call for each would cost more than the line itself. The first line after a
 * pause leaves at once.
 */
public final class DroppingAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
    /** Time for what is queued at the end. */
    private static final long FLUSH_MS = 1_000;

    /** Of this process, as is the log. */
    private static final LongAdder DROPPED = new LongAdder();

    private static final OptionalLong NONE_LEFT_OUT = OptionalLong.of(0);

    private final Appender<ILoggingEvent> target;
    private final Flushable output;
    private final long pauseMs;
    private final BlockingQueue<ILoggingEvent> queue;
    private @Nullable Repetitions repetitions;
    private @Nullable Thread writer;

    /**
     * @param output what the target writes to, without flushing it
     * @param queueMax lines that wait for the target
     * @param pauseMs for which lines gather after a block, unless the appender stops
     */
    public DroppingAppender(Appender<ILoggingEvent> target, Flushable output, int queueMax, long pauseMs) {
        this.target = target;
        this.output = output;
        this.pauseMs = pauseMs;
        this.queue = new ArrayBlockingQueue<>(queueMax);
    }

    static long dropped() {
        return DROPPED.sum();
    }

    static void lost(int lines) {
        DROPPED.add(lines);
    }

    @Override
    public void start() {
        Thread thread = new Thread(this::write, "log-" + getName());
        thread.setDaemon(true);
        writer = thread;
        super.start();
        thread.start();
    }

    /** Leaves out lines of a statement that repeats too often, and counts them with the dropped ones. */
    public DroppingAppender boundingRepetitions() {
        repetitions = new Repetitions();
        return this;
    }

    @Override
    protected void append(ILoggingEvent event) {
        OptionalLong leftOut = repetitions == null ? NONE_LEFT_OUT : repetitions.admit(event);
        if (leftOut.isEmpty()) {
            DROPPED.increment();
            return;
        }
        if (leftOut.getAsLong() > 0) {
            queue(told(event, leftOut.getAsLong()));
        }
        queue(event);
    }

    private static ILoggingEvent told(ILoggingEvent next, long leftOut) {
        LoggingEvent line = new LoggingEvent();
        line.setLoggerName(next.getLoggerName());
        line.setLoggerContextRemoteView(next.getLoggerContextVO());
        line.setThreadName(next.getThreadName());
        line.setLevel(next.getLevel());
        line.setTimeStamp(next.getTimeStamp());
        line.setMDCPropertyMap(Map.of());
        line.setMessage(leftOut + " lines like the next one were left out");
        return line;
    }

    private void queue(ILoggingEvent event) {
        // Names the thread and what stands beside the line, which the writer could not.
        event.prepareForDeferredProcessing();
        if (!queue.offer(event)) {
            DROPPED.increment();
        }
    }

    private void write() {
        try {
            while (isStarted()) {
                target.doAppend(queue.take());
                writeQueued();
                // Whoever logs wakes nobody meanwhile.
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pauseMs));
            }
        } catch (InterruptedException stopped) {
            // What is left follows.
        }
        writeQueued();
    }

    private void writeQueued() {
        for (ILoggingEvent line = queue.poll(); line != null; line = queue.poll()) {
            target.doAppend(line);
        }
        try {
            output.flush();
        } catch (IOException e) {
            addError("cannot write the log", e);
        }
    }

    /** Waits for the queue to empty, at most a second: a reader that has stopped reading does not keep the process. */
    @Override
    public void stop() {
        super.stop();
        Thread thread = writer;
        if (thread == null) {
            return;
        }
        thread.interrupt();
        try {
            thread.join(FLUSH_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
