package com.clicknback.platform.db;

import static com.clicknback.testing.TestService.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestServer;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A start as a role that somebody has limited: it works all the same, or one line names the limit. */
class LimitedRoleTest {
    private static final String ROLE = "limited";
    private static final String PASSWORD = "of-the-limited";

    private final Vertx vertx = Vertx.vertx();
    private Address superuser;
    private Database database;

    @BeforeEach
    void makeRole() {
        superuser = TestServer.shared().createDatabase();
        new Sql(superuser).createRole(ROLE, "LOGIN PASSWORD '" + PASSWORD + "'");
        as("GRANT ALL ON SCHEMA public TO " + ROLE);
        as("GRANT ALL ON ALL TABLES IN SCHEMA public TO " + ROLE);
        database = Database.open(vertx, settings());
    }

    @AfterEach
    void dropRole() {
        await(database.close());
        await(vertx.close());
        as("REASSIGN OWNED BY " + ROLE + " TO CURRENT_USER");
        as("DROP OWNED BY " + ROLE);
        as("DROP ROLE " + ROLE);
    }

    private DatabaseSettings settings() {
        return TestServer.settings(new Address(superuser.uri(), ROLE, PASSWORD));
    }

    private void as(String sql) {
        new Sql(superuser).execute(sql);
    }

    private void start() {
        await(DatabaseStart.require(vertx, database));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "statement_timeout = '1ms'",
                "lock_timeout = '1ms'",
                "idle_session_timeout = '1ms'",
                "idle_in_transaction_session_timeout = '1ms'",
                "TimeZone = 'Asia/Tokyo'",
                "DateStyle = 'German'",
                "client_encoding = 'LATIN1'",
                "work_mem = '64kB'"
            })
    void sessionsHaveTheirOwnSettingsFromTheFirstOneOn(String setting) {
        as("ALTER ROLE " + ROLE + " SET " + setting);

        start();
    }

    @ParameterizedTest
    @CsvSource({
        "temp_file_limit, 0, temp_file_limit = 0",
        "transaction_timeout, 1s, transaction_timeout = 1000",
        "default_transaction_read_only, on, transaction_read_only = on",
        "session_replication_role, replica, session_replication_role = replica",
        "standard_conforming_strings, off, standard_conforming_strings = off"
    })
    void aSettingThatNoSessionMayChangeIsNamed(String name, String value, String told) {
        long known = new Sql(superuser).count("SELECT count(*) FROM pg_settings WHERE name = ?", name);
        assumeThat(known + (name.equals("default_transaction_read_only") ? 1 : 0))
                .as("the server knows %s", name)
                .isPositive();
        as("ALTER ROLE " + ROLE + " SET " + name + " = '" + value + "'");

        assertThatThrownBy(this::start)
                .isInstanceOf(UnfitDatabaseException.class)
                .hasMessageContaining(superuser.uri())
                .hasMessageContaining(told);
    }

    @Test
    void tooFewConnectionsOfTheRoleAreToldWithWhatIsNeeded() {
        as("ALTER ROLE " + ROLE + " CONNECTION LIMIT 3");

        assertThatThrownBy(this::start)
                .isInstanceOf(UnfitDatabaseException.class)
                .hasMessageContaining("lets limited have 3 connections where this service needs 5")
                .hasMessageContaining("CONNECTION LIMIT of the role")
                .hasMessageContaining("database.pool_size");
    }

    @Test
    void tooFewConnectionsOfTheDatabaseAreToldToo() {
        String name = superuser.uri().substring(superuser.uri().lastIndexOf('/') + 1);
        as("ALTER DATABASE " + name + " CONNECTION LIMIT 4");

        assertThatThrownBy(this::start)
                .isInstanceOf(UnfitDatabaseException.class)
                .hasMessageContaining("CONNECTION LIMIT of the database");
    }

    @Test
    void aServerThatRefusesForTheMomentHasBeenReached() {
        as("ALTER ROLE " + ROLE + " CONNECTION LIMIT 0");

        assertThatThrownBy(this::start)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not serve yet: too many connections for role")
                .hasMessageContaining("(SQLSTATE 53300)")
                .hasMessageNotContaining("cannot be reached");
    }

    @Test
    void aRoleThatMayNotLogInIsToldSo() {
        as("ALTER ROLE " + ROLE + " NOLOGIN");

        assertThatThrownBy(this::start)
                .isInstanceOf(UnfitDatabaseException.class)
                .hasMessageContaining("does not let limited in: ")
                .hasMessageContaining("(SQLSTATE 28000)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"28000", "28P01", "3D000", "55000", "42501", "42P01", "22023", "57014", "53400", "0A000", "XX000"
            })
    void waitingDoesNotMendWhatTheServerHasJudged(String state) {
        assertThat(SqlFailures.isLasting(failure(state))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"08006", "08P01", "53300", "53200", "53100", "57P01", "57P02", "57P03", "58030", "25006", "40001"
            })
    void waitingMayMendWhatTheServerCannotDoNow(String state) {
        assertThat(SqlFailures.isLasting(failure(state))).isFalse();
    }

    private static PgException failure(String state) {
        return new PgException("no", "FATAL", state, "");
    }
}
