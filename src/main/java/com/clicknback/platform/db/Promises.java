package com.clicknback.platform.db;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The settings of a server and its sessions that the service's promises rest on, read back from the server. */
final class Promises {
    private static final Logger LOG = LoggerFactory.getLogger(Promises.class);
    private static final int OLDEST_MAJOR = 15;
    private static final int NEWEST_MAJOR = 18;
    private static final int NUMBERS_OF_A_MAJOR = 10_000;
    private static final String ON = "on";
    private static final String UNLIMITED = "-1";

    /** Reports over whole tables take no longer than this in one transaction. */
    private static final long TRANSACTION_MS_MIN = 60_000;

    /** The sort of a report; 100 MiB. */
    private static final long TEMPORARY_KIB_MIN = 102_400;

    /** One to look at the database, two to migrate it, two of the pool. */
    private static final int CONNECTIONS_MIN = 5;

    private static final String READ_BACK = """
        SELECT name, setting FROM pg_settings
        UNION ALL
        SELECT 'is_superuser', current_setting('is_superuser')
        UNION ALL
        SELECT 'limit of the role', rolconnlimit::text FROM pg_roles WHERE rolname = session_user AND NOT rolsuper
        UNION ALL
        SELECT 'limit of the database', datconnlimit::text FROM pg_database WHERE datname = current_database()
        """;

    private final Map<String, String> found;

    private Promises(Map<String, String> found) {
        this.found = found;
    }

    /** Fails with {@link UnfitDatabaseException} when the database cannot hold them. */
    static Future<Promises> require(Database database) {
        return database.inTransaction(tx -> tx.query(READ_BACK).execute()).map(rows -> {
            Map<String, String> found = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            for (Row row : rows) {
                found.put(row.getString("name"), row.getString("setting"));
            }
            Promises promises = new Promises(found);
            promises.require(database.session(), database.settings());
            return promises;
        });
    }

    private void require(SessionSettings session, DatabaseSettings settings) {
        String where = settings.uri();
        if (major() < OLDEST_MAJOR) {
            throw new UnfitDatabaseException("the database at %s is PostgreSQL %s; this service needs %s to %s"
                    .formatted(where, major(), OLDEST_MAJOR, NEWEST_MAJOR));
        }
        requireAll(session, where);
        requireAtLeast("transaction_timeout", TRANSACTION_MS_MIN, "0", where);
        requireAtLeast("temp_file_limit", TEMPORARY_KIB_MIN, "-1", where);
        if (!settings.behindPooler()) {
            requireConnections(settings);
        }
    }

    /** A setting that a role may have and that no session can change for itself. */
    private void requireAtLeast(String name, long min, String unlimited, String where) {
        String value = found.get(name);
        if (value != null && !value.equals(unlimited) && Long.parseLong(value) < min) {
            throw new UnfitDatabaseException(
                    "the database at %s has %s = %s where this service needs %s (no limit) or at least %s"
                            .formatted(where, name, value, unlimited, min));
        }
    }

    /** The start itself needs some connections beside those of the pool that it has opened by then. */
    private void requireConnections(DatabaseSettings settings) {
        int needed = Math.max(settings.poolSizeMax(), CONNECTIONS_MIN);
        int ofServer = Integer.parseInt(found.getOrDefault("max_connections", "0"))
                - Integer.parseInt(found.getOrDefault("superuser_reserved_connections", "0"));
        requireConnections(settings, ofServer, needed, "max_connections of the server");
        for (String limit : new String[] {"limit of the role", "limit of the database"}) {
            int value = Integer.parseInt(found.getOrDefault(limit, UNLIMITED));
            requireConnections(
                    settings, value < 0 ? needed : value, needed, "CONNECTION " + limit.replace("limit", "LIMIT"));
        }
    }

    private static void requireConnections(DatabaseSettings settings, int allowed, int needed, String limit) {
        if (allowed < needed) {
            throw new UnfitDatabaseException(
                    ("the database at %s lets %s have %s connections where this service needs %s: raise the %s,"
                                    + " or lower database.pool_size")
                            .formatted(settings.uri(), settings.user(), allowed, needed, limit));
        }
    }

    private int major() {
        return Integer.parseInt(found.getOrDefault("server_version_num", "0")) / NUMBERS_OF_A_MAJOR;
    }

    /** Says what may be meant but is dangerous. */
    void warn() {
        if (major() > NEWEST_MAJOR) {
            LOG.warn("PostgreSQL {} is newer than any that this service was tested on ({})", major(), NEWEST_MAJOR);
        }
        warnUnlessOn("fsync", "a crash of the server's machine can lose or corrupt everything");
        warnUnlessOn("full_page_writes", "a crash of the server's machine can corrupt data");
        if (is("is_superuser", ON)) {
            LOG.warn(
                    "The service connects to the database as a superuser, who may change what is meant to be append-only:"
                            + " give it a role of its own");
        }
    }

    private void requireAll(SessionSettings session, String where) {
        Map<String, String> needed = new LinkedHashMap<>();
        needed.put("transaction_read_only", "off");
        needed.put("transaction_isolation", "read committed");
        needed.put("session_replication_role", "origin");
        needed.put("server_encoding", "UTF8");
        needed.put("standard_conforming_strings", ON);
        needed.putAll(session.values());
        // Says nothing about transactions that begin with a level of their own, as they do behind a pooler.
        needed.remove("default_transaction_isolation");
        needed.forEach((name, value) -> {
            if (!is(name, value)) {
                throw new UnfitDatabaseException("the database at %s has %s = %s where this service needs %s"
                        .formatted(where, name, found.get(name), value));
            }
        });
    }

    private void warnUnlessOn(String name, String danger) {
        if (!is(name, ON)) {
            LOG.error(
                    "The database has {} = {}: {}. Set it to on before anybody's money is in it",
                    name,
                    found.get(name),
                    danger);
        }
    }

    private boolean is(String name, String value) {
        return value.equals(found.get(name));
    }
}
