package com.clicknback.payouts;

import com.clicknback.platform.db.Arguments;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.Rows;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
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
     * @param answer the answer to the first request
     */
    record Used(byte[] fingerprint, String keyId, Payout answer) {}

    /** Must be called once the user's wallet is locked: simultaneous uses of one key queue there. */
    static Future<Optional<Used>> find(SqlConnection tx, UUID userId, String key) {
        return tx.preparedQuery(FIND)
                .mapping(IdempotencyStore::read)
                .execute(Tuple.of(userId, key))
                .map(Rows::first);
    }

    /** The payout as the first answer showed it: the columns read never change, and all others were empty then. */
    private static Used read(Row row) {
        Payout answer = Payout.requested(
                row.getUUID("id"),
                row.getUUID("user_id"),
                Rows.money(row, "amount_minor"),
                row.getString("iban_last4"),
                Rows.instant(row, "requested_at"));
        return new Used(row.getBuffer("fingerprint").getBytes(), row.getString("key_id"), answer);
    }

    static Future<Void> insert(SqlConnection tx, String key, byte[] fingerprint, Payout payout) {
        return tx.preparedQuery(INSERT)
                .execute(Arguments.of(
                        payout.userId(), key, Buffer.buffer(fingerprint), payout.id(), payout.requestedAt()))
                .mapEmpty();
    }

    /** Deletes the oldest keys from before a time, at most a batch; returns how many. */
    static Future<Integer> purge(Database database, Instant before, int keysMax) {
        return database.query(PURGE, Arguments.of(before, keysMax)).map(deleted -> deleted.rowCount());
    }
}
