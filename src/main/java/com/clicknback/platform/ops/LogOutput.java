package com.clicknback.platform.ops;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The output that lines of the log go to. What cannot be written, as on a full disk, is lost and counted with the lines
 * that were dropped. The next block is tried again: a failure must not end the log. What is then
 * written begins a line, so that nobody reads it as the rest of one that was cut off.
 */
public final class LogOutput extends OutputStream {
    private final OutputStream output;

    /** The last block failed, and a part of it may have been written. */
    private boolean torn;

    /** The last block that failed ended within a line, whose rest is of no use. */
    private boolean withinLostLine;

    LogOutput(OutputStream output) {
        this.output = output;
    }

    /** The standard output of the process itself: a print stream would keep its failures to itself. */
    public static LogOutput standard() {
        return new LogOutput(new FileOutputStream(FileDescriptor.out));
    }

    @Override
    public void write(int single) {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] block, int offset, int length) {
        int end = offset + length;
        int start = withinLostLine ? afterLine(block, offset, end) : offset;
        if (start > offset && block[start - 1] == '\n') {
            withinLostLine = false;
            DroppingAppender.lost(1);
        }
        if (start == end) {
            return;
        }
        try {
            if (torn) {
                output.write('\n');
                torn = false;
            }
            output.write(block, start, end - start);
        } catch (IOException e) {
            torn = true;
            withinLostLine = block[end - 1] != '\n';
            DroppingAppender.lost(lines(block, start, end));
        }
    }

    private static int afterLine(byte[] block, int offset, int end) {
        for (int i = offset; i < end; i++) {
            if (block[i] == '\n') {
                return i + 1;
            }
        }
        return end;
    }

    private static int lines(byte[] block, int start, int end) {
        int lines = 0;
        for (int i = start; i < end; i++) {
            if (block[i] == '\n') {
                lines++;
            }
        }
        return lines;
    }
}
