package com.clicknback.platform.ops;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The output that lines of the log go to. What cannot be written, as on a full disk, is lost and counted with the lines
 * that were dropped. The next block is tried again: a failure must not end the log.
 */
public final class LogOutput extends OutputStream {
    private final OutputStream output;

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
        try {
            output.write(block, offset, length);
        } catch (IOException e) {
            DroppingAppender.lost(lines(block, offset, length));
        }
    }

    private static int lines(byte[] block, int offset, int length) {
        int lines = 0;
        for (int i = offset; i < offset + length; i++) {
            if (block[i] == '\n') {
                lines++;
            }
        }
        return lines;
    }
}
