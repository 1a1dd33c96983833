package com.clicknback.platform.ops;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.clicknback.testing.Waiting;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
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
        DroppingAppender appender = new DroppingAppender(stuck, LINES / 2);
        appender.setContext(context);
        appender.start();
        long before = DroppingAppender.dropped();

        for (int i = 0; i < LINES; i++) {
            LoggingEvent line = new LoggingEvent();
            line.setLoggerContext(context);
            line.setMDCPropertyMap(Map.of());
            line.setMessage("a line");
            appender.doAppend(line);
        }
        long dropped = DroppingAppender.dropped() - before;
        reading.countDown();

        assertThat(dropped).isPositive();
        Waiting.until("the others are written", () -> written.get() + dropped == LINES);
        appender.stop();
    }
}
