package com.clicknback.platform.embedded;

import com.clicknback.platform.errors.FileFaults;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server that this process starts, for development and tests. It is durable and reachable from this
 * machine only. Its data stand in a folder that one process uses at a time.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final String MAJOR_VERSION = "18";
    private static final String HOST = "127.0.0.1";
    private static final String USER = "postgres";
    private static final Duration START_WAIT_MAX = Duration.ofSeconds(60);
    private static final int PASSWORD_BYTES = 24;

    /** The archives of programs, one for each kind of machine. */
    private static final List<String> PROGRAMS = Stream.of("linux", "darwin", "windows")
            .flatMap(system -> Stream.of("x86_64", "arm_64").map(cpu -> "/postgres-" + system + "-" + cpu + ".txz"))
            .toList();

    private final FileChannel lock;
    private final EmbeddedPostgres server;
    private final ProcessHandle process;
    private final String password;

    private EmbeddedDatabase(FileChannel lock, EmbeddedPostgres server, ProcessHandle process, String password) {
        this.lock = lock;
        this.server = server;
        this.process = process;
        this.password = password;
    }

    /** The folder cannot be used; the message is one line for the operator. */
    public static class UnusableException extends IOException {
        private static final long serialVersionUID = 1;

        UnusableException(String message) {
            super(message);
        }
    }

    /** Another process uses the folder. */
    public static final class InUseException extends UnusableException {
        private static final long serialVersionUID = 1;

        InUseException(Path folder) {
            super("the data folder " + folder + " is in use by another process");
        }
    }

    /** The address of a server and its administrator. */
    public record Address(String uri, String user, String password) {
        private static Address of(int port, String password) {
            return new Address("postgresql://" + HOST + ":" + port + "/postgres", USER, password);
        }

        @Override
        public String toString() {
            return uri;
        }
    }

    /**
     * Starts the server of a folder; an empty folder gets a new cluster. A server that a killed process left running
     * there is stopped first.
     *
     * @param binaries folder of the server's unpacked programs; data folders may share it
     * @param port 0 for any free one
     */
    public static EmbeddedDatabase start(Path folder, Path binaries, int port) throws IOException {
        return start(folder, binaries, port, Map.of());
    }

    /**
     * Starts the server with settings that override those used here, which suit a small machine.
     *
     * @param settings by name, as in {@code postgresql.conf} but without quotes; values have no spaces
     */
    public static EmbeddedDatabase start(Path folder, Path binaries, int port, Map<String, String> settings)
            throws IOException {
        Folder own = Folder.of(folder);
        own.requireOwnCluster();
        FileChannel lock = own.enter(binaries);
        try {
            Leftover.stop(own.cluster());
            own.requireUsable();
            OwnPort.requireFree(HOST, port);
            StartFaults.requireRoom(own.root(), binaries, own.cluster());
            String password = own.password();
            announce(own, binaries);
            EmbeddedPostgres server = server(own, binaries.toAbsolutePath(), port, settings);
            prepareRoles(server, password);
            // Whoever may write there may replace the programs; the library lets everybody.
            PrivateFile.createFolder(binaries);
            own.markComplete();
            return new EmbeddedDatabase(lock, server, own.runningProcess(), password);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw StartFaults.of(own.root(), own.serverLog(), e);
        }
    }

    /** True when this build brings a server's programs; the production jar has none. */
    public static boolean isPackaged() {
        return PROGRAMS.stream().anyMatch(name -> EmbeddedPostgres.class.getResource(name) != null);
    }

    /** The server that another process runs in a folder; fails with UnusableException when none is running. */
    public static Address running(Path folder) throws IOException {
        Folder other = Folder.of(folder);
        return Address.of(other.runningPort(), other.password());
    }

    /** Says what takes long, above all at the first start. */
    private static void announce(Folder folder, Path binaries) {
        if (!Files.exists(binaries)) {
            LOG.info("Unpacking PostgreSQL into {}, once", binaries);
        }
        if (!Files.exists(folder.cluster())) {
            LOG.info("Making a database in {}, once", folder.cluster());
        }
        LOG.info("Starting PostgreSQL");
    }

    private static EmbeddedPostgres server(Folder folder, Path binaries, int port, Map<String, String> settings)
            throws IOException {
        Files.deleteIfExists(folder.serverLog());
        Redirect log = Redirect.appendTo(folder.serverLog().toFile());
        EmbeddedPostgres.Builder server = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(binaries.toFile())
                .setDataDirectory(folder.cluster())
                .setPort(port)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(START_WAIT_MAX)
                .setOutputRedirector(log)
                .setErrorRedirector(log)
                // The library starts the server with -F and these options after it: durability is restored here.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "100")
                .setServerConfig("shared_buffers", "128MB")
                .setServerConfig("listen_addresses", HOST)
                .setServerConfig("unix_socket_directories", "''")
                // Refused statements are the client's to report; the server's log stays small.
                .setServerConfig("log_min_messages", "log")
                .setServerConfig("log_checkpoints", "off")
                // The same order and letter cases on every machine
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                .setLocaleConfig("auth-host", "scram-sha-256")
                .setLocaleConfig("pwfile", folder.passwordFile().toString())
                .setConnectConfig("password", folder.password());
        settings.forEach(server::setServerConfig);
        return server.start();
    }

    private static void prepareRoles(EmbeddedPostgres server, String password) throws IOException {
        DataSource database = server.getDatabase(USER, USER, Map.of("password", password));
        try (Connection superuser = database.getConnection()) {
            Roles.prepare(superuser, password);
        } catch (SQLException | IOException e) {
            server.close();
            throw new IOException(e);
        }
    }

    /** For its superuser; the roles of {@link Roles} have the same password. */
    public Address address() {
        return Address.of(server.getPort(), password);
    }

    /** Completes once the server has ended, also by itself: a full disk or a kill can do that. */
    public CompletableFuture<?> ended() {
        return process.onExit();
    }

    /** Stops the server, which ends its sessions, and releases the folder; once, however many call it. */
    @Override
    public synchronized void close() throws IOException {
        server.close();
        lock.close();
    }

    /** The files of a data folder. */
    private record Folder(Path root) {
        static Folder of(Path folder) {
            return new Folder(folder.toAbsolutePath().normalize());
        }

        Path cluster() {
            return root.resolve("postgres");
        }

        Path passwordFile() {
            return root.resolve("postgres.password");
        }

        Path serverLog() {
            return root.resolve("postgres.log");
        }

        /** Marks a cluster that has started once; without the mark its creation was interrupted, and it holds nothing. */
        private Path completeMark() {
            return cluster().resolve("clicknback.complete");
        }

        /**
         * Creates and locks the folder. Only its owner may enter, since others could replace the programs in it: those
         * in a folder that was open are unpacked again.
         */
        FileChannel enter(Path binaries) throws IOException {
            try {
                boolean wasOpen = PrivateFile.isOpen(root);
                if (wasOpen && !isOwn()) {
                    throw new UnusableException("the data folder " + root + " is open to other users and holds other"
                            + " files: name an empty folder, or one that only you may enter (chmod 700)");
                }
                PrivateFile.createFolder(root);
                FileChannel lock = lock();
                if (wasOpen && binaries.toAbsolutePath().normalize().startsWith(root)) {
                    PrivateFile.deleteFolder(binaries);
                }
                return lock;
            } catch (FileSystemException e) {
                throw new UnusableException("the data folder " + root + " cannot be written (" + FileFaults.named(e)
                        + "); CLICKNBACK_DATA_DIR names another");
            }
        }

        /** True for a folder that was used before, or is empty. */
        private boolean isOwn() throws IOException {
            try (Stream<Path> contents = Files.list(root)) {
                return Files.exists(lockFile()) || contents.findAny().isEmpty();
            }
        }

        private Path lockFile() {
            return root.resolve("lock");
        }

        private FileChannel lock() throws IOException {
            FileChannel channel = FileChannel.open(lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                if (channel.tryLock() != null) {
                    return channel;
                }
            } catch (OverlappingFileLockException usedByThisProcess) {
                // Refused like the use by another process
            }
            channel.close();
            throw new InUseException(root);
        }

        /**
         * Fails on a cluster, or any other folder of that name, that nobody made here: a server that it has would be
         * stopped, and what it holds deleted. Whoever makes one writes the password first.
         */
        void requireOwnCluster() throws UnusableException {
            if (Files.exists(cluster()) && !Files.exists(completeMark()) && !Files.exists(passwordFile())) {
                throw new UnusableException("the data folder " + root + " has a folder postgres that this service did"
                        + " not make: name an empty folder, or move that one away");
            }
        }

        void requireUsable() throws IOException {
            if (!Files.exists(completeMark())) {
                PrivateFile.deleteFolder(cluster());
                return;
            }
            String version = Files.readString(cluster().resolve("PG_VERSION")).strip();
            if (!version.equals(MAJOR_VERSION)) {
                throw new UnusableException("the data folder " + root + " was made by PostgreSQL " + version
                        + ", this is " + MAJOR_VERSION);
            }
        }

        void markComplete() throws IOException {
            if (!Files.exists(completeMark())) {
                Files.createFile(completeMark());
            }
        }

        String password() throws IOException {
            if (Files.exists(passwordFile())) {
                return Files.readString(passwordFile()).strip();
            }
            if (Files.exists(completeMark())) {
                throw new UnusableException(passwordFile() + " is missing, without which its server cannot be entered");
            }
            byte[] bytes = new byte[PASSWORD_BYTES];
            new SecureRandom().nextBytes(bytes);
            String password = HexFormat.of().formatHex(bytes);
            PrivateFile.write(passwordFile(), password + "\n");
            return password;
        }

        int runningPort() throws IOException {
            return Integer.parseInt(ofRunning(PORT_LINE));
        }

        ProcessHandle runningProcess() throws IOException {
            long id = Long.parseLong(ofRunning(1));
            return ProcessHandle.of(id).orElseThrow(() -> new IOException("the server has ended at once"));
        }

        private String ofRunning(int line) throws IOException {
            Path pidFile = cluster().resolve("postmaster.pid");
            List<String> lines = Files.exists(pidFile) ? Files.readAllLines(pidFile) : List.of();
            if (lines.size() < PORT_LINE) {
                throw new UnusableException("the data folder " + root + " is in use, but its server is not running");
            }
            return lines.get(line - 1).strip();
        }

        private static final int PORT_LINE = 4;
    }
}
