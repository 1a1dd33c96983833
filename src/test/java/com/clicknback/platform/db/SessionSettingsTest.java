package com.clicknback.platform.db;

import static com.clicknback.testing.TestService.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import com.clicknback.platform.migrations.Migrations;
import com.clicknback.testing.DebianPostgres;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestServer;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Sessions of the service on a server that somebody else has configured. */
@Tag("postgres15")
class SessionSettingsTest {
    private static DebianPostgres postgres;
    private static int roles;

    private final Vertx vertx = Vertx.vertx();
    private Address address;
    private Database database;

    @BeforeAll
    static void startServer() {
        DebianPostgres.requireInstalled();
        postgres = DebianPostgres.start();
    }

    @AfterAll
    static void stopServer() {
        if (postgres != null) {
            postgres.close();
        }
    }

    @BeforeEach
    void open() {
        address = postgres.createDatabase("role" + roles++);
        database = Database.open(vertx, TestServer.settings(address));
    }

    @AfterEach
    void close() {
        await(database.close());
        await(vertx.close());
    }

    private void setForRole(String setting, String value) {
        new Sql(postgres.superuser())
                .execute("ALTER ROLE " + address.user() + " SET " + setting + " = '" + value + "'");
    }

    private String setting(String name) {
        return await(database.query("SELECT current_setting($1)", Tuple.of(name)))
                .iterator()
                .next()
                .getString(0);
    }

    private void start() {
        await(DatabaseStart.require(vertx, database));
    }

    @Test
    void areItsOwnWhateverTheRoleSays() {
        Map<String, String> ofRole = Map.of(
                "synchronous_commit", "off",
                "default_transaction_isolation", "serializable",
                "TimeZone", "Asia/Tokyo",
                "search_path", "elsewhere",
                "statement_timeout", "0",
                "idle_in_transaction_session_timeout", "0",
                "lock_timeout", "1ms",
                "idle_session_timeout", "1s",
                "jit", "on",
                "enable_seqscan", "on");
        ofRole.forEach(this::setForRole);
        setForRole("client_min_messages", "debug1");

        start();

        assertThat(setting("synchronous_commit")).isEqualTo("on");
        assertThat(setting("transaction_isolation")).isEqualTo("read committed");
        assertThat(setting("TimeZone")).isEqualTo("UTC");
        assertThat(setting("client_min_messages")).isEqualTo("warning");
        assertThat(setting("search_path")).isEqualTo("public");
        assertThat(setting("statement_timeout")).isEqualTo("5s");
        assertThat(setting("idle_in_transaction_session_timeout")).isEqualTo("5s");
        assertThat(setting("lock_timeout")).isEqualTo("0");
        assertThat(setting("idle_session_timeout")).isEqualTo("0");
        assertThat(setting("jit")).isEqualTo("off");
    }

    /** The client logs each message of the server as a warning, and a migration does, too. */
    @Test
    void leaveNoMessagesOfTheServerInTheLogOfAStart() {
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        setForRole("client_min_messages", "debug1");
        root.addAppender(log);
        try {
            start();
            await(Migrations.run(vertx, TestServer.settings(address), List.of()));
        } finally {
            root.detachAppender(log);
        }

        assertThat(log.list.stream()
                        .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                        .map(event -> event.getLoggerName() + ": " + event.getFormattedMessage()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"remote_apply, remote_apply", "remote_write, remote_write", "local, on", "on, on"})
    void leaveAStrongerDurabilityAsItIs(String ofRole, String expected) {
        setForRole("synchronous_commit", ofRole);

        start();

        assertThat(setting("synchronous_commit")).isEqualTo(expected);
    }

    @Test
    void loseNothingAcknowledgedInACrashThoughTheRoleWouldNotWait() {
        setForRole("synchronous_commit", "off");
        // The later the writer of the log looks, the more a commit that does not wait for it would lose.
        new Sql(postgres.superuser()).execute("ALTER SYSTEM SET wal_writer_delay = '10s'");
        new Sql(postgres.superuser()).value("SELECT pg_reload_conf()");
        start();
        await(database.query("CREATE TABLE kept (id int)", Tuple.tuple()));

        for (int id = 0; id < 40; id++) {
            int next = id;
            await(database.inTransaction(
                    tx -> tx.preparedQuery("INSERT INTO kept VALUES ($1)").execute(Tuple.of(next))));
        }
        postgres.crash();
        postgres.startAgain();

        assertThat(new Sql(address).count("SELECT count(*) FROM kept")).isEqualTo(40);
    }

    @ParameterizedTest
    @ValueSource(strings = {"default_transaction_read_only=on", "session_replication_role=replica"})
    void areRefusedWhereTheyCannotHoldThePromises(String setting) {
        String[] parts = setting.split("=");
        setForRole(parts[0], parts[1]);

        assertThatThrownBy(this::start)
                .isInstanceOf(UnfitDatabaseException.class)
                .hasMessageContaining(address.uri())
                .hasMessageContaining(parts[0].replace("default_", "") + " = " + parts[1]);
    }

    @Test
    void leadToTheTablesWhereTheRoleHasASchemaOfItsOwnName() {
        new Sql(address).execute("CREATE SCHEMA AUTHORIZATION " + address.user());

        start();
        await(Migrations.run(vertx, database.settings(), List.of()));
        start();

        assertThat(await(database.query("SELECT count(*) FROM public.ledger_transfers", Tuple.tuple()))
                        .iterator()
                        .next()
                        .getLong(0))
                .isZero();
        assertThat(new Sql(address)
                        .count(
                                "SELECT count(*) FROM pg_class WHERE relnamespace::regnamespace::text = ?",
                                address.user()))
                .isZero();
    }

    @Test
    void areRefusedWhereTheTablesAreInTheRolesOwnSchema() {
        new Sql(address).execute("CREATE SCHEMA AUTHORIZATION " + address.user());
        new Sql(address).execute("CREATE TABLE ledger_transfers (id uuid)");

        assertThatThrownBy(this::start)
                .isInstanceOf(UnfitDatabaseException.class)
                .hasMessageContaining("in the schema " + address.user())
                .hasMessageContaining("in the schema public");
    }

    @Test
    void areRefusedInAnotherEncoding() {
        Sql sql = new Sql(postgres.superuser());
        sql.execute("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
        Address latin = new Address(
                "postgresql://127.0.0.1:" + postgres.port() + "/latin", sql.value("SELECT current_user::text"), "");
        Database other = Database.open(
                vertx,
                TestServer.settings(new Address(
                        latin.uri(),
                        postgres.superuser().user(),
                        postgres.superuser().password())));

        assertThatThrownBy(() -> await(DatabaseStart.require(vertx, other)))
                .isInstanceOf(UnfitDatabaseException.class)
                .hasMessageContaining("server_encoding = LATIN1");
        await(other.close());
    }

    @Test
    void areRefusedWithTheServersReasonWhenItLetsNobodyIn() {
        Database stranger = Database.open(
                vertx, TestServer.settings(new Address(address.uri(), address.user(), "not the password")));

        assertThatThrownBy(() -> await(DatabaseStart.require(vertx, stranger)))
                .isInstanceOf(UnfitDatabaseException.class)
                .hasMessageContaining("password authentication failed");
        await(stranger.close());
    }
}
