package com.clicknback.purchases;

import com.clicknback.money.Money;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.ListQuery;
import com.clicknback.platform.db.Page;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL that reads purchases. */
final class PurchaseStore {
    private static final String COLUMNS = """
      p.id, p.external_id, p.user_id, p.merchant_id, m.name AS merchant_name, p.offer_id, p.partner_id,
      p.amount_minor, p.currency, p.status, p.cashback_minor, p.rejection_reason, p.purchased_at, p.created_at,
      p.updated_at, c.credited_at,
      c.amount_minor - CASE WHEN p.refunded_minor = 0 THEN 0 ELSE (
          SELECT coalesce(sum(r.cashback_minor), 0)::bigint FROM refunds r WHERE r.purchase_id = p.id)
      END AS held_minor
      """;

    private static final String FROM = """
      purchases p
      JOIN merchants m ON m.id = p.merchant_id
      LEFT JOIN cashback_credits c ON c.purchase_id = p.id
      """;

    private static final String FIND = "SELECT " + COLUMNS + " FROM " + FROM + " WHERE p.id = $1";

    /** A list counts without the joins, which neither add nor remove rows. */
    private static final String COUNTED_FROM = "purchases p";

    private PurchaseStore() {}

    static Future<Optional<Purchase>> find(Database database, UUID id) {
        return database.query(FIND, Tuple.of(id)).map(PurchaseStore::first);
    }

    /** The same on a given connection. */
    static Future<Optional<Purchase>> find(SqlConnection connection, UUID id) {
        return connection.preparedQuery(FIND).execute(Tuple.of(id)).map(PurchaseStore::first);
    }

    private static Optional<Purchase> first(RowSet<Row> rows) {
        return rows.stream().findFirst().map(PurchaseStore::read);
    }

    static Future<Page<Purchase>> list(Database database, ListPurchases wanted) {
        PurchaseStatus status = wanted.status();
        return new ListQuery(COLUMNS, FROM, "p.created_at", "p.id")
                .countedFrom(COUNTED_FROM)
                .where("p.status = ?", status == null ? null : status.wireName())
                .where("p.user_id = ?", wanted.userId())
                .where("p.merchant_id = ?", wanted.merchantId())
                .between(wanted.startDate(), wanted.endDate())
                .fetch(database, wanted.page(), PurchaseStore::read);
    }

    private static Purchase read(Row row) {
        PurchaseStatus status = PurchaseStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT));
        Long held = row.getLong("held_minor");
        UUID partnerId = row.getUUID("partner_id");
        return new Purchase(
                row.getUUID("id"),
                row.getString("external_id"),
                row.getUUID("user_id"),
                row.getUUID("merchant_id"),
                row.getString("merchant_name"),
                row.getUUID("offer_id"),
                partnerId == null ? Purchase.SOURCE_USER : partnerId.toString(),
                Money.ofMinor(row.getLong("amount_minor")),
                row.getString("currency"),
                status,
                cashbackAmount(status, held, row.getLong("cashback_minor")),
                cashbackStatus(status, held),
                row.getString("rejection_reason"),
                instant(row, "purchased_at"),
                instant(row, "created_at"),
                lastChange(row));
    }

    private static Money cashbackAmount(PurchaseStatus status, @Nullable Long heldMinor, long calculatedMinor) {
        if (status == PurchaseStatus.REVERSED) {
            return Money.ZERO;
        }
        return Money.ofMinor(heldMinor == null ? calculatedMinor : heldMinor);
    }

    /** Section 7.3: a state change of an uncredited purchase credits it first, so the two facts give the third. */
    private static @Nullable String cashbackStatus(PurchaseStatus status, @Nullable Long heldMinor) {
        if (heldMinor == null) {
            return null;
        }
        return status == PurchaseStatus.CONFIRMED ? "available" : status.wireName();
    }

    private static Instant lastChange(Row row) {
        Instant updatedAt = instant(row, "updated_at");
        if (row.getOffsetDateTime("credited_at") == null) {
            return updatedAt;
        }
        Instant creditedAt = instant(row, "credited_at");
        return creditedAt.isAfter(updatedAt) ? creditedAt : updatedAt;
    }

    private static Instant instant(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }
}
