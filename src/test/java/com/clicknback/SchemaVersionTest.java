package com.clicknback;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import com.clicknback.platform.embedded.Roles;
import com.clicknback.testing.ReleasedDatabase;
import com.clicknback.testing.ServiceProcess;
import com.clicknback.testing.ServiceProcess.Ended;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands on a schema of another version than theirs: one line, and status 2. */
class SchemaVersionTest {
    private static final int MISCONFIGURED = 2;

    @TempDir
    private Path folder;

    private void assertRefused(Address database, String command, String line) {
        String[] arguments = command.split(" ");
        Ended ended = ServiceProcess.run(folder, TestConfig.environment(database), arguments);
        // The service warns about options of its JVM, and the first lines of its start are no errors.
        assertThat(ended.output().lines().filter(written -> written.startsWith("clicknback: ")))
                .as(ended.output())
                .singleElement()
                .asString()
                .matches("clicknback: " + line);
        assertThat(ended.output()).doesNotContain("consistent", "up to date.", "can log in", "\tat ");
        assertThat(ended.status()).isEqualTo(MISCONFIGURED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "rekey"})
    void refuseAnOlderSchema(String command) {
        Address database = ReleasedDatabase.create();
        new Sql(database).execute("GRANT SELECT ON flyway_schema_history TO " + Roles.SERVICE);

        assertRefused(
                database,
                command,
                "the database's schema has version 171, and this program needs version \\d+: run `migrate` first");
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "rekey"})
    void refuseAnEmptyDatabase(String command) {
        assertRefused(
                TestServer.shared().createDatabase(),
                command,
                "the database has no schema of this service, and this program needs version \\d+: run `migrate` first");
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "check", "migrate", "rekey", "create-admin ops@shop.example"})
    void refuseANewerSchema(String command) {
        Address database = TestServer.shared().createMigratedDatabase();
        note(database, "99999");

        assertRefused(
                database,
                command,
                "the database's schema has version 99999, and this program knows versions up to \\d+: use the program"
                        + " that migrated it, or a later one");

        assertThat(new Sql(database).count("SELECT count(*) FROM users")).isZero();
    }

    @Test
    void refuseASchemaWhoseMigrationHasFailed() {
        Address database = TestServer.shared().createMigratedDatabase();
        new Sql(database)
                .execute("UPDATE flyway_schema_history SET success = false"
                        + " WHERE installed_rank = (SELECT max(installed_rank) FROM flyway_schema_history)");

        assertRefused(
                database, "check", "the database's schema has version \\d+, and this program needs .*`migrate` first");
    }

    @Test
    void refuseASchemaOfAnotherBuild() {
        Address database = TestServer.shared().createMigratedDatabase();
        note(database, "4.5");

        assertRefused(database, "check", "this database's schema was made by another build .*");
    }

    private static void note(Address database, String version) {
        new Sql(database).execute("""
                INSERT INTO flyway_schema_history
                    (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                SELECT max(installed_rank) + 1, ?, 'of another build', 'SQL', 'V' || ? || '__other.sql', 1, 'owner', 1, true
                FROM flyway_schema_history
                """, version, version);
    }
}
