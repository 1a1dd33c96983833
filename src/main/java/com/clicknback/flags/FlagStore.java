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
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
            SELECT (SELECT enabled FROM feature_flags
                    WHERE key = $1 AND scope_type = $2 AND scope_id IS NOT DISTINCT FROM $3) AS scoped,
                   (SELECT enabled FROM feature_flags WHERE key = $1 AND scope_type = 'global') AS global
            """;

    private static final String FIND_VALUES_OF_SUBJECTS = """
            SELECT of_user.enabled AS of_user, of_merchant.enabled AS of_merchant, global.enabled AS global
            FROM unnest($2::uuid[], $3::uuid[]) WITH ORDINALITY AS subject (user_id, merchant_id, place)
            LEFT JOIN feature_flags of_user
                ON of_user.key = $1 AND of_user.scope_type = 'user' AND of_user.scope_id = subject.user_id
            LEFT JOIN feature_flags of_merchant
                ON of_merchant.key = $1 AND of_merchant.scope_type = 'merchant'
                   AND of_merchant.scope_id = subject.merchant_id
            LEFT JOIN feature_flags global ON global.key = $1 AND global.scope_type = 'global'
            ORDER BY subject.place
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

    /** The value in force. */
    static Future<Boolean> resolve(Database database, String key, FlagScope scope) {
        return database.query(FIND_VALUES, exactly(key, scope)).map(rows -> {
            Row values = rows.iterator().next();
            return FlagResolution.resolve(values.getBoolean("scoped"), values.getBoolean("global"));
        });
    }

    /** For each subject, in their order, whether the values in force for user and merchant are both true. */
    static Future<List<Boolean>> resolve(Database database, String key, List<EvaluateFlags.Subject> subjects) {
        UUID[] users = subjects.stream().map(EvaluateFlags.Subject::userId).toArray(UUID[]::new);
        UUID[] merchants =
                subjects.stream().map(EvaluateFlags.Subject::merchantId).toArray(UUID[]::new);
        return database.query(FIND_VALUES_OF_SUBJECTS, Tuple.of(key, users, merchants))
                .map(rows -> {
                    List<Boolean> enabled = new ArrayList<>(subjects.size());
                    for (Row values : rows) {
                        Boolean global = values.getBoolean("global");
                        enabled.add(FlagResolution.resolve(values.getBoolean("of_user"), global)
                                && FlagResolution.resolve(values.getBoolean("of_merchant"), global));
                    }
                    return List.copyOf(enabled);
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
        FlagScope.Type scopeType =
                FlagScope.Type.valueOf(row.getString("scope_type").toUpperCase(Locale.ROOT));
        return new Flag(
                row.getUUID("id"),
                row.getString("key"),
                new FlagScope(scopeType, row.getUUID("scope_id")),
                row.getBoolean("enabled"),
                row.getString("description"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }
}
