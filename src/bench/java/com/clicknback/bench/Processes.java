package com.clicknback.bench;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The kernel's accounts of a process and its children; empty on systems without /proc. */
final class Processes {
    private static final double TICKS_PER_SECOND = 100;
    private static final int USER_TIME = 11;
    private static final int CHILDREN_SYSTEM_TIME = 14;
    private static final int KIB_PER_MIB = 1024;

    private Processes() {}

    /** CPU seconds of a process and of all its children, ended ones included. */
    static double cpuSeconds(long processId) throws IOException {
        double ticks = 0;
        for (long id : withChildren(processId)) {
            // The name, in parentheses, may hold anything.
            String line = read(Path.of("/proc", Long.toString(id), "stat"));
            if (line.isEmpty()) {
                continue;
            }
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
            for (int i = USER_TIME; i <= CHILDREN_SYSTEM_TIME; i++) {
                ticks += Long.parseLong(fields[i]);
            }
        }
        return ticks / TICKS_PER_SECOND;
    }

    /** The most memory that a process has held so far, in MiB. */
    static long peakMib(long processId) throws IOException {
        return field(Path.of("/proc", Long.toString(processId), "status"), "VmHWM:") / KIB_PER_MIB;
    }

    /** The memory that a process and its children hold now, in MiB; shared memory counts once. */
    static long presentMib(long processId) throws IOException {
        long kib = 0;
        for (long id : withChildren(processId)) {
            kib += field(Path.of("/proc", Long.toString(id), "smaps_rollup"), "Pss:");
        }
        return kib / KIB_PER_MIB;
    }

    private static List<Long> withChildren(long processId) {
        List<Long> ids = new ArrayList<>(List.of(processId));
        ProcessHandle.of(processId).ifPresent(process -> process.descendants().forEach(child -> ids.add(child.pid())));
        return ids;
    }

    private static long field(Path file, String name) throws IOException {
        try (Stream<String> lines = read(file).lines()) {
            return lines.filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        }
    }

    /** Empty for a process that has ended, or that is ending: its files are there and tell nothing any more (ESRCH). */
    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (FileSystemException gone) {
            if (Files.exists(file) && !"No such process".equals(gone.getReason())) {
                throw gone;
            }
            return "";
        }
    }
}
