package com.clicknback.testing;

import com.clicknback.platform.db.DatabaseSettings;
import com.clicknback.platform.db.EmbeddedDatabase;
import com.clicknback.platform.db.EmbeddedDatabase.Address;
import com.clicknback.platform.db.Migrations;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The PostgreSQL server of the tests: embedded unless the system property {@code postgres} says {@code testcontainers}
 * or {@code postgres.url} names one (with {@code postgres.user} and {@code postgres.password}). One for each JVM.
 */
public final class TestServer {
    /** The programs of the embedded servers of all tests. */
    static final Path BINARIES = Path.of("target", "postgres-binaries");

    private static final Path FOLDER = Path.of("target", "postgres-tests");
    private static final String IMAGE = "postgres:18";
    private static final String DATABASE_PREFIX = "clicknback_test_";

    private final Address address;
    private int databases;
    private @Nullable String migrated;

    private TestServer(Address address) {
        this.address = address;
    }

    /** Loaded with the first test that needs a server. */
    private static final class Shared {
        static final TestServer SERVER = new TestServer(choose());
    }

    public static TestServer shared() {
        return Shared.SERVER;
    }

    private static Address choose() {
        Optional<String> url = Optional.ofNullable(System.getProperty("postgres.url"));
        if (url.isPresent()) {
            return new Address(
                    url.get(),
                    System.getProperty("postgres.user", "postgres"),
                    System.getProperty("postgres.password", ""));
        }
        if ("testcontainers".equals(System.getProperty("postgres"))) {
            return container();
        }
        return embedded();
    }

    @SuppressWarnings("resource") // Its own watchdog removes the container when this JVM ends.
    private static Address container() {
        PostgreSQLContainer container = new PostgreSQLContainer(IMAGE);
        container.start();
        String uri = "postgresql://%s:%s/%s"
                .formatted(container.getHost(), container.getMappedPort(5432), container.getDatabaseName());
        return new Address(uri, container.getUsername(), container.getPassword());
    }

    private static Address embedded() {
        try {
            EmbeddedDatabase server = startEmbedded();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server)));
            return server.address();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The usual folder keeps its cluster from run to run; a second run at the same time gets one of its own. */
    private static EmbeddedDatabase startEmbedded() throws IOException {
        try {
            return EmbeddedDatabase.start(FOLDER, BINARIES, 0);
        } catch (EmbeddedDatabase.InUseException inUse) {
            return EmbeddedDatabase.start(Files.createTempDirectory("clicknback-postgres"), BINARIES, 0);
        }
    }

    private static void close(EmbeddedDatabase server) {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new, empty database on the server; those of earlier runs are dropped. */
    public synchronized Address createDatabase() {
        return create("");
    }

    /** A new database with the schema of this build; cheaper than bringing an empty one up to it. */
    public synchronized Address createMigratedDatabase() {
        if (migrated == null) {
            Address template = create("");
            migrate(template);
            migrated = nameOf(template);
        }
        return create(" TEMPLATE " + migrated);
    }

    private static void migrate(Address database) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
        try {
            TestService.await(Migrations.run(vertx, settings(database)));
        } finally {
            TestService.await(vertx.close());
        }
    }

    /** For tests that open a pool of their own. */
    public static DatabaseSettings settings(Address database) {
        return new DatabaseSettings(database.uri(), database.user(), database.password(), 4, 100, 5_000);
    }

    private Address create(String options) {
        Sql server = new Sql(address);
        if (databases == 0) {
            List<String> left =
                    server.column("SELECT datname FROM pg_database WHERE datname LIKE ?", DATABASE_PREFIX + "%");
            left.forEach(name -> server.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)"));
        }
        String name = DATABASE_PREFIX + ProcessHandle.current().pid() + "_" + databases++;
        server.execute("CREATE DATABASE " + name + options);
        URI uri = URI.create(address.uri());
        return new Address(
                "postgresql://" + uri.getHost() + ":" + uri.getPort() + "/" + name, address.user(), address.password());
    }

    private static String nameOf(Address database) {
        return URI.create(database.uri()).getPath().substring(1);
    }
}
