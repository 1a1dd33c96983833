package com.clicknback.testing;

import com.clicknback.platform.embedded.EmbeddedDatabase;
import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL of one test's own, which it may stop and start; always embedded, whatever the other tests run on. */
public final class OwnPostgres implements AutoCloseable {
    private final Path folder;
    private final int port;
    private final Map<String, String> settings;
    private final Address address;
    private @Nullable EmbeddedDatabase server;
    private ProcessHandle postmaster;

    private OwnPostgres(Path folder, int port, Map<String, String> settings) throws IOException {
        this.folder = folder;
        this.port = port;
        this.settings = settings;
        EmbeddedDatabase started = EmbeddedDatabase.start(folder, TestServer.BINARIES, port, settings);
        this.server = started;
        this.address = started.address();
        this.postmaster = postmaster();
    }

    public static OwnPostgres start() {
        return startWith(Map.of());
    }

    /** Starts one with settings of a test's own, by name. */
    public static OwnPostgres startWith(Map<String, String> settings) {
        try {
            return start(Files.createTempDirectory(Path.of("target"), "own-postgres-"), settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts one whose data are in a folder. */
    public static OwnPostgres start(Path folder) {
        return start(folder, Map.of());
    }

    private static OwnPostgres start(Path folder, Map<String, String> settings) {
        try {
            return new OwnPostgres(folder, FreePorts.next(), settings);
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

    /** Ends every process of the server at once, as when its host loses power; the data stay as they are. */
    public void kill() {
        kill(postmaster);
    }

    /** The same for any server. */
    static void kill(ProcessHandle postmaster) {
        // Halted first: it makes no more children then.
        signal("STOP", List.of(postmaster));
        List<ProcessHandle> all =
                Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
        signal("KILL", all);
        all.forEach(OwnPostgres::awaitEnd);
    }

    /** Returns once the server has ended, which it does by itself when it can write no more. */
    public void awaitEnd() {
        awaitEnd(postmaster);
    }

    private static void awaitEnd(ProcessHandle process) {
        Waiting.until("process " + process.pid() + " has ended", () -> !process.isAlive());
    }

    /** Starts the server again on its data, whatever it ended by. */
    public void startAgain() {
        stop();
        try {
            server = EmbeddedDatabase.start(folder, TestServer.BINARIES, port, settings);
            postmaster = postmaster();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Halts every process of the server, which then answers nothing and refuses nothing, as on a host that hangs. */
    public void freeze() {
        // The parent first: it makes no more children then.
        signal("STOP", List.of(postmaster));
        signal("STOP", postmaster.descendants().toList());
    }

    /** Lets a frozen server go on where it was. */
    public void thaw() {
        signal("CONT", postmaster.descendants().toList());
        signal("CONT", List.of(postmaster));
    }

    private ProcessHandle postmaster() throws IOException {
        return postmaster(folder.resolve("postgres"));
    }

    /** The parent of all processes of the server that runs on these data. */
    static ProcessHandle postmaster(Path data) throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
        return ProcessHandle.of(pid).orElseThrow();
    }

    /** A child that ends in the meantime is no failure. */
    private static void signal(String name, List<ProcessHandle> processes) {
        String numbers =
                processes.stream().map(process -> Long.toString(process.pid())).collect(Collectors.joining(" "));
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
