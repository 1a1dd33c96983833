package com.clicknback.platform.db;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The settings of each session of the service, whatever the server, the database or the role says: those that its
 * promises rest on, and those that its plans need. A direct connection has them from its start; behind a pooler each
 * transaction begins with them.
 */
public final class SessionSettings {
    static final String SYNCHRONOUS_COMMIT = "synchronous_commit";

    /** The messages of the server that a session is sent; each is a line of the log. */
    static final Map<String, String> MESSAGES = Map.of("client_min_messages", "warning");

    /** The schema of all tables. Another one before it on a role's path would hide them, or take what a migration makes. */
    public static final String SCHEMA = "public";

    /** Stronger or at least as strong as {@code on} where there is a standby: an operator's choice that stands. */
    private static final String REMOTE = "remote_";

    private static final String DURABLE = "on";

    /**
     * Everything that a request or a follower looks for has an index. Plans are made when a session first needs them and
     * kept for long: one made while a table was still empty would go on scanning it while it grows. Before PostgreSQL 18
     * a plan that still scans seems so dear that the server would compile it each time, unless told not to.
     */
    private static final Map<String, String> SEARCH_BY_INDEX =
            Map.of("enable_seqscan", "off", "enable_hashjoin", "off", "enable_mergejoin", "off", "jit", "off");

    private final Map<String, String> values;

    private SessionSettings(Map<String, String> values) {
        this.values = values;
    }

    /** For requests and followers. */
    static SessionSettings ofService(int statementTimeoutMs) {
        SessionSettings settings = ofReports(statementTimeoutMs);
        settings.values.putAll(SEARCH_BY_INDEX);
        return settings;
    }

    /** For queries that read whole tables. */
    static SessionSettings ofReports(int statementTimeoutMs) {
        String timeoutMs = Integer.toString(statementTimeoutMs);
        Map<String, String> values = new LinkedHashMap<>();
        values.put(SYNCHRONOUS_COMMIT, DURABLE);
        values.put("default_transaction_isolation", "read committed");
        values.put("TimeZone", "UTC");
        values.put("search_path", SCHEMA);
        values.putAll(MESSAGES);
        values.putAll(timeLimits(timeoutMs));
        return new SessionSettings(values);
    }

    /** The limits of time that a role may have otherwise, by name. */
    static Map<String, String> timeLimits(String timeoutMs) {
        Map<String, String> limits = new LinkedHashMap<>();
        limits.put("statement_timeout", timeoutMs);
        limits.put("idle_in_transaction_session_timeout", timeoutMs);
        // A wait for a wallet is no failure, and the pool itself ends connections that it no longer needs.
        limits.put("lock_timeout", "0");
        limits.put("idle_session_timeout", "0");
        return limits;
    }

    /** The option of a connection that migrates: a step may take long, and lasts as anything else does. */
    public static String optionsOfMigrations() {
        Map<String, String> values = timeLimits("0");
        values.put(SYNCHRONOUS_COMMIT, DURABLE);
        return values.entrySet().stream()
                .map(entry -> "-c " + entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    }

    /** By name. */
    Map<String, String> values() {
        return values;
    }

    /** The value of a session for a role's own value. */
    static String durabilityFor(String ofRole) {
        return ofRole.startsWith(REMOTE) ? ofRole : DURABLE;
    }

    /** The same with another value of {@link #SYNCHRONOUS_COMMIT}. */
    SessionSettings withDurability(String value) {
        Map<String, String> changed = new LinkedHashMap<>(values);
        changed.put(SYNCHRONOUS_COMMIT, value);
        return new SessionSettings(changed);
    }

    /** Statements that give them to the transaction that runs them; its isolation is another matter. */
    String ofTransaction() {
        return values.entrySet().stream()
                .map(entry -> "SET LOCAL " + entry.getKey() + " = '" + entry.getValue() + "'")
                .collect(Collectors.joining("; "));
    }
}
