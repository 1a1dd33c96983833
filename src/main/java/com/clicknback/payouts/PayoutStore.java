package com.clicknback.payouts;

import com.clicknback.money.Money;
import com.clicknback.payouts.DestinationCipher.Encrypted;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.ListQuery;
import com.clicknback.platform.db.Page;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of payouts. */
final class PayoutStore {
    /** Never the destination: it is read for paying only. */
    private static final String COLUMNS = """
            p.id, p.user_id, p.amount_minor, p.method, p.iban_last4, p.status, p.requested_at, p.processed_at,
            p.external_reference, p.failure_reason
            """;

    private static final String FROM = "payouts p";

    private static final String FIND = "SELECT " + COLUMNS + " FROM " + FROM + " WHERE p.id = $1";

    private static final String FIND_OWNER = "SELECT user_id FROM payouts WHERE id = $1";

    private static final String SUM_REQUESTED = """
            SELECT coalesce(sum(amount_minor), 0)::bigint
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
            SET status = $2, processed_at = $3, external_reference = $4, failure_reason = $5
            WHERE id = $1
            """;

    private PayoutStore() {}

    static Future<Optional<Payout>> find(Database database, UUID id) {
        return database.query(FIND, Tuple.of(id)).map(PayoutStore::first);
    }

    static Future<Page<Payout>> list(Database database, ListPayouts wanted) {
        PayoutStatus status = wanted.status();
        return new ListQuery(COLUMNS, FROM, "p.requested_at", "p.id")
                .where("p.status = ?", status == null ? null : status.wireName())
                .where("p.user_id = ?", wanted.userId())
                .between(wanted.startDate(), wanted.endDate())
                .fetch(database, wanted.page(), PayoutStore::read);
    }

    static Future<Optional<UUID>> findOwner(SqlConnection tx, UUID id) {
        return tx.preparedQuery(FIND_OWNER)
                .execute(Tuple.of(id))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(rows.iterator().next().getUUID(0)));
    }

    /** Read once the owner's wallet is locked: from then on nobody else changes this payout. */
    static Future<Payout> read(SqlConnection tx, UUID id) {
        return tx.preparedQuery(FIND)
                .execute(Tuple.of(id))
                .map(rows -> first(rows).orElseThrow());
    }

    /** The sum of a user's payouts since a time, without failed ones. */
    static Future<Money> sumRequested(SqlConnection tx, UUID userId, Instant after) {
        return tx.preparedQuery(SUM_REQUESTED)
                .execute(Tuple.of(userId, utc(after)))
                .map(rows -> Money.ofMinor(rows.iterator().next().getLong(0)));
    }

    static Future<Void> insert(SqlConnection tx, Payout payout, Encrypted destination) {
        Tuple arguments = Tuple.of(payout.id(), payout.userId())
                .addLong(payout.amount().minor())
                .addString(payout.amount().currency().name())
                .addString(payout.method().name().toLowerCase(Locale.ROOT))
                .addBuffer(Buffer.buffer(destination.bytes()))
                .addString(destination.keyId())
                .addString(payout.ibanLast4())
                .addString(payout.status().wireName())
                .addOffsetDateTime(utc(payout.requestedAt()));
        return tx.preparedQuery(INSERT).execute(arguments).mapEmpty();
    }

    /** Stores what changes on the way of a payout. */
    static Future<Void> change(SqlConnection tx, Payout payout) {
        Instant processedAt = payout.processedAt();
        Tuple arguments = Tuple.of(payout.id(), payout.status().wireName())
                .addOffsetDateTime(processedAt == null ? null : utc(processedAt))
                .addString(payout.externalReference())
                .addString(payout.failureReason());
        return tx.preparedQuery(CHANGE).execute(arguments).mapEmpty();
    }

    private static Optional<Payout> first(RowSet<Row> rows) {
        return rows.size() == 0
                ? Optional.empty()
                : Optional.of(read(rows.iterator().next()));
    }

    private static Payout read(Row row) {
        return new Payout(
                row.getUUID("id"),
                row.getUUID("user_id"),
                Money.ofMinor(row.getLong("amount_minor")),
                PayoutMethod.valueOf(row.getString("method").toUpperCase(Locale.ROOT)),
                row.getString("iban_last4"),
                PayoutStatus.ofWireName(row.getString("status")),
                row.getOffsetDateTime("requested_at").toInstant(),
                instant(row.getOffsetDateTime("processed_at")),
                row.getString("external_reference"),
                row.getString("failure_reason"));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
