package com.clicknback.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.partners.SecretWrapping;
import com.clicknback.platform.crypto.Keyring;
import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.TestService;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MigrationsTest {
    private static final String OTHER_TRANSACTIONS = """
            SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL
              AND backend_type = 'client backend'
            """;

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
        SecretWrapping wrapping = new SecretWrapping(new Keyring(new SecretKeySpec(new byte[32], "AES"), List.of()));

        TestService.await(Migrations.run(vertx, TestServer.settings(database), List.of(wrapping, last)));

        assertThat(open).hasValue(0);
    }
}
