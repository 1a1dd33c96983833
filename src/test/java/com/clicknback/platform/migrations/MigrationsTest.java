package com.clicknback.platform.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.clicknback.partners.SecretWrapping;
import com.clicknback.platform.crypto.Keyring;
import com.clicknback.platform.db.DatabaseSettings;
import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import com.clicknback.platform.embedded.Roles;
import com.clicknback.testing.ReleasedDatabase;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.TestService;
import com.clicknback.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class MigrationsTest {
    private static final String OTHER_TRANSACTIONS = """
            SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL
              AND backend_type = 'client backend'
            """;

    private static final String WAITING = """
            SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
            """;

    private static final String TURN = """
            SELECT l.pid::text FROM pg_locks l JOIN pg_database d ON d.oid = l.database
            WHERE l.locktype = 'advisory' AND l.granted AND d.datname = current_database()
            """;

    private static final Logger HOLDUPS = (Logger) LoggerFactory.getLogger(Holdups.class);

    private static final String CANCELLED = """
            SELECT count(pg_cancel_backend(pid)) FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%INDEX CONCURRENTLY%'
            """;

    private static final String HIGHEST_IDS = """
            SELECT (SELECT coalesce(max(id), 0) FROM crediting_batches)::text
            UNION ALL SELECT (SELECT max(id) FROM merchant_periods)::text
            UNION ALL SELECT (SELECT max(id) FROM offer_periods)::text
            UNION ALL SELECT (SELECT max(id) FROM verification_batches)::text
            """;

    private static final String NEXT_IDS = """
            SELECT last_value::text FROM pg_sequences
            WHERE schemaname = 'public' AND sequencename <> 'event_log_serial_seq' ORDER BY sequencename
            """;

    private static final String WITHOUT_KEY = """
            SELECT c.relname::text FROM pg_class c
            WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace AND c.relreplident = 'd'
              AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary)
            """;

    private static final MigrationStep WRAPPING =
            new SecretWrapping(new Keyring(new SecretKeySpec(new byte[32], "AES"), List.of()));

    private static final Path STEPS = Path.of("src", "main", "resources", "db", "migration");
    private static final Path GRANTS = Path.of("src", "main", "resources", "db", "grants", "afterMigrate.sql");

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        TestService.await(vertx.close());
    }

    /** The build of an index beside traffic waits for all transactions that began before it: for its own, for good. */
    @Test
    void takeTurnsWithoutATransactionThatStaysOpen() {
        Address database = TestServer.shared().createDatabase();
        AtomicInteger open = new AtomicInteger(-1);
        MigrationStep last = new MigrationStep("99999", "count transactions") {
            @Override
            protected void run(Connection connection) throws SQLException {
                try (Statement statement = connection.createStatement();
                        ResultSet counted = statement.executeQuery(OTHER_TRANSACTIONS)) {
                    counted.next();
                    open.set(counted.getInt(1));
                }
            }
        };

        TestService.await(Migrations.run(vertx, TestServer.settings(database), List.of(WRAPPING, last)));

        assertThat(open).hasValue(0);
    }

    /** A process that is killed while it builds an index beside traffic leaves it there, and the step is not on record. */
    @Test
    void goOnAfterTheBuildOfAnIndexWasKilled() throws IOException {
        Address database = ReleasedDatabase.create();
        Sql sql = new Sql(database);
        List<String> built = builtBesideTraffic();
        built.forEach(index -> sql.execute("CREATE INDEX " + index + " ON users (created_at)"));

        TestService.await(Migrations.run(vertx, TestServer.serviceSettings(database), List.of(WRAPPING)));

        assertThat(
                        sql.<String>column(
                                "SELECT indexrelid::regclass::text FROM pg_index WHERE indisvalid AND indrelid <> 'users'::regclass"))
                .isNotEmpty()
                .containsAll(built);
    }

    /** A step in no transaction is on record as failed, which says that somebody must repair it. It repairs itself. */
    @Test
    void goOnAfterTheBuildOfAnIndexFailed() throws SQLException {
        Address database = ReleasedDatabase.create();
        Sql sql = new Sql(database);
        try (Connection other = sql.connect();
                Statement statement = other.createStatement()) {
            other.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            other.setAutoCommit(false);
            statement.execute("SELECT");
            Future<Void> run = Migrations.run(vertx, TestServer.serviceSettings(database), List.of(WRAPPING));
            Waiting.until("the build that waited is cancelled", () -> run.isComplete() || sql.count(CANCELLED) > 0);
            assertThatThrownBy(() -> TestService.await(run))
                    .hasMessageContaining("57014")
                    .hasMessageMatching("the schema could not be brought up to date: V\\d+__\\w+\\.sql: .*");
            other.rollback();
        }

        TestService.await(Migrations.run(vertx, TestServer.serviceSettings(database), List.of(WRAPPING)));

        assertThat(sql.count("SELECT count(*) FROM pg_index WHERE NOT indisvalid"))
                .isZero();
        assertThat(sql.count("SELECT count(*) FROM flyway_schema_history WHERE NOT success"))
                .isZero();
    }

    private static List<String> builtBesideTraffic() throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.list(STEPS)) {
            for (Path file : files.toList()) {
                Pattern.compile("\\$\\{concurrently}\\s+(\\w+)")
                        .matcher(Files.readString(file))
                        .results()
                        .forEach(index -> names.add(index.group(1)));
            }
        }
        return names;
    }

    /** A copy by logical replication has the rows, and sequences as they were in an empty schema. */
    @Test
    void raiseTheSequencesThatACopyLeftBehind() {
        Address database = ReleasedDatabase.create();
        Sql sql = new Sql(database);
        TestService.await(Migrations.run(vertx, TestServer.serviceSettings(database), List.of(WRAPPING)));
        List<String> highest = sql.column(HIGHEST_IDS);
        sql.execute("SELECT setval(oid, 1, false) FROM pg_class WHERE relkind = 'S'");
        DatabaseSettings owners = TestServer.serviceSettings(database);
        DatabaseSettings withoutOwner = new DatabaseSettings(
                database.uri(), owners.user().name(), owners.user().password(), 4, 100, 5_000);

        assertThatThrownBy(() -> TestService.await(Migrations.run(vertx, withoutOwner, List.of(WRAPPING))))
                .hasMessageContaining("is behind its table")
                .hasMessageContaining("run `migrate` as the owner");
        TestService.await(Migrations.run(vertx, owners, List.of(WRAPPING)));
        assertThat(highest).hasSize(4).doesNotContain("0");
        assertThat(sql.<String>column(NEXT_IDS)).isEqualTo(highest);

        sql.execute("SELECT setval(oid, 1000) FROM pg_class WHERE relkind = 'S'");
        TestService.await(Migrations.run(vertx, withoutOwner, List.of(WRAPPING)));
        TestService.await(Migrations.run(vertx, owners, List.of(WRAPPING)));
        assertThat(sql.<String>column(NEXT_IDS)).containsOnly("1000");
    }

    /** A server that publishes all tables refuses updates of one without a key, unless it is told as the docs say. */
    @Test
    void tellTheRowsOfEachTableApartInPublications() {
        assertThat(new Sql(TestServer.shared().createMigratedDatabase()).<String>column(WITHOUT_KEY))
                .isEmpty();
    }

    /** Of two that grant the same at once, PostgreSQL lets one fail. */
    @Test
    void awaitAnotherProcessThatGrantsTheServiceItsRights() throws SQLException, IOException {
        Address database = TestServer.shared().createMigratedDatabase();
        Sql sql = new Sql(database);
        String grants = Files.readString(GRANTS).replace("${service_role}", Roles.SERVICE);
        try (Connection other = sql.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute(grants);
            Future<Void> run = Migrations.run(vertx, TestServer.serviceSettings(database), List.of(WRAPPING));
            Waiting.until("it waits", () -> run.isComplete() || sql.count(WAITING) > 0);
            other.commit();

            TestService.await(run);
        }
    }

    /** An index is built for as long as its table is large, and beside traffic as long as the oldest transaction lasts. */
    @Test
    void waitForTheTurnOfAnotherProcessAndTellWhoHoldsThemUp() throws SQLException {
        Address database = ReleasedDatabase.create();
        Sql sql = new Sql(database);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        HOLDUPS.addAppender(log);
        Vertx process = Vertx.vertx();
        try (Connection other = sql.connect();
                Statement statement = other.createStatement()) {
            other.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            other.setAutoCommit(false);
            String pid;
            try (ResultSet own = statement.executeQuery("SELECT pg_backend_pid()")) {
                own.next();
                pid = own.getString(1);
            }
            Future<Void> first = Migrations.run(vertx, TestServer.serviceSettings(database), List.of(WRAPPING));
            Waiting.until("it waits", () -> first.isComplete() || sql.count(WAITING) > 0);
            Future<Void> second = Migrations.run(process, TestServer.serviceSettings(database), List.of(WRAPPING));
            String turn = sql.<String>value(TURN);

            Waiting.until(
                    "both say whom they wait for",
                    () -> told(log).anyMatch(line -> line.contains("session " + pid + " of "))
                            && told(log)
                                    .anyMatch(line -> line.contains(" for " + turn + " of ")
                                            || line.contains("session " + turn + " of ")));

            assertThat(first.isComplete()).isFalse();
            assertThat(second.isComplete()).isFalse();
            other.rollback();
            TestService.await(first);
            TestService.await(second);
        } finally {
            HOLDUPS.detachAppender(log);
            TestService.await(process.close());
        }
    }

    private static Stream<String> told(ListAppender<ILoggingEvent> log) {
        return List.copyOf(log.list).stream().map(ILoggingEvent::getFormattedMessage);
    }

    @Test
    void leaveAloneWhatIsSomebodyElses() {
        Address database = TestServer.shared().createDatabase();
        Sql sql = new Sql(database);
        sql.execute("CREATE TABLE public.of_another_service (id int)");

        assertThatThrownBy(() ->
                        TestService.await(Migrations.run(vertx, TestServer.settings(database), List.of(WRAPPING))))
                .isInstanceOf(Migrations.UnfitSchemaException.class)
                .hasMessageContaining("take a database of its own");

        assertThat(sql.<String>column("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'"))
                .containsExactly("of_another_service");
    }

    @Test
    void runWhateverLimitsOfTimeTheirRoleHas() {
        Address database = TestServer.shared().createDatabase();
        Sql sql = new Sql(database);
        String name = database.uri().substring(database.uri().lastIndexOf('/') + 1);
        sql.createRole("hurried", "LOGIN PASSWORD 'of-the-hurried'");
        try {
            sql.execute("ALTER DATABASE " + name + " OWNER TO hurried");
            for (String limit : List.of(
                    "statement_timeout",
                    "lock_timeout",
                    "idle_session_timeout",
                    "idle_in_transaction_session_timeout")) {
                sql.execute("ALTER ROLE hurried SET " + limit + " = '1ms'");
            }
            boolean limited = sql.count("SELECT count(*) FROM pg_settings WHERE name = 'transaction_timeout'") > 0;
            if (limited) {
                sql.execute("ALTER ROLE hurried SET transaction_timeout = '1min'");
            }
            AtomicReference<String> left = new AtomicReference<>();
            MigrationStep last = new MigrationStep("99999", "read the limit of a transaction") {
                @Override
                protected void run(Connection connection) throws SQLException {
                    try (Statement statement = connection.createStatement();
                            ResultSet read =
                                    statement.executeQuery("SELECT current_setting('transaction_timeout', true)")) {
                        read.next();
                        left.set(read.getString(1));
                    }
                }
            };
            Address hurried = new Address(database.uri(), "hurried", "of-the-hurried");

            TestService.await(Migrations.run(vertx, TestServer.settings(hurried), List.of(WRAPPING, last)));

            assertThat(sql.count("SELECT count(*) FROM purchases")).isZero();
            assertThat(left).hasValue(limited ? "0" : null);
        } finally {
            sql.execute("REASSIGN OWNED BY hurried TO CURRENT_USER");
            sql.execute("DROP OWNED BY hurried");
            sql.execute("DROP ROLE hurried");
        }
    }
}
