package com.clicknback.bench;

import com.clicknback.platform.embedded.EmbeddedDatabase;
import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import com.clicknback.testing.DebianPostgres;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The PostgreSQL server that everything of one run is measured on, baselines included. */
final class Server implements AutoCloseable {
    private static final Path FOLDER = Path.of("target", "bench", "postgres");
    private static final Path BINARIES = Path.of("target", "postgres-binaries");

    /**
     * As an operator would size it for the load, durable, and telling what a run wants to know. No timed checkpoint falls
     * into some phases and not into others.
     */
    private static final Map<String, String> SETTINGS = Map.of(
            "shared_buffers", "4GB",
            "max_wal_size", "16GB",
            "checkpoint_timeout", "1h",
            "track_commit_timestamp", "on",
            "shared_preload_libraries", "pg_stat_statements");

    private final Address address;

    /** Null for a server that somebody else runs. */
    private final @Nullable Path data;

    private final Closing closing;

    private interface Closing {
        void close() throws IOException;
    }

    private Server(Address address, @Nullable Path data, Closing closing) {
        this.address = address;
        this.data = data;
        this.closing = closing;
    }

    static Server open(Options options) throws IOException {
        if (options.database().isPresent()) {
            return on(options.database().get());
        }
        return options.debian() ? debian() : embedded();
    }

    private static Server embedded() throws IOException {
        deleteFolder();
        EmbeddedDatabase server = EmbeddedDatabase.start(FOLDER, BINARIES, 0, SETTINGS);
        return new Server(server.address(), FOLDER.resolve("postgres"), server::close);
    }

    private static Server debian() {
        DebianPostgres server = DebianPostgres.start();
        return new Server(server.superuser(), server.data(), server::close);
    }

    /** A server that somebody else runs. */
    static Server on(Address address) {
        return new Server(address, null, () -> {});
    }

    private static void deleteFolder() throws IOException {
        if (!Files.exists(FOLDER)) {
            return;
        }
        List<Path> contents;
        try (Stream<Path> found = Files.walk(FOLDER)) {
            contents = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : contents) {
            Files.delete(path);
        }
    }

    Address address() {
        return address;
    }

    /** The server's own process, when this run has started it. */
    Optional<Long> processId() throws IOException {
        if (data == null) {
            return Optional.empty();
        }
        Path file = data.resolve("postmaster.pid");
        return Optional.of(Long.parseLong(Files.readAllLines(file).get(0).strip()));
    }

    /** A new database with the schema and the seed. */
    Address createSeeded(String name) {
        Sql server = new Sql(address);
        server.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
        server.execute("CREATE DATABASE " + name);
        Address created = at(name);
        TestServer.prepareRoles(created);
        migrate(created);
        Seed.fill(new Sql(created));
        return created;
    }

    private Address at(String name) {
        URI uri = URI.create(address.uri());
        return new Address(
                "postgresql://" + uri.getHost() + ":" + uri.getPort() + "/" + name, address.user(), address.password());
    }

    private static void migrate(Address database) {
        Vertx vertx = Vertx.vertx();
        try {
            TestServer.migrate(vertx, TestServer.serviceSettings(database)).await();
        } finally {
            vertx.close().await();
        }
    }

    @Override
    public void close() throws IOException {
        closing.close();
    }
}
