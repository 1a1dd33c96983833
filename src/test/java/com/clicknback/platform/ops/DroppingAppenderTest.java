package com.clicknback.platform.ops;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.clicknback.testing.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
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

    /** An error that comes with each request would fill a disk. */
    @Test
    void leavesOutLinesOfAStatementThatRepeatsAndTellsHowMany() {
        List<String> written = new CopyOnWriteArrayList<>();
        LoggerContext context = new LoggerContext();
        AppenderBase<ILoggingEvent> target = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                written.add(event.getFormattedMessage());
            }
        };
        target.setContext(context);
        target.start();
        DroppingAppender appender = new DroppingAppender(target, () -> {}, LINES, 1).boundingRepetitions();
        appender.setContext(context);
        appender.start();
        long before = DroppingAppender.dropped();
        long startMs = 1_000_000;

        for (int i = 0; i < 5_000; i++) {
            appender.doAppend(numbered(context, "request {} failed", i, startMs + i / 5));
        }
        appender.doAppend(numbered(context, "another statement, {}", 1, startMs + 1_000));
        appender.doAppend(numbered(context, "request {} failed", 5_000, startMs + Repetitions.WINDOW_MS));
        appender.doAppend(numbered(context, "request {} failed", 5_001, startMs + Repetitions.WINDOW_MS));
        appender.stop();

        List<String> expected = new ArrayList<>(IntStream.range(0, Repetitions.LINES_MAX)
                .mapToObj(i -> "request " + i + " failed")
                .toList());
        long leftOut = 5_000 - Repetitions.LINES_MAX;
        expected.add("another statement, 1");
        expected.add(leftOut + " lines like the next one were left out");
        expected.add("request 5000 failed");
        expected.add("request 5001 failed");
        assertThat(written).containsExactlyElementsOf(expected);
        assertThat(DroppingAppender.dropped() - before).isEqualTo(leftOut);
    }

    /** The clock of a machine is set back, or a library makes a new text for each line. */
    @Test
    void goesOnAfterAStepOfTheClockAndForgetsTextsThatNeverComeAgain() {
        LoggerContext context = new LoggerContext();
        Repetitions repetitions = new Repetitions();
        long startMs = 1_000_000;
        for (int i = 0; i < Repetitions.LINES_MAX; i++) {
            assertThat(repetitions.admit(numbered(context, "{}", i, startMs))).hasValue(0);
        }
        assertThat(repetitions.admit(numbered(context, "{}", 0, startMs + 1))).isEmpty();
        assertThat(repetitions.admit(numbered(context, "{}", 0, startMs - Repetitions.WINDOW_MS)))
                .hasValue(1);

        for (int i = 0; i < 10 * Repetitions.STATEMENTS_MAX; i++) {
            assertThat(repetitions.admit(numbered(context, "text " + i, i, startMs)))
                    .hasValue(0);
        }
        assertThat(repetitions.statements()).isEqualTo(Repetitions.STATEMENTS_MAX);
    }

    private static LoggingEvent numbered(LoggerContext context, String text, int number, long timeMs) {
        LoggingEvent line = line(context, text);
        line.setLoggerName("a.logger");
        line.setArgumentArray(new Object[] {number});
        line.setTimeStamp(timeMs);
        return line;
    }

    private static LoggingEvent line(LoggerContext context, String text) {
        LoggingEvent line = new LoggingEvent();
        line.setLoggerContext(context);
        line.setMDCPropertyMap(Map.of());
        line.setMessage(text);
        return line;
    }
}
