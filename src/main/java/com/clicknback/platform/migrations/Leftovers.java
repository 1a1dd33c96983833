package com.clicknback.platform.migrations;

import com.clicknback.platform.db.SessionSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clears away what an interrupted build of an index has left. It is in no transaction, so the index stays: invalid, or complete
 * but not on record. It is dropped before the step builds it anew, while other processes wait for their turn. A build
 * that failed is also on record as failed, which would keep every later start from trying again.
 */
final class Leftovers implements Callback {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
    private static final String HISTORY = SessionSettings.SCHEMA + ".flyway_schema_history";
    private static final String FAILED = " WHERE NOT success";
    private static final String FOLDER = "/db/migration/";
    private static final Pattern BUILT_BESIDE_TRAFFIC =
            Pattern.compile("CREATE\\s+(?:UNIQUE\\s+)?INDEX\\s+\\$\\{concurrently}\\s+(\\w+)");

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_VALIDATE || event == Event.BEFORE_EACH_MIGRATE;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public String getCallbackName() {
        return "leftovers";
    }

    @Override
    public void handle(Event event, Context context) {
        try (Statement statement = context.getConnection().createStatement()) {
            if (event == Event.BEFORE_VALIDATE) {
                forgetFailures(statement);
                return;
            }
            Matcher built =
                    BUILT_BESIDE_TRAFFIC.matcher(text(context.getMigrationInfo().getScript()));
            while (built.find()) {
                dropIfThere(statement, SessionSettings.SCHEMA + "." + built.group(1));
            }
        } catch (SQLException e) {
            throw new FlywayException(e);
        }
    }

    /** Makes steps that failed pending again. Those in a transaction leave no record of their failure. */
    private static void forgetFailures(Statement statement) throws SQLException {
        // Only the owner of the schema may delete there, and a service that owns nothing starts without.
        if (exists(statement, HISTORY) && hasRows(statement, "SELECT FROM " + HISTORY + FAILED)) {
            statement.execute("DELETE FROM " + HISTORY + FAILED);
        }
    }

    /** Empty for a step that is no file. */
    private static String text(String script) {
        try (InputStream file = Leftovers.class.getResourceAsStream(FOLDER + script)) {
            return file == null ? "" : new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void dropIfThere(Statement statement, String index) throws SQLException {
        if (exists(statement, index)) {
            LOG.info("Building the index {} anew, since its build was interrupted", index);
            // A build whose process was killed may still go on at the server; this waits for its end.
            String beside = statement.getConnection().getAutoCommit() ? "CONCURRENTLY " : "";
            statement.execute("DROP INDEX " + beside + index);
        }
    }

    private static boolean hasRows(Statement statement, String query) throws SQLException {
        try (ResultSet found = statement.executeQuery(query)) {
            return found.next();
        }
    }

    private static boolean exists(Statement statement, String relation) throws SQLException {
        try (ResultSet found = statement.executeQuery("SELECT to_regclass('" + relation + "') IS NOT NULL")) {
            return found.next() && found.getBoolean(1);
        }
    }
}
