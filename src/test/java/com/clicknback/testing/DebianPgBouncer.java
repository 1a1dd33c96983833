package com.clicknback.testing;

import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Debian's PgBouncer before a server, lending it for one transaction at a time. */
public final class DebianPgBouncer implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/pgbouncer");

    private final Path folder;
    private final int port;
    private final Process process;

    private DebianPgBouncer(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /** To be called first in each class of tests that needs it. */
    public static void requireInstalled() {
        Debian.require(PROGRAM, "pgbouncer");
    }

    /** Starts one for all databases of a server and one role. */
    public static DebianPgBouncer before(DebianPostgres server, Address role) {
        Path folder = Debian.folder("debian-pgbouncer-");
        try {
            int port = FreePorts.next();
            Path users = write(folder.resolve("users.txt"), "\"" + role.user() + "\" \"" + role.password() + "\"\n");
            Path settings = write(folder.resolve("pgbouncer.ini"), """
                    [databases]
                    * = host=127.0.0.1 port=%s
                    [pgbouncer]
                    listen_addr = 127.0.0.1
                    listen_port = %s
                    unix_socket_dir = %s
                    auth_type = scram-sha-256
                    auth_file = %s
                    pool_mode = transaction
                    default_pool_size = 3
                    """.formatted(
                            Integer.toString(server.port()), Integer.toString(port), folder, users));
            DebianPgBouncer started =
                    new DebianPgBouncer(folder, port, Debian.start(folder, PROGRAM.toString(), settings.toString()));
            Waiting.until("the pooler listens", started::listens);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path write(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Debian.own(file);
        return file;
    }

    private boolean listens() {
        try (Socket probe = new Socket("127.0.0.1", port)) {
            return probe.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** A database of the server's, reached through the pooler. */
    public Address address(Address direct) {
        return new Address(direct.uri().replaceFirst(":[0-9]+/", ":" + port + "/"), direct.user(), direct.password());
    }

    @Override
    public void close() {
        process.destroy();
        // It removes its socket as it ends: the folder is deleted after that.
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        Debian.delete(folder);
    }
}
