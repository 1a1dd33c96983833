package com.clicknback.platform.migrations;

import com.clicknback.platform.db.SessionSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
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
 * Drops the index that a step is about to build. It is there when an earlier attempt was killed: an index that is built beside
 * traffic is in no transaction, so it stays, invalid, or complete but not on record. Runs while other processes wait for
 * their turn.
 */
final class Leftovers implements Callback {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
    private static final String FOLDER = "/db/migration/";
    private static final Pattern BUILT_BESIDE_TRAFFIC =
            Pattern.compile("CREATE\\s+(?:UNIQUE\\s+)?INDEX\\s+\\$\\{concurrently}\\s+(\\w+)");

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_EACH_MIGRATE;
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
        Matcher built =
                BUILT_BESIDE_TRAFFIC.matcher(text(context.getMigrationInfo().getScript()));
        try {
            while (built.find()) {
                dropIfThere(context.getConnection(), SessionSettings.SCHEMA + "." + built.group(1));
            }
        } catch (SQLException e) {
            throw new FlywayException(e);
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

    private static void dropIfThere(Connection connection, String index) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet found = statement.executeQuery("SELECT to_regclass('" + index + "') IS NOT NULL")) {
                found.next();
                if (!found.getBoolean(1)) {
                    return;
                }
            }
            LOG.info("Building the index {} anew, since its build was interrupted", index);
            // A build whose process was killed may still go on at the server; this waits for its end.
            statement.execute("DROP INDEX " + (connection.getAutoCommit() ? "CONCURRENTLY " : "") + index);
        }
    }
}
