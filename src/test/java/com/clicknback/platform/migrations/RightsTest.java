package com.clicknback.platform.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.TestConfig;
import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import com.clicknback.testing.ServiceProcess;
import com.clicknback.testing.ServiceProcess.Ended;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A role of the service's that may not use all its tables. */
class RightsTest {
    private static final String TABLES = """
        SELECT relname::text FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relname <> 'flyway_schema_history'
        """;

    private final Address database = TestServer.shared().createMigratedDatabase();
    private final Sql sql = new Sql(database);

    @TempDir
    private Path folder;

    /** The roles of the service without the owner's credentials, which would grant what is missing. */
    private Ended start() {
        Map<String, String> environment = new HashMap<>(TestConfig.environment(database));
        environment.putAll(Map.of("CLICKNBACK_HTTP_PORT", "0", "CLICKNBACK_MANAGEMENT_PORT", "0"));
        environment.keySet().removeIf(name -> name.startsWith("CLICKNBACK_DATABASE_OWNER_"));
        return ServiceProcess.run(folder, environment, "serve");
    }

    @Test
    void allTablesOfTheSchemaAreAskedFor() {
        assertThat(sql.<String>column(TABLES)).containsExactlyInAnyOrderElementsOf(Rights.TABLES);
    }

    @Test
    void aTableThatTheRoleMayNotUseEndsTheStartWithItsName() {
        sql.execute("REVOKE ALL ON clicks FROM clicknback");
        sql.execute("REVOKE DELETE ON payouts FROM clicknback");
        sql.execute("ALTER TABLE holds RENAME TO held");

        Ended ended = start();

        assertThat(ended.output())
                .contains("the role clicknback lacks rights to tables of the database at " + database.uri()
                        + ": clicks (SELECT, INSERT, UPDATE, DELETE), holds (is not there),"
                        + " payouts (DELETE); run `migrate`");
        assertThat(ended.status()).isEqualTo(2);
    }
}
