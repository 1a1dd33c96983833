package com.clicknback.payouts;

import com.clicknback.money.Money;
import com.clicknback.platform.crypto.Sealed;
import com.clicknback.platform.db.Arguments;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.ListQuery;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.Rows;
import com.clicknback.platform.db.Words;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of payouts. */
final class PayoutStore {
    /** The constraint that an erased account gets no payout. */
    static final String NOT_ERASED = "payouts_of_erased_account";

    /** All but the destination, which is read for paying only. */
    private static final String COLUMNS = """
            p.id, p.user_id, p.amount_minor, p.method, p.iban_last4, p.status, p.requested_at, p.processed_at,
            p.external_reference, p.failure_reason
            """;

    private static final String FROM = "payouts p";

    private static final String FIND = "SELECT " + COLUMNS + " FROM " + FROM + " WHERE p.id = $1";

    private static final String FIND_OWNER = "SELECT user_id FROM payouts WHERE id = $1";

    private static final String FIND_PROCESSED_BY = """
            SELECT processing_by FROM payouts WHERE id = $1 AND processing_by IS NOT NULL
            """;

    private static final String SUM_REQUESTED = """
            SELECT coalesce(sum(amount_minor), 0)::bigint AS sum_minor
            FROM payouts
            WHERE user_id = $1 AND requested_at > $2 AND status <> 'failed'
            """;

    private static final String INSERT = """
            INSERT INTO payouts
                (id, user_id, amount_minor, currency, method, destination, key_id, iban_last4, status, requested_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """;

    private static final String CHANGE = """
            UPDATE payouts
            SET status = $2, processed_at = $3, external_reference = $4, failure_reason = $5,
                processing_by = CASE $2 WHEN 'processing' THEN $6 ELSE processing_by END
            WHERE id = $1
            """;

    private PayoutStore() {}

    static Future<Optional<Payout>> find(Database database, UUID id) {
        return database.query(FIND, Tuple.of(id), PayoutStore::read).map(Rows::first);
    }

    static Future<Page<Payout>> list(Database database, Payouts.List wanted) {
        return new ListQuery(COLUMNS, FROM, "p.requested_at", "p.id")
                .where("p.status = ?", Words.of(wanted.status()))
                .where("p.user_id = ?", wanted.userId())
                .between(wanted.startDate(), wanted.endDate())
                .fetch(database, wanted.page(), PayoutStore::read);
    }

    static Future<Optional<UUID>> findOwner(SqlConnection tx, UUID id) {
        return tx.preparedQuery(FIND_OWNER)
                .mapping(row -> row.getUUID("user_id"))
                .execute(Tuple.of(id))
                .map(Rows::first);
    }

    /** Must be called once the owner's wallet is locked: from then on nobody else changes this payout. */
    static Future<Payout> read(SqlConnection tx, UUID id) {
        return tx.preparedQuery(FIND)
                .mapping(PayoutStore::read)
                .execute(Tuple.of(id))
                .map(rows -> rows.iterator().next());
    }

    /** The sum of a user's payouts since a time, without failed ones. */
    static Future<Money> sumRequested(SqlConnection tx, UUID userId, Instant after) {
        return tx.preparedQuery(SUM_REQUESTED)
                .mapping(row -> Rows.money(row, "sum_minor"))
                .execute(Arguments.of(userId, after))
                .map(rows -> rows.iterator().next());
    }

    static Future<Void> insert(SqlConnection tx, Payout payout, Sealed destination) {
        return tx.preparedQuery(INSERT)
                .execute(Arguments.of(
                        payout.id(),
                        payout.userId(),
                        payout.amount(),
                        payout.amount().currency().name(),
                        payout.method(),
                        Buffer.buffer(destination.bytes()),
                        destination.keyId(),
                        payout.ibanLast4(),
                        payout.status(),
                        payout.requestedAt()))
                .mapEmpty();
    }

    /** The administrator who set a payout to processing; empty for none. */
    static Future<Optional<UUID>> findProcessedBy(SqlConnection tx, UUID id) {
        return tx.preparedQuery(FIND_PROCESSED_BY)
                .mapping(row -> row.getUUID("processing_by"))
                .execute(Tuple.of(id))
                .map(Rows::first);
    }

    /**
     * Stores the columns that change from state to state.
     *
     * @param adminId the author of the change
     */
    static Future<Void> change(SqlConnection tx, Payout payout, @Nullable UUID adminId) {
        return tx.preparedQuery(CHANGE)
                .execute(Arguments.of(
                        payout.id(),
                        payout.status(),
                        payout.processedAt(),
                        payout.externalReference(),
                        payout.failureReason(),
                        adminId))
                .mapEmpty();
    }

    private static Payout read(Row row) {
        return new Payout(
                row.getUUID("id"),
                row.getUUID("user_id"),
                Rows.money(row, "amount_minor"),
                Rows.word(row, "method", PayoutMethod.class),
                row.getString("iban_last4"),
                Rows.word(row, "status", PayoutStatus.class),
                Rows.instant(row, "requested_at"),
                Rows.instantOrNull(row, "processed_at"),
                row.getString("external_reference"),
                row.getString("failure_reason"));
    }
}
