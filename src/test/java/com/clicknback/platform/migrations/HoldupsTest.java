package com.clicknback.platform.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.Sql;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.Waiting;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class HoldupsTest {
    private static final String NAME = "clicknback migration of the test";
    private static final String WAITING = """
            SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock' AND application_name = '%s'
            """.formatted(NAME);

    private final Sql sql = new Sql(TestServer.shared().createDatabase());

    /** An operator who is told of it would find it gone, or end what tells of others. */
    @Test
    void theSessionThatLooksIsNotNamed() throws SQLException {
        sql.execute("CREATE TABLE locked (id int)");
        try (Connection looking = sql.connect();
                Connection other = sql.connect();
                Connection migrating = sql.connect();
                Statement locking = looking.createStatement();
                Statement alsoLocking = other.createStatement();
                Statement waiting = migrating.createStatement()) {
            waiting.execute("SET application_name = '" + NAME + "'");
            looking.setAutoCommit(false);
            locking.execute("LOCK TABLE locked IN ACCESS SHARE MODE");
            CompletableFuture<Boolean> turn = CompletableFuture.supplyAsync(() -> {
                try {
                    return waiting.execute("ALTER TABLE locked ADD name text");
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            Waiting.until("it waits", () -> sql.count(WAITING) > 0);
            assertThat(Holdups.waitedFor(looking, NAME)).isEmpty();
            assertThat(Holdups.waitedFor(other, NAME))
                    .singleElement()
                    .asString()
                    .contains("in a transaction since ");
            looking.rollback();
            turn.join();
            assertThat(alsoLocking.execute("SELECT name FROM locked")).isTrue();
        }
    }
}
