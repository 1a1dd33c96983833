package com.clicknback.platform.embedded;

import com.clicknback.platform.embedded.EmbeddedDatabase.UnusableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server that still runs after the process that started it was killed. */
final class Leftover {
    private static final Logger LOG = LoggerFactory.getLogger(Leftover.class);
    private static final int STOP_WAIT_MAX_S = 30;

    private Leftover() {}

    /** Stops the server of a cluster, fast and cleanly, if one is left; the caller holds the folder's lock. */
    static void stop(Path cluster) throws IOException {
        Path pidFile = cluster.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        Optional<ProcessHandle> found = process(pidFile);
        if (found.isEmpty()) {
            return;
        }
        ProcessHandle process = found.get();
        if (isServerOf(process, cluster)) {
            LOG.info("Stopping the PostgreSQL (process {}) that a killed service left running", process.pid());
            interrupt(process);
        } else if (process.info().command().isPresent()) {
            // Another program has the process id of a server that is gone; the stale file would keep a new one from
            // starting.
            Files.delete(pidFile);
        }
    }

    private static Optional<ProcessHandle> process(Path pidFile) throws IOException {
        List<String> lines = Files.readAllLines(pidFile);
        try {
            return lines.isEmpty()
                    ? Optional.empty()
                    : ProcessHandle.of(Long.parseLong(lines.get(0).strip()));
        } catch (NumberFormatException notWrittenWhole) {
            return Optional.empty();
        }
    }

    /** The data folder is the working directory of its server, and an argument. */
    private static boolean isServerOf(ProcessHandle process, Path cluster) throws IOException {
        boolean postgres = process.info()
                .command()
                .map(command -> Path.of(command).getFileName().toString())
                .filter(name -> name.startsWith("postgres"))
                .isPresent();
        if (!postgres) {
            return false;
        }
        Path workingDirectory = Path.of("/proc", Long.toString(process.pid()), "cwd");
        if (Files.exists(workingDirectory)) {
            return Files.isSameFile(workingDirectory, cluster);
        }
        return process.info()
                .arguments()
                .filter(arguments -> Arrays.asList(arguments).contains(cluster.toString()))
                .isPresent();
    }

    /** SIGINT is PostgreSQL's fast shutdown; the SIGTERM of {@code destroy} would wait for its clients. */
    private static void interrupt(ProcessHandle process) throws IOException {
        new ProcessBuilder("sh", "-c", "kill -INT " + process.pid()).start();
        try {
            process.onExit().get(STOP_WAIT_MAX_S, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new UnusableException("the PostgreSQL (process " + process.pid()
                    + ") that a killed service left running does not stop; stop it by hand");
        } catch (ExecutionException e) {
            throw new IOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
