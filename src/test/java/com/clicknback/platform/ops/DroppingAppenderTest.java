package com.clicknback.platform.ops;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.clicknback.testing.Waiting;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A log that is not read: lines are dropped and counted, and nobody waits. */
class DroppingAppenderTest {
    private static final int LINES = 20_000;

    @Test
    void dropsAndCountsWhatNobodyReads() throws InterruptedException {
        CountDownLatch reading = new CountDownLatch(1);
        AtomicInteger written = new AtomicInteger();
        LoggerContext context = new LoggerContext();
        AppenderBase<ILoggingEvent> stuck = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                try {
                    reading.await();
                    written.incrementAndGet();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        stuck.setContext(context);
        stuck.start();
        DroppingAppender appender = new DroppingAppender(stuck, () -> {}, LINES / 2, 1);
        appender.setContext(context);
        appender.start();
        long before = DroppingAppender.dropped();

        for (int i = 0; i < LINES; i++) {
            appender.doAppend(line(context, "a line"));
        }
        long dropped = DroppingAppender.dropped() - before;
        reading.countDown();

        assertThat(dropped).isPositive();
        Waiting.until("the others are written", () -> written.get() + dropped == LINES);
        appender.stop();
    }

    @Test
    void gathersLinesIntoBlocksAndLosesNoneAtItsEnd() {
        List<String> written = new CopyOnWriteArrayList<>();
        AtomicInteger blocks = new AtomicInteger();
        LoggerContext context = new LoggerContext();
        AppenderBase<ILoggingEvent> target = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                written.add(event.getMessage());
            }
        };
        target.setContext(context);
        target.start();
        DroppingAppender appender =
                new DroppingAppender(target, blocks::incrementAndGet, LINES, TimeUnit.HOURS.toMillis(1));
        appender.setContext(context);
        appender.start();

        appender.doAppend(line(context, "first"));
        Waiting.until("the first line leaves at once", () -> blocks.get() == 1);
        assertThat(written).containsExactly("first");

        appender.doAppend(line(context, "second"));
        appender.doAppend(line(context, "third"));
        appender.stop();
        assertThat(written).containsExactly("first", "second", "third");
        assertThat(blocks).hasValue(2);
    }

    private static LoggingEvent line(LoggerContext context, String text) {
        LoggingEvent line = new LoggingEvent();
        line.setLoggerContext(context);
        line.setMDCPropertyMap(Map.of());
        line.setMessage(text);
        return line;
    }
}
