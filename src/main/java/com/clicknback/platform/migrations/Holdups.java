package com.clicknback.platform.migrations;

import com.clicknback.platform.db.DatabaseSettings.Credentials;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells who holds up a migration: the process whose turn it is, a session that has a table locked, or one whose transaction
 * is older than an index that is built beside traffic. A migration waits for all of them, however long that takes.
 */
final class Holdups implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Holdups.class);
    private static final String NAMES = "clicknback migration ";
    private static final long FIRST_MS = 5_000;
    private static final long FURTHER_MS = 30_000;
    private static final String WAITED_FOR = """
        WITH migrating AS (
            SELECT pid, application_name AS name FROM pg_stat_activity
            WHERE datname = current_database() AND starts_with(application_name, ?)),
        holding AS (
            SELECT unnest(pg_blocking_pids(pid)) AS pid FROM migrating
            UNION
            SELECT pid FROM migrating JOIN pg_locks USING (pid)
            WHERE migrating.name <> ? AND locktype = 'advisory' AND granted)
        SELECT concat_ws(' ', pid, 'of', usename, '(' || nullif(application_name, '') || ')',
            'in a transaction since ' || to_char(xact_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
        FROM holding LEFT JOIN pg_stat_activity USING (pid)
        WHERE pid <> pg_backend_pid()
        ORDER BY pid
        """;

    private final Vertx vertx;
    private final String name = NAMES + UUID.randomUUID();
    private final long sinceNs = System.nanoTime();
    private final long timer;

    private Holdups(Vertx vertx, String url, Credentials role) {
        this.vertx = vertx;
        // A look may take long itself. It waits for nothing else on a worker.
        this.timer = vertx.setPeriodic(
                FIRST_MS,
                FURTHER_MS,
                id -> vertx.executeBlocking(() -> waitedFor(url, role), false)
                        .onComplete(this::tell, failure -> LOG.debug("failed", failure)));
    }

    /** Looks from time to time until it is closed. */
    static Holdups watch(Vertx vertx, String url, Credentials role) {
        return new Holdups(vertx, url, role);
    }

    /** The application name by which sessions of this migration are recognised. */
    String name() {
        return name;
    }

    private List<String> waitedFor(String url, Credentials role) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, role.name(), role.password())) {
            return waitedFor(connection, name);
        }
    }

    /** Without the session that looks: the build of an index waits for it, too, while it does. */
    static List<String> waitedFor(Connection connection, String name) throws SQLException {
        List<String> sessions = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(WAITED_FOR)) {
            statement.setString(1, NAMES);
            statement.setString(2, name);
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    sessions.add(found.getString(1));
                }
            }
        }
        return sessions;
    }

    private void tell(List<String> sessions) {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - sinceNs);
        if (sessions.isEmpty()) {
            LOG.info("The schema is still being brought up to date, for {} s; nobody holds that up", seconds);
        } else {
            LOG.warn(
                    "The schema is not up to date after {} s: that waits for the database's session {}",
                    seconds,
                    String.join(", and for ", sessions));
        }
    }

    @Override
    public void close() {
        vertx.cancelTimer(timer);
    }
}
