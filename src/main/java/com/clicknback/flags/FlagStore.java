package com.clicknback.flags;

import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.ListQuery;
import com.clicknback.platform.db.Page;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The SQL of feature flags. */
final class FlagStore {
    private static final String COLUMNS =
            "f.id, f.key, f.scope_type, f.scope_id, f.enabled, f.description, f.created_at, f.updated_at";

    /** Returns the row only when it was inserted or really changed. */
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

    private static final String FIND_VALUES = """
            SELECT f.scope_type, f.scope_id, f.enabled
            FROM unnest($2::text[], $3::uuid[]) AS wanted (scope_type, scope_id)
            JOIN feature_flags f
                ON f.key = $1 AND f.scope_type = wanted.scope_type AND f.scope_id = wanted.scope_id
            UNION ALL
            SELECT scope_type, scope_id, enabled FROM feature_flags WHERE key = $1 AND scope_type = 'global'
            """;

    private FlagStore() {}

    /** Inserts or updates; empty when the flag is like that already, which then holds off changes of it. */
    static Future<Optional<Flag>> set(SqlConnection tx, Flag flag) {
        return tx.preparedQuery(SET)
                .execute(Tuple.of(
                        flag.id(),
                        flag.key(),
                        flag.scope().type().wireName(),
                        flag.scope().id(),
                        flag.enabled(),
                        flag.description(),
                        flag.updatedAt().atOffset(ZoneOffset.UTC)))
                .map(FlagStore::first);
    }

    static Future<Optional<Flag>> find(SqlConnection tx, String key, FlagScope scope) {
        return tx.preparedQuery(FIND).execute(exactly(key, scope)).map(FlagStore::first);
    }

    /** The id of the deleted flag, or empty when there was none. */
    static Future<Optional<UUID>> delete(SqlConnection tx, String key, FlagScope scope) {
        return tx.preparedQuery(DELETE).execute(exactly(key, scope)).map(rows -> {
            Iterator<Row> deleted = rows.iterator();
            return deleted.hasNext() ? Optional.of(deleted.next().getUUID("id")) : Optional.empty();
        });
    }

    private static Tuple exactly(String key, FlagScope scope) {
        return Tuple.of(key, scope.type().wireName(), scope.id());
    }

    /** The values that are set for scopes of a key; the global one is among them in any case. */
    static Future<Map<FlagScope, Boolean>> findValues(Database database, String key, Set<FlagScope> scopes) {
        List<FlagScope> wanted = List.copyOf(scopes);
        String[] types = wanted.stream().map(scope -> scope.type().wireName()).toArray(String[]::new);
        UUID[] scopeIds = wanted.stream().map(FlagScope::id).toArray(UUID[]::new);
        return database.query(FIND_VALUES, Tuple.of(key, types, scopeIds)).map(rows -> {
            Map<FlagScope, Boolean> values = new HashMap<>();
            for (Row row : rows) {
                values.put(scope(row), row.getBoolean("enabled"));
            }
            return values;
        });
    }

    static Future<Page<Flag>> list(Database database, ListFlags wanted) {
        FlagScope.Type scopeType = wanted.scopeType();
        return new ListQuery(COLUMNS, "feature_flags f", "f.created_at", "f.id")
                .where("f.key = ?", wanted.key())
                .where("f.scope_type = ?", scopeType == null ? null : scopeType.wireName())
                .where("f.scope_id = ?", wanted.scopeId())
                .fetch(database, wanted.page(), FlagStore::read);
    }

    private static Optional<Flag> first(RowSet<Row> rows) {
        Iterator<Row> found = rows.iterator();
        return found.hasNext() ? Optional.of(read(found.next())) : Optional.empty();
    }

    private static Flag read(Row row) {
        return new Flag(
                row.getUUID("id"),
                row.getString("key"),
                scope(row),
                row.getBoolean("enabled"),
                row.getString("description"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }

    private static FlagScope scope(Row row) {
        FlagScope.Type type = FlagScope.Type.valueOf(row.getString("scope_type").toUpperCase(Locale.ROOT));
        return new FlagScope(type, row.getUUID("scope_id"));
    }
}
