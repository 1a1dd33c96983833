package com.clicknback.payouts;

import com.clicknback.money.Money;
import com.clicknback.payouts.DestinationCipher.Encrypted;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
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

    /** A fingerprint is always made with the key of its payout's destination, so both change together. */
    private static final String REPLACE = """
            WITH replaced AS (
                UPDATE payouts p
                SET destination = d.destination, key_id = d.key_id
                FROM unnest($1::uuid[], $2::text[], $3::text[], $4::bytea[], $5::bytea[])
                     AS d (id, prior_key_id, key_id, destination, fingerprint)
                WHERE p.id = d.id AND p.key_id = d.prior_key_id
                RETURNING p.id, d.fingerprint
            ), fingerprints AS (
                UPDATE payout_idempotency_keys k
                SET fingerprint = r.fingerprint
                FROM replaced r
                WHERE k.payout_id = r.id
            )
            SELECT count(*) FROM replaced
            """;

    private DestinationStore() {}

    /** A destination as it is stored. */
    record Stored(UUID payoutId, Money amount, Encrypted destination) {}

    /** A destination as it is to be stored. */
    record Replacement(UUID payoutId, String priorKeyId, Encrypted destination, byte[] fingerprint) {}

    /** The destinations that another key encrypts, in the order of payout ids. */
    static Future<List<Stored>> findOfOtherKeys(SqlConnection connection, UUID after, String keyId, int rowsMax) {
        return connection
                .preparedQuery(FIND_OF_OTHER_KEYS)
                .execute(Tuple.of(after, keyId, rowsMax))
                .map(rows -> {
                    List<Stored> stored = new ArrayList<>();
                    rows.forEach(row -> stored.add(read(row)));
                    return stored;
                });
    }

    private static Stored read(Row row) {
        return new Stored(
                row.getUUID("id"),
                Money.ofMinor(row.getLong("amount_minor")),
                new Encrypted(
                        row.getString("key_id"), row.getBuffer("destination").getBytes()));
    }

    /** Replaces destinations that nobody else has replaced meanwhile; tells how many. */
    static Future<Long> replace(SqlConnection connection, List<Replacement> replacements) {
        Tuple arguments = Tuple.tuple()
                .addArrayOfUUID(replacements.stream().map(Replacement::payoutId).toArray(UUID[]::new))
                .addArrayOfString(
                        replacements.stream().map(Replacement::priorKeyId).toArray(String[]::new))
                .addArrayOfString(
                        replacements.stream().map(r -> r.destination().keyId()).toArray(String[]::new))
                .addArrayOfBuffer(replacements.stream()
                        .map(r -> Buffer.buffer(r.destination().bytes()))
                        .toArray(Buffer[]::new))
                .addArrayOfBuffer(replacements.stream()
                        .map(r -> Buffer.buffer(r.fingerprint()))
                        .toArray(Buffer[]::new));
        return connection
                .preparedQuery(REPLACE)
                .execute(arguments)
                .map(rows -> rows.iterator().next().getLong(0));
    }
}
