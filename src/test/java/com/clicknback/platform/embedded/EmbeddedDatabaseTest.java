package com.clicknback.platform.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clicknback.platform.db.DatabaseSettings;
import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import com.clicknback.platform.embedded.EmbeddedDatabase.InUseException;
import com.clicknback.platform.embedded.EmbeddedDatabase.UnusableException;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.TestService;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One folder, first in use, then stopped and started again. */
@TestMethodOrder(OrderAnnotation.class)
class EmbeddedDatabaseTest {
    private static final Path BINARIES = Path.of("target", "postgres-binaries");

    @TempDir
    private static Path folder;

    private static EmbeddedDatabase server;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedDatabase.start(folder, BINARIES, 0);
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    private static Sql sql() {
        return new Sql(server.address());
    }

    @Test
    @Order(1)
    void isAsDurableAsAServerInProduction() {
        for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
            assertThat(sql().<String>value("SHOW " + setting)).as(setting).isEqualTo("on");
        }
    }

    /** Settings kept in the cluster would lose against those of the command line. */
    @Test
    @Order(1)
    void takesTheSettingsItIsGivenBeforeItsOwn(@TempDir Path other) throws IOException {
        try (EmbeddedDatabase large = EmbeddedDatabase.start(other, BINARIES, 0, Map.of("shared_buffers", "144MB"))) {
            Sql sql = new Sql(large.address());
            assertThat(sql.<String>value("SHOW shared_buffers")).isEqualTo("144MB");
            assertThat(sql.<String>value("SHOW fsync")).isEqualTo("on");
        }
    }

    @Test
    @Order(1)
    void isThePostgresqlThatTheServiceIsMadeFor() {
        assertThat(sql().<String>value("SHOW server_version")).startsWith("18.");
        assertThat(sql().<String>value("SHOW server_encoding")).isEqualTo("UTF8");
        // Letter cases beyond ASCII are known, on every machine alike.
        assertThat(sql().<String>value("SELECT lower('ÄÖÜ ΣΑΣ')")).isEqualTo("äöü σασ");
    }

    @Test
    @Order(1)
    void isReachedFromThisMachineOnly() throws IOException {
        int port = URI.create(server.address().uri()).getPort();
        List<InetAddress> others = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .toList();
        for (InetAddress other : others) {
            try (Socket socket = new Socket()) {
                assertThatThrownBy(() -> socket.connect(new InetSocketAddress(other, port), 2_000))
                        .isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    @Order(1)
    void asksForThePasswordThatOnlyTheOwnerOfTheFolderCanRead() throws IOException {
        Address address = server.address();
        assertThatThrownBy(() -> DriverManager.getConnection("jdbc:" + address.uri(), address.user(), "guessed"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
        assertThat(address.toString()).doesNotContain(address.password());
        assertThat(Files.getPosixFilePermissions(folder.resolve("postgres.password")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    @Order(1)
    void hasARoleForTheServiceThatCannotChangeTheSchema() {
        Address superuser = server.address();
        Sql owner = new Sql(new Address(superuser.uri(), Roles.OWNER, superuser.password()));
        owner.execute("CREATE TABLE owned (id int)");
        Sql service = new Sql(new Address(superuser.uri(), Roles.SERVICE, superuser.password()));

        assertThat(service.refusal("DROP TABLE owned")).isEqualTo("42501");
        assertThat(service.refusal("CREATE TABLE own (id int)")).isEqualTo("42501");
        assertThat(service.<Boolean>value("SELECT rolsuper FROM pg_roles WHERE rolname = current_user"))
                .isFalse();
    }

    @Test
    @Order(1)
    void itsFolderServesOneProcessAtATime() {
        assertThatThrownBy(() -> EmbeddedDatabase.start(folder, BINARIES, 0))
                .isInstanceOf(InUseException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("in use");
    }

    @Test
    @Order(1)
    void tellsOthersWhereItRuns() throws IOException {
        assertThat(EmbeddedDatabase.running(folder)).isEqualTo(server.address());
    }

    @Test
    @Order(1)
    void saysWhenItsPortIsTaken(@TempDir Path other) {
        int taken = URI.create(server.address().uri()).getPort();

        assertThatThrownBy(() -> EmbeddedDatabase.start(other, BINARIES, taken))
                .isInstanceOf(UnusableException.class)
                .hasMessageContaining(":" + taken + " ")
                .hasMessageContaining("CLICKNBACK_DATABASE_EMBEDDED_PORT");
    }

    @Test
    @Order(2)
    void keepsItsDataFromStartToStart() throws IOException {
        sql().execute("CREATE TABLE kept AS SELECT 42 AS answer");

        restart();

        assertThat(sql().count("SELECT answer FROM kept")).isEqualTo(42);
    }

    @Test
    @Order(3)
    void startsThoughTheNumberOfItsLastProcessNowBelongsToAnother() throws IOException {
        server.close();
        String lastRun = ProcessHandle.current().pid() + "\n" + folder.resolve("postgres") + "\n";
        Files.writeString(folder.resolve("postgres/postmaster.pid"), lastRun);

        server = EmbeddedDatabase.start(folder, BINARIES, 0);

        assertThat(sql().count("SELECT 1")).isEqualTo(1);
    }

    @Test
    @Order(4)
    void saysWhenTheDataAreOfAnotherVersion() throws IOException {
        server.close();
        Path version = folder.resolve("postgres/PG_VERSION");
        Files.writeString(version, "17\n");

        assertThatThrownBy(() -> EmbeddedDatabase.start(folder, BINARIES, 0))
                .isInstanceOf(UnusableException.class)
                .hasMessageContaining("PostgreSQL 17");

        Files.writeString(version, "18\n");
        server = EmbeddedDatabase.start(folder, BINARIES, 0);
    }

    @Test
    @Order(5)
    void saysWhenItsPasswordIsMissing() throws IOException {
        server.close();
        Path password = folder.resolve("postgres.password");
        Path aside = folder.resolve("aside");
        Files.move(password, aside);

        assertThatThrownBy(() -> EmbeddedDatabase.start(folder, BINARIES, 0))
                .isInstanceOf(UnusableException.class)
                .hasMessageContaining("postgres.password");

        Files.move(aside, password);
        server = EmbeddedDatabase.start(folder, BINARIES, 0);
    }

    @Test
    @Order(6)
    void makesItsClusterAnewWhenTheFirstTimeWasCutOff() throws IOException {
        server.close();
        Files.delete(folder.resolve("postgres/clicknback.complete"));
        Files.delete(folder.resolve("postgres/PG_VERSION"));

        server = EmbeddedDatabase.start(folder, BINARIES, 0);

        assertThat(sql().column("SELECT 1 FROM pg_tables WHERE tablename = 'kept'"))
                .isEmpty();
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    @Order(7)
    void closesItsFolderToOthers() throws IOException {
        server.close();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));

        server = EmbeddedDatabase.start(folder, BINARIES, 0);

        assertThat(permissions(folder)).isEqualTo("rwx------");
        assertThat(permissions(BINARIES)).isEqualTo("rwx------");
    }

    /** They stay as they are when only the owner could have changed them. */
    @Test
    @Order(8)
    void unpacksItsProgramsAgainAfterOthersCouldChangeThem(@TempDir Path other) throws IOException {
        Path programs = other.resolve("binaries");
        EmbeddedDatabase.start(other, programs, 0).close();
        Path planted = Files.createFile(programs.resolve("planted"));
        EmbeddedDatabase.start(other, programs, 0).close();
        assertThat(planted).exists();
        Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rwxrwxrwx"));

        EmbeddedDatabase.start(other, programs, 0).close();

        assertThat(planted).doesNotExist();
        assertThat(permissions(programs)).isEqualTo("rwx------");
    }

    @Test
    @Order(8)
    void leavesAFolderOfOthersAlone(@TempDir Path other) throws IOException {
        Files.createFile(other.resolve("theirs"));
        Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThatThrownBy(() -> EmbeddedDatabase.start(other, BINARIES, 0))
                .isInstanceOf(UnusableException.class)
                .hasMessageContaining("chmod 700");
        assertThat(permissions(other)).isEqualTo("rwxr-xr-x");
    }

    /** Such as a database of their own in their home, which nobody else may enter either. */
    @Test
    @Order(8)
    void leavesAFolderPostgresOfOthersAlone(@TempDir Path home) throws IOException {
        Path theirs =
                Files.createFile(Files.createDirectory(home.resolve("postgres")).resolve("PG_VERSION"));

        assertThatThrownBy(() -> EmbeddedDatabase.start(home, BINARIES, 0))
                .isInstanceOf(UnusableException.class)
                .hasMessageContaining("postgres that this service did not make");
        assertThat(theirs).exists();
        assertThat(home).isDirectoryNotContaining("glob:**lock");
    }

    /** Others may keep tables beside the service's; what they grant is theirs to say. */
    @Test
    @Order(8)
    void migratesBesideTablesOfOthers(@TempDir Path shared) throws IOException {
        try (EmbeddedDatabase crowded = EmbeddedDatabase.start(shared, BINARIES, 0)) {
            migrate(TestServer.serviceSettings(crowded.address()));
            new Sql(crowded.address()).execute("CREATE TABLE of_others (id int GENERATED ALWAYS AS IDENTITY)");

            migrate(TestServer.serviceSettings(crowded.address()));

            Sql service = new Sql(new Address(
                    crowded.address().uri(), Roles.SERVICE, crowded.address().password()));
            assertThat(service.count("SELECT count(*) FROM users")).isZero();
            assertThat(service.refusal("SELECT FROM of_others")).isEqualTo("42501");
        }
    }

    /** A schema that a superuser made and served, before there were two roles. */
    @Test
    @Order(8)
    void givesAnOlderSchemaToItsOwner(@TempDir Path older) throws IOException {
        try (EmbeddedDatabase before = EmbeddedDatabase.start(older, BINARIES, 0)) {
            migrate(TestServer.settings(before.address()));
            Sql superuser = new Sql(before.address());
            superuser.execute("CREATE SEQUENCE alone");
            superuser.execute("CREATE TABLE \"of Another Kind\" (id int GENERATED ALWAYS AS IDENTITY, n serial)");
            superuser.execute("ALTER DATABASE postgres OWNER TO postgres");
            superuser.execute("DROP OWNED BY clicknback, clicknback_owner");
            superuser.execute("DROP ROLE clicknback, clicknback_owner");
        }

        for (int starts = 0; starts < 2; starts++) {
            try (EmbeddedDatabase now = EmbeddedDatabase.start(older, BINARIES, 0)) {
                migrate(TestServer.serviceSettings(now.address()));
                Sql service = new Sql(new Address(
                        now.address().uri(), Roles.SERVICE, now.address().password()));
                assertThat(service.column("""
                        SELECT oid::regclass::text FROM pg_class
                        WHERE relnamespace = 'public'::regnamespace AND relowner <> 'clicknback_owner'::regrole
                        UNION ALL
                        SELECT oid::regprocedure::text FROM pg_proc
                        WHERE pronamespace = 'public'::regnamespace AND proowner <> 'clicknback_owner'::regrole
                            AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
                        """)).isEmpty();
                assertThat(service.count("SELECT count(*) FROM users")).isZero();
                assertThat(service.refusal("DROP TABLE users")).isEqualTo("42501");
            }
        }
    }

    private static void migrate(DatabaseSettings as) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
        try {
            TestService.await(TestServer.migrate(vertx, as));
        } finally {
            TestService.await(vertx.close());
        }
    }

    private static void restart() throws IOException {
        server.close();
        server = EmbeddedDatabase.start(folder, BINARIES, 0);
    }
}
