package com.clicknback.platform.ops;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Bounds the lines that one statement of the code writes. An error that comes with each request, or with each item of a
 * backlog, would fill a disk and hide all other lines.
 */
final class Repetitions {
    /** Lines of one statement within a window. */
    static final int LINES_MAX = 100;

    static final long WINDOW_MS = 10_000;

    /** The statements that repeated last; a library that makes a new text for each line must not fill the memory. */
    static final int STATEMENTS_MAX = 256;

    private final Map<Statement, Window> windows = new LinkedHashMap<>(STATEMENTS_MAX, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Statement, Window> eldest) {
            return size() > STATEMENTS_MAX;
        }
    };

    /**
     * @param text before its arguments are put in
     */
    private record Statement(String logger, String text) {}

    private static final class Window {
        private long startMs;
        private int lines;
        private long leftOut;
    }

    /** The number of lines that were left out before this one, by the times of the lines; empty if it is left out itself. */
    synchronized OptionalLong admit(ILoggingEvent line) {
        Window window = windows.computeIfAbsent(
                new Statement(line.getLoggerName(), String.valueOf(line.getMessage())), statement -> new Window());
        // Also after a step of the clock, in either direction
        if (Math.abs(line.getTimeStamp() - window.startMs) >= WINDOW_MS) {
            window.startMs = line.getTimeStamp();
            window.lines = 0;
        }
        if (window.lines == LINES_MAX) {
            window.leftOut++;
            return OptionalLong.empty();
        }
        window.lines++;
        long leftOut = window.leftOut;
        window.leftOut = 0;
        return OptionalLong.of(leftOut);
    }

    /** Statements that are remembered. */
    synchronized int statements() {
        return windows.size();
    }
}
