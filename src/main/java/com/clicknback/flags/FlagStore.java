package com.clicknback.flags;

import com.clicknback.platform.db.Arguments;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.ListQuery;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.Rows;
import com.clicknback.platform.db.Unnest;
import com.clicknback.platform.db.Words;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The SQL of feature flags. */
final class FlagStore {
    private static final String COLUMNS =
            "f.id, f.key, f.scope_type, f.scope_id, f.enabled, f.description, f.created_at, f.updated_at";

    /** Returns the row only when it was inserted or changed. */
    private static final String SET = """
            INSERT INTO feature_flags AS f
                (id, key, scope_type, scope_id, enabled, description, created_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $7)
            ON CONFLICT ON CONSTRAINT feature_flags_scope_key DO UPDATE
            SET enabled = excluded.enabled,
                description = coalesce(excluded.description, f.description),
                updated_at = excluded.updated_at
            WHERE f.enabled <> excluded.enabled
               OR f.description IS DISTINCT FROM coalesce(excluded.description, f.description)
            RETURNING\s""" + COLUMNS;

    private static final String FIND = "SELECT " + COLUMNS + """
             FROM feature_flags f
            WHERE f.key = $1 AND f.scope_type = $2 AND f.scope_id IS NOT DISTINCT FROM $3
            """;

    private static final String DELETE = """
            DELETE FROM feature_flags
            WHERE key = $1 AND scope_type = $2 AND scope_id IS NOT DISTINCT FROM $3
            RETURNING id
            """;

    private static final Unnest<FlagScope> SCOPES =
            Unnest.of(FlagScope.class).word("scope_type", FlagScope::type).uuid("scope_id", FlagScope::id);

    private static final String FIND_VALUES = SCOPES.into("wanted", """
            SELECT f.scope_type, f.scope_id, f.enabled
            FROM {wanted}
            JOIN feature_flags f
                ON f.key = $1 AND f.scope_type = wanted.scope_type AND f.scope_id = wanted.scope_id
            UNION ALL
            SELECT scope_type, scope_id, enabled FROM feature_flags WHERE key = $1 AND scope_type = 'global'
            """);

    private static final String CLEAR_DESCRIPTIONS = """
            UPDATE feature_flags SET description = NULL
            WHERE scope_id = $1 AND scope_type = 'user' AND description IS NOT NULL
            """;

    private static final String FIND_VALUES_OF_KEYS = SCOPES.into("wanted", """
            SELECT f.key, f.scope_type, f.scope_id, f.enabled
            FROM {wanted}
            CROSS JOIN unnest($1::text[]) AS k (key)
            JOIN feature_flags f
                ON f.key = k.key AND f.scope_type = wanted.scope_type AND f.scope_id = wanted.scope_id
            UNION ALL
            SELECT key, scope_type, scope_id, enabled FROM feature_flags WHERE key = ANY($1) AND scope_type = 'global'
            """);

    private FlagStore() {}

    /** Inserts or updates; empty when the flag is like that already, in which case its row is locked. */
    static Future<Optional<Flag>> set(SqlConnection tx, Flag flag) {
        return tx.preparedQuery(SET)
                .mapping(FlagStore::read)
                .execute(Arguments.of(
                        flag.id(),
                        flag.key(),
                        flag.scope().type(),
                        flag.scope().id(),
                        flag.enabled(),
                        flag.description(),
                        flag.updatedAt()))
                .map(Rows::first);
    }

    static Future<Optional<Flag>> find(SqlConnection tx, String key, FlagScope scope) {
        return tx.preparedQuery(FIND)
                .mapping(FlagStore::read)
                .execute(exactly(key, scope))
                .map(Rows::first);
    }

    /** Deletes a flag and returns its id, or empty when there was none. */
    static Future<Optional<UUID>> delete(SqlConnection tx, String key, FlagScope scope) {
        return tx.preparedQuery(DELETE)
                .mapping(row -> row.getUUID("id"))
                .execute(exactly(key, scope))
                .map(Rows::first);
    }

    private static Tuple exactly(String key, FlagScope scope) {
        return Arguments.of(key, scope.type(), scope.id());
    }

    /** The values that are set for scopes of a key; always with the global one, if it is set. */
    static Future<Map<FlagScope, Boolean>> findValues(Database database, String key, Set<FlagScope> scopes) {
        return database.query(FIND_VALUES, SCOPES.bind(scopes, key))
                .map(rows -> rows.stream().collect(Rows.byKey(FlagStore::scope, row -> row.getBoolean("enabled"))));
    }

    /** The same of several keys, as the connection sees them. */
    static Future<Map<String, Map<FlagScope, Boolean>>> findValues(
            SqlConnection connection, Collection<String> keys, Set<FlagScope> scopes) {
        return connection
                .preparedQuery(FIND_VALUES_OF_KEYS)
                .execute(SCOPES.bind(scopes, (Object) keys.toArray(String[]::new)))
                .map(rows -> {
                    Map<String, Map<FlagScope, Boolean>> values = new HashMap<>();
                    rows.forEach(row -> values.computeIfAbsent(row.getString("key"), key -> new HashMap<>())
                            .put(scope(row), row.getBoolean("enabled")));
                    return values;
                });
    }

    static Future<Page<Flag>> list(Database database, Flags.List wanted) {
        return new ListQuery(COLUMNS, "feature_flags f", "f.created_at", "f.id")
                .where("f.key = ?", wanted.key())
                .where("f.scope_type = ?", Words.of(wanted.scopeType()))
                .where("f.scope_id = ?", wanted.scopeId())
                .fetch(database, wanted.page(), FlagStore::read);
    }

    static Future<Void> clearDescriptions(SqlConnection tx, UUID userId) {
        return tx.preparedQuery(CLEAR_DESCRIPTIONS).execute(Tuple.of(userId)).mapEmpty();
    }

    private static Flag read(Row row) {
        return new Flag(
                row.getUUID("id"),
                row.getString("key"),
                scope(row),
                row.getBoolean("enabled"),
                row.getString("description"),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "updated_at"));
    }

    private static FlagScope scope(Row row) {
        return new FlagScope(Rows.word(row, "scope_type", FlagScope.Type.class), row.getUUID("scope_id"));
    }
}
