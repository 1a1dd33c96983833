package com.clicknback.testing;

import com.clicknback.partners.SecretWrapping;
import com.clicknback.platform.crypto.Keyring;
import com.clicknback.platform.db.DatabaseSettings;
import com.clicknback.platform.embedded.EmbeddedDatabase;
import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import com.clicknback.platform.embedded.Roles;
import com.clicknback.platform.migrations.Migrations;
import com.clicknback.platform.tls.Tls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The PostgreSQL server of the tests: embedded unless the system property {@code postgres} says {@code testcontainers},
 * {@code postgres.version} names another version, or {@code postgres.url} a server (with {@code postgres.user}, a superuser,
 * and {@code postgres.password}). One for each JVM.
 */
public final class TestServer {
    /** The programs of the embedded servers of all tests. */
    static final Path BINARIES = Path.of("target", "postgres-binaries");

    private static final Keyring KEYS = new Keyring(new SecretKeySpec(new byte[32], "AES"), List.of());
    private static final Path FOLDER = Path.of("target", "postgres-tests");
    private static final String IMAGE = "postgres:18";
    private static final String SUPERUSER = System.getProperty("postgres.user", "postgres");
    private static final String DATABASE_PREFIX = "clicknback_test_";

    /** The service meets what a test makes as its superuser, such as the sequence of a trigger. */
    private static final List<String> OWN_OBJECTS = List.of(
            "ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO " + Roles.SERVICE,
            "ALTER DEFAULT PRIVILEGES GRANT ALL ON SEQUENCES TO " + Roles.SERVICE);

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
            return new Address(url.get(), SUPERUSER, System.getProperty("postgres.password", ""));
        }
        if ("testcontainers".equals(System.getProperty("postgres"))) {
            return container();
        }
        String version = System.getProperty("postgres.version");
        return version == null ? embedded() : ofVersion(version);
    }

    private static Address ofVersion(String version) {
        try {
            return OtherPostgres.start(version);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("resource") // Its own watchdog removes the container when this JVM ends.
    private static Address container() {
        PostgreSQLContainer container = new PostgreSQLContainer(IMAGE).withUsername(SUPERUSER);
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
            TestService.await(migrate(vertx, serviceSettings(database)));
        } finally {
            TestService.await(vertx.close());
        }
    }

    /** Brings a schema up to that of this build, with keys that nothing else has. */
    public static Future<Void> migrate(Vertx vertx, DatabaseSettings as) {
        return Migrations.run(vertx, as, List.of(new SecretWrapping(KEYS)));
    }

    /** For tests that open a pool of their own. */
    public static DatabaseSettings settings(Address database) {
        return new DatabaseSettings(database.uri(), database.user(), database.password(), 4, 100, 5_000);
    }

    /** The same as the service's two roles, which have the password of the superuser. */
    public static DatabaseSettings serviceSettings(Address database) {
        return new DatabaseSettings(
                database.uri(),
                Tls.DISABLED,
                false,
                new DatabaseSettings.Credentials(Roles.SERVICE, database.password()),
                new DatabaseSettings.Credentials(Roles.OWNER, database.password()),
                4,
                100,
                5_000);
    }

    /** The settings that name a role: the service's two on a server of the tests, else the one of the address. */
    public static Map<String, String> roles(Address database) {
        if (!database.user().equals(SUPERUSER)) {
            return Map.of("CLICKNBACK_DATABASE_USER", database.user());
        }
        return Map.of(
                "CLICKNBACK_DATABASE_USER", Roles.SERVICE,
                "CLICKNBACK_DATABASE_OWNER_USER", Roles.OWNER,
                "CLICKNBACK_DATABASE_OWNER_PASSWORD", database.password());
    }

    /** Lays a copy of a server's programs into a data folder, which would take seconds to unpack them. */
    public static void copyPrograms(Path dataFolder) throws IOException {
        shared();
        if (!Files.exists(BINARIES)) {
            return;
        }
        Path copy = dataFolder.resolve("binaries");
        try (Stream<Path> found = Files.walk(BINARIES)) {
            for (Path path : found.toList()) {
                Files.copy(
                        path,
                        copy.resolve(BINARIES.relativize(path).toString()),
                        LinkOption.NOFOLLOW_LINKS,
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
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
        Address created = new Address(
                "postgresql://" + uri.getHost() + ":" + uri.getPort() + "/" + name, address.user(), address.password());
        prepareRoles(created, OWN_OBJECTS);
        return created;
    }

    /** Makes the two roles in a database: the service is let in as it is in production, a test itself as a superuser. */
    public static void prepareRoles(Address database) {
        prepareRoles(database, List.of());
    }

    /** Leaves no connection to the database, which may be a template. */
    private static void prepareRoles(Address database, List<String> further) {
        try (Connection superuser = new Sql(database).connect();
                Statement statement = superuser.createStatement()) {
            Roles.prepare(superuser, database.password());
            for (String sql : further) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String nameOf(Address database) {
        return URI.create(database.uri()).getPath().substring(1);
    }
}
