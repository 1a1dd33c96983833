package com.clicknback.testing;

import com.clicknback.platform.db.EmbeddedDatabase;
import com.clicknback.platform.db.EmbeddedDatabase.Address;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL of one test's own, which it may stop and start; always embedded, whatever the other tests run on. */
public final class OwnPostgres implements AutoCloseable {
    private final Path folder;
    private final int port;
    private final Address address;
    private @Nullable EmbeddedDatabase server;

    private OwnPostgres(Path folder, int port) throws IOException {
        this.folder = folder;
        this.port = port;
        EmbeddedDatabase started = EmbeddedDatabase.start(folder, TestServer.BINARIES, port);
        this.server = started;
        this.address = started.address();
    }

    public static OwnPostgres start() {
        try {
            return new OwnPostgres(
                    Files.createTempDirectory(Path.of("target"), "own-postgres-"), ServiceProcess.freePort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its database, at the same place after each start. */
    public Address address() {
        return address;
    }

    /** Shuts the server down, ending its sessions. */
    public void stop() {
        if (server == null) {
            return;
        }
        try {
            server.close();
            server = null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the stopped server again. */
    public void startAgain() {
        try {
            server = EmbeddedDatabase.start(folder, TestServer.BINARIES, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Halts every process of the server, which then answers nothing and refuses nothing, as on a host that hangs. */
    public void freeze() {
        long postmaster = postmaster();
        // The parent first: it makes no more children then.
        signal("STOP", List.of(postmaster));
        signal("STOP", children(postmaster));
    }

    /** Lets a frozen server go on where it was. */
    public void thaw() {
        long postmaster = postmaster();
        signal("CONT", children(postmaster));
        signal("CONT", List.of(postmaster));
    }

    private long postmaster() {
        try {
            Path pidFile = folder.resolve("postgres").resolve("postmaster.pid");
            return Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Long> children(long postmaster) {
        return ProcessHandle.of(postmaster)
                .orElseThrow()
                .descendants()
                .map(ProcessHandle::pid)
                .toList();
    }

    /** A child that ends in the meantime is no failure. */
    private static void signal(String name, List<Long> processes) {
        String numbers = processes.stream().map(Object::toString).collect(Collectors.joining(" "));
        try {
            new ProcessBuilder("sh", "-c", "kill -" + name + " " + numbers)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Stops the server for good: its data are deleted. */
    @Override
    public void close() {
        stop();
        try (Stream<Path> contents = Files.walk(folder)) {
            contents.sorted(Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
