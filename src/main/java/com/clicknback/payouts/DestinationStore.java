package com.clicknback.payouts;

import com.clicknback.money.Money;
import com.clicknback.platform.crypto.Sealed;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.Rows;
import com.clicknback.platform.db.Unnest;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The SQL of stored destinations. */
final class DestinationStore {
    private static final String FIND_OF_OTHER_KEYS = """
            SELECT id, amount_minor, destination, key_id
            FROM payouts
            WHERE id > $1 AND key_id <> $2
            ORDER BY id
            LIMIT $3
            """;

    /** Skips from one key to the next in their index: there are few keys, and perhaps many payouts. */
    private static final String OTHER_KEYS = """
            WITH RECURSIVE keys AS (
                (SELECT key_id FROM payouts ORDER BY key_id LIMIT 1)
                UNION ALL
                SELECT (SELECT p.key_id FROM payouts p WHERE p.key_id > k.key_id ORDER BY p.key_id LIMIT 1)
                FROM keys k
                WHERE k.key_id IS NOT NULL
            )
            SELECT key_id
            FROM keys
            WHERE key_id <> ALL ($1)
            """;

    private static final Unnest<Replacement> REPLACEMENTS = Unnest.of(Replacement.class)
            .uuid("id", Replacement::payoutId)
            .text("prior_key_id", Replacement::priorKeyId)
            .text("key_id", r -> r.destination().keyId())
            .bytea("destination", r -> Buffer.buffer(r.destination().bytes()))
            .bytea("fingerprint", r -> Buffer.buffer(r.fingerprint()));

    /** A fingerprint is always made with the key of its payout's destination, so both change together. */
    private static final String REPLACE = REPLACEMENTS.into("d", """
            WITH replaced AS (
                UPDATE payouts p
                SET destination = d.destination, key_id = d.key_id
                FROM {d}
                WHERE p.id = d.id AND p.key_id = d.prior_key_id
                RETURNING p.id, d.fingerprint
            ), fingerprints AS (
                UPDATE payout_idempotency_keys k
                SET fingerprint = r.fingerprint
                FROM replaced r
                WHERE k.payout_id = r.id
            )
            SELECT count(*) AS replaced FROM replaced
            """);

    private static final String COUNT_OF_USER = """
            SELECT count(*) AS destinations FROM payouts WHERE user_id = $1 AND destination IS NOT NULL
            """;

    /** The keys go with the fingerprints: their texts are of the user's choice. */
    private static final String ERASE_OF_USER = """
            WITH forgotten AS (
                DELETE FROM payout_idempotency_keys WHERE user_id = $1
            )
            UPDATE payouts SET destination = NULL, key_id = NULL WHERE user_id = $1 AND destination IS NOT NULL
            """;

    private DestinationStore() {}

    /** A destination as it is stored. */
    record Stored(UUID payoutId, Money amount, Sealed destination) {}

    /** A destination as it is to be stored. */
    record Replacement(UUID payoutId, String priorKeyId, Sealed destination, byte[] fingerprint) {}

    /** The destinations that another key encrypts, in the order of payout ids. */
    static Future<List<Stored>> findOfOtherKeys(SqlConnection connection, UUID after, String keyId, int rowsMax) {
        return connection
                .preparedQuery(FIND_OF_OTHER_KEYS)
                .mapping(DestinationStore::read)
                .execute(Tuple.of(after, keyId, rowsMax))
                .map(Rows::list);
    }

    private static Stored read(Row row) {
        return new Stored(
                row.getUUID("id"),
                Rows.money(row, "amount_minor"),
                new Sealed(row.getString("key_id"), row.getBuffer("destination").getBytes()));
    }

    /** Replaces the destinations that nobody else has replaced meanwhile; returns how many. */
    static Future<Long> replace(SqlConnection connection, List<Replacement> replacements) {
        return connection
                .preparedQuery(REPLACE)
                .execute(REPLACEMENTS.bind(replacements))
                .map(rows -> rows.iterator().next().getLong("replaced"));
    }

    /** The keys in use beside the given ones. */
    static Future<List<String>> otherKeysThan(Database database, Set<String> keyIds) {
        return database.query(
                        OTHER_KEYS, Tuple.of((Object) keyIds.toArray(String[]::new)), row -> row.getString("key_id"))
                .map(Rows::list);
    }

    static Future<Long> countOfUser(SqlConnection connection, UUID userId) {
        return connection
                .preparedQuery(COUNT_OF_USER)
                .execute(Tuple.of(userId))
                .map(rows -> rows.iterator().next().getLong("destinations"));
    }

    /** Deletes the destinations of a user's payouts, with their fingerprints. The database refuses it for open payouts. */
    static Future<Void> eraseOfUser(SqlConnection tx, UUID userId) {
        return tx.preparedQuery(ERASE_OF_USER).execute(Tuple.of(userId)).mapEmpty();
    }
}
