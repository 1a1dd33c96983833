package com.clicknback.testing;

import com.clicknback.TestConfig;
import com.clicknback.partners.SecretWrapping;
import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.flywaydb.core.Flyway;

/**
 * A database as the build with the schema files up to {@value #VERSION} left it, with rows in every table: payouts in
 * all states, caps that cut and were raised, holds that run, ended early and began anew, refunds, corrections, events that
 * wait or were refused, clicks, orders of two reports, a fraud hold and an erased account. The service ended before it
 * credited two purchases. Its key is that of the tests.
 */
public final class ReleasedDatabase {
    /** The last of the schema files that others have applied. */
    public static final int VERSION = 171;

    private static final String ROWS = "/databases/released-171.txt";
    private static final String SEQUENCE = "sequence ";

    private ReleasedDatabase() {}

    /** A new database of that build. */
    public static Address create() {
        Address database = TestServer.shared().createDatabase();
        restore(database);
        return database;
    }

    /** Fills an empty database, as its superuser, whose password is that of the owner of the schema. */
    public static void restore(Address database) {
        Flyway.configure()
                .dataSource("jdbc:" + database.uri(), "clicknback_owner", database.password())
                .locations("classpath:db/session", "classpath:db/migration")
                .placeholders(Map.of("service_role", "clicknback"))
                .javaMigrations(new SecretWrapping(PayoutScenario.keys(TestConfig.ENCRYPTION_KEY)))
                .target(Integer.toString(VERSION))
                .load()
                .migrate();
        try (Connection superuser = new Sql(database).connect();
                BufferedReader rows = new BufferedReader(new InputStreamReader(
                        ReleasedDatabase.class.getResourceAsStream(ROWS), StandardCharsets.UTF_8))) {
            fill(superuser, rows.lines().toList());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without triggers: the rows are as they were. */
    private static void fill(Connection superuser, List<String> rows) throws SQLException {
        superuser.setAutoCommit(false);
        Set<String> emptied = new HashSet<>();
        try (Statement statement = superuser.createStatement()) {
            statement.execute("SET LOCAL session_replication_role = replica");
            for (String row : rows) {
                String[] parts = row.split("\t");
                if (row.startsWith(SEQUENCE)) {
                    statement.execute(
                            "SELECT setval('%s', %s)".formatted(parts[0].substring(SEQUENCE.length()), parts[1]));
                    continue;
                }
                if (emptied.add(parts[0])) {
                    statement.execute("DELETE FROM " + parts[0]);
                }
                insert(superuser, parts[0], parts[1]);
            }
        }
        superuser.commit();
    }

    private static void insert(Connection superuser, String table, String json) throws SQLException {
        try (PreparedStatement insert = superuser.prepareStatement("""
                INSERT INTO %1$s OVERRIDING SYSTEM VALUE SELECT * FROM jsonb_populate_record(NULL::%1$s, ?::jsonb)
                """.formatted(table))) {
            insert.setString(1, json);
            insert.executeUpdate();
        }
    }
}
