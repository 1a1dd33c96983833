package com.clicknback.testing;

import com.clicknback.platform.db.EmbeddedDatabase;
import com.clicknback.platform.db.EmbeddedDatabase.Address;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
            return new OwnPostgres(Files.createTempDirectory("clicknback-own-postgres"), ServiceProcess.freePort());
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

    @Override
    public void close() {
        stop();
    }
}
