package com.clicknback.platform.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.TestConfig;
import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import com.clicknback.platform.embedded.Roles;
import com.clicknback.testing.ServiceProcess;
import com.clicknback.testing.ServiceProcess.Ended;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases on which no migration will ever run: one line that says what to do, and status 2. */
class RefusedMigrationsTest {
    @TempDir
    private Path folder;

    private void assertRefused(Address database, String command, String words, String advice) {
        assertRefused(TestConfig.environment(database), command, words, advice);
    }

    private void assertRefused(Map<String, String> environment, String command, String words, String advice) {
        Ended ended = ServiceProcess.run(folder, environment, command);

        assertThat(ended.output().lines())
                .singleElement()
                .asString()
                .startsWith("clicknback: the schema could not be ")
                .contains(words, advice);
        assertThat(ended.status()).isEqualTo(2);
    }

    /** From PostgreSQL 15 on, only the owner of a database makes tables in it. */
    @Test
    void anOwnerThatDoesNotOwnTheDatabase() {
        Address database = TestServer.shared().createDatabase();
        String name = database.uri().substring(database.uri().lastIndexOf('/') + 1);
        new Sql(database).execute("ALTER DATABASE " + name + " OWNER TO postgres");

        assertRefused(
                database,
                "migrate",
                "permission denied for schema public (SQLSTATE 42501)",
                "the role " + Roles.OWNER + " lacks rights in the schema public: run `migrate` with");
    }

    @Test
    void aTableOfMigrationsThatSomebodyElseHas() {
        Address database = TestServer.shared().createDatabase();
        new Sql(database).execute("CREATE TABLE public.flyway_schema_history (step text, success boolean)");
        new Sql(database).execute("ALTER TABLE public.flyway_schema_history OWNER TO " + Roles.OWNER);

        assertRefused(database, "migrate", "(SQLSTATE 42703)", "take a database of its own");
    }

    @Test
    void anOwnerWithAnotherPassword() {
        Address database = TestServer.shared().createDatabase();
        Map<String, String> environment = new HashMap<>(TestConfig.environment(database));
        environment.put("CLICKNBACK_DATABASE_OWNER_PASSWORD", "wrong");

        assertRefused(
                environment, "migrate", "(SQLSTATE 28P01)", "see database.owner_user and database.owner_password");
    }

    @Test
    void aServiceThatMayNotReadWhatIsOnRecord() {
        Address database = TestServer.shared().createMigratedDatabase();
        new Sql(database).execute("REVOKE SELECT ON flyway_schema_history FROM " + Roles.SERVICE);

        assertRefused(
                database,
                "check",
                "(SQLSTATE 42501)",
                "the role " + Roles.SERVICE + " lacks rights in the schema public");
    }

    /** As after a restore by a superuser. */
    @Test
    void anOwnerWhoseTablesAreSomebodyElses() {
        Address database = TestServer.shared().createMigratedDatabase();
        new Sql(database).execute("ALTER TABLE flyway_schema_history OWNER TO postgres");
        new Sql(database).execute("REVOKE ALL ON flyway_schema_history FROM " + Roles.OWNER);

        assertRefused(database, "migrate", "(SQLSTATE 42501)", "by db/roles.sql");
    }
}
