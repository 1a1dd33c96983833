package com.clicknback.purchases;

import com.clicknback.clicks.ClickId;
import com.clicknback.money.Money;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.ListQuery;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.Rows;
import com.clicknback.platform.db.Words;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL that reads purchases. */
final class PurchaseStore {
    private static final String COLUMNS = """
      p.id, p.external_id, p.user_id, p.merchant_id, m.name AS merchant_name, p.offer_id, p.click_id, p.partner_id,
      coalesce(p.corrected_minor, p.amount_minor) AS gross_minor, p.currency, p.status, p.cashback_minor,
      p.rejection_reason, p.purchased_at, p.created_at, p.updated_at, c.credited_at,
      coalesce(p.held, false) AS held, p.payable_at, coalesce(p.rerated_minor, c.amount_minor) AS held_minor
      """;

    private static final String FROM = """
      purchases p
      JOIN merchants m ON m.id = p.merchant_id
      LEFT JOIN cashback_credits c ON c.purchase_id = p.id
      """;

    private static final String FIND = "SELECT " + COLUMNS + " FROM " + FROM + " WHERE p.id = $1";

    /** The ids come from queries of their own, which have one index to search. */
    static final String FIND_BY_EXTERNAL_ID = "SELECT " + COLUMNS + " FROM " + FROM + """
      WHERE p.id = ANY (
          ARRAY(SELECT id FROM purchases WHERE external_id = $1 LIMIT $2)
          || ARRAY(SELECT purchase_id FROM purchase_orders WHERE order_ref = $1 LIMIT $2)
          || ARRAY(SELECT purchase_id FROM purchase_orders WHERE user_external_id = $1))
      """;

    private static final int SAME_EXTERNAL_ID_MAX = 5;

    /** A list counts without the joins, which neither add nor remove rows. */
    private static final String COUNTED_FROM = "purchases p";

    private PurchaseStore() {}

    static Future<Optional<Purchase>> find(Database database, UUID id) {
        return database.query(FIND, Tuple.of(id), PurchaseStore::read).map(Rows::first);
    }

    /** The same on a given connection. */
    static Future<Optional<Purchase>> find(SqlConnection connection, UUID id) {
        return connection
                .preparedQuery(FIND)
                .mapping(PurchaseStore::read)
                .execute(Tuple.of(id))
                .map(Rows::first);
    }

    static Future<List<Purchase>> findByExternalId(Database database, String externalId) {
        return database.query(FIND_BY_EXTERNAL_ID, Tuple.of(externalId, SAME_EXTERNAL_ID_MAX), PurchaseStore::read)
                .map(Rows::list);
    }

    static Future<Page<Purchase>> list(Database database, Purchases.List wanted) {
        return new ListQuery(COLUMNS, FROM, "p.created_at", "p.id")
                .countedFrom(COUNTED_FROM)
                .where("p.status = ?", Words.of(wanted.status()))
                .where("p.user_id = ?", wanted.userId())
                .where("p.merchant_id = ?", wanted.merchantId())
                .between(wanted.startDate(), wanted.endDate())
                .fetch(database, wanted.page(), PurchaseStore::read);
    }

    private static Purchase read(Row row) {
        PurchaseStatus status = Rows.word(row, "status", PurchaseStatus.class);
        Money held = Rows.moneyOrNull(row, "held_minor");
        UUID clickId = row.getUUID("click_id");
        return new Purchase(
                row.getUUID("id"),
                row.getString("external_id"),
                row.getUUID("user_id"),
                row.getUUID("merchant_id"),
                row.getString("merchant_name"),
                row.getUUID("offer_id"),
                clickId == null ? null : new ClickId(clickId),
                new PurchaseSource(row.getUUID("partner_id")),
                Rows.money(row, "gross_minor"),
                row.getString("currency"),
                status,
                cashbackAmount(status, held, Rows.money(row, "cashback_minor")),
                held == null ? null : CashbackStatus.of(status, row.getBoolean("held")),
                Rows.instantOrNull(row, "payable_at"),
                row.getString("rejection_reason"),
                Rows.instant(row, "purchased_at"),
                Rows.instant(row, "created_at"),
                lastChange(row));
    }

    private static Money cashbackAmount(PurchaseStatus status, @Nullable Money held, Money calculated) {
        if (status == PurchaseStatus.REVERSED) {
            return Money.ZERO;
        }
        return held == null ? calculated : held;
    }

    private static Instant lastChange(Row row) {
        Instant updatedAt = Rows.instant(row, "updated_at");
        Instant creditedAt = Rows.instantOrNull(row, "credited_at");
        return creditedAt != null && creditedAt.isAfter(updatedAt) ? creditedAt : updatedAt;
    }
}
