package com.clicknback.payouts;

import com.clicknback.money.Money;
import com.clicknback.payouts.DestinationCipher.Encrypted;
import com.clicknback.platform.db.Rows;
import com.clicknback.platform.db.Unnest;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
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

    private DestinationStore() {}

    /** A destination as it is stored. */
    record Stored(UUID payoutId, Money amount, Encrypted destination) {}

    /** A destination as it is to be stored. */
    record Replacement(UUID payoutId, String priorKeyId, Encrypted destination, byte[] fingerprint) {}

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
                new Encrypted(
                        row.getString("key_id"), row.getBuffer("destination").getBytes()));
    }

    /** Replaces the destinations that nobody else has replaced meanwhile; returns how many. */
    static Future<Long> replace(SqlConnection connection, List<Replacement> replacements) {
        return connection
                .preparedQuery(REPLACE)
                .execute(REPLACEMENTS.bind(replacements))
                .map(rows -> rows.iterator().next().getLong("replaced"));
    }
}
