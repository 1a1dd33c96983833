package com.clicknback.payouts;

import com.clicknback.money.Money;
import com.clicknback.platform.db.Database;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/** The SQL of idempotency keys, which users give their payout requests. */
final class IdempotencyStore {
    private static final String FIND = """
            SELECT k.fingerprint, p.key_id, p.id, p.user_id, p.amount_minor, p.iban_last4, p.requested_at
            FROM payout_idempotency_keys k
            JOIN payouts p ON p.id = k.payout_id
            WHERE k.user_id = $1 AND k.key = $2
            """;

    private static final String INSERT = """
            INSERT INTO payout_idempotency_keys (user_id, key, fingerprint, payout_id, created_at)
            VALUES ($1, $2, $3, $4, $5)
            """;

    private static final String PURGE = """
            DELETE FROM payout_idempotency_keys
            WHERE payout_id IN (
                SELECT payout_id
                FROM payout_idempotency_keys
                WHERE created_at < $1
                ORDER BY created_at
                LIMIT $2
                FOR UPDATE SKIP LOCKED)
            """;

    private IdempotencyStore() {}

    /**
     * A key in use.
     *
     * @param keyId of the encryption key that the fingerprint was made with
     * @param answer what the first request was answered
     */
    record Used(byte[] fingerprint, String keyId, Payout answer) {}

    /** Read once the user's wallet is locked: simultaneous uses of one key queue there. */
    static Future<Optional<Used>> find(SqlConnection tx, UUID userId, String key) {
        return tx.preparedQuery(FIND)
                .execute(Tuple.of(userId, key))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(read(rows.iterator().next())));
    }

    /** A payout as it was requested: what its answer showed never changes, and the rest was empty. */
    private static Used read(Row row) {
        Payout answer = Payout.requested(
                row.getUUID("id"),
                row.getUUID("user_id"),
                Money.ofMinor(row.getLong("amount_minor")),
                row.getString("iban_last4"),
                row.getOffsetDateTime("requested_at").toInstant());
        return new Used(row.getBuffer("fingerprint").getBytes(), row.getString("key_id"), answer);
    }

    static Future<Void> insert(SqlConnection tx, String key, byte[] fingerprint, Payout payout) {
        return tx.preparedQuery(INSERT)
                .execute(Tuple.of(
                        payout.userId(),
                        key,
                        Buffer.buffer(fingerprint),
                        payout.id(),
                        payout.requestedAt().atOffset(ZoneOffset.UTC)))
                .mapEmpty();
    }

    /** Forgets the oldest keys from before a time, no more than a batch; tells how many. */
    static Future<Integer> purge(Database database, Instant before, int keysMax) {
        return database.query(PURGE, Tuple.of(before.atOffset(ZoneOffset.UTC), keysMax))
                .map(deleted -> deleted.rowCount());
    }
}
