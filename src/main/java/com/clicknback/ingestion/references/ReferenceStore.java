package com.clicknback.ingestion.references;

import com.clicknback.platform.db.Arguments;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.ListQuery;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.PageRequest;
import com.clicknback.platform.db.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.UUID;

/** The SQL of what users call their purchases. */
final class ReferenceStore {
    /**
     * Each gets a reference of its own, since references keep purchases apart. An order that a partner has reported keeps
     * the name that the partner repeats.
     */
    private static final String ERASE_OF_USER = """
      WITH own AS (
          UPDATE purchases SET external_id = 'erased-' || id
          WHERE id = ANY (ARRAY(
              SELECT id FROM purchases
              WHERE user_id = $1 AND partner_id IS NULL AND external_id <> 'erased-' || id LIMIT $2))
          RETURNING id
      ), reported AS (
          UPDATE purchase_orders o
          SET user_external_id = CASE WHEN o.user_external_id IS NOT NULL THEN 'erased-' || o.purchase_id END,
              order_ref = CASE WHEN p.partner_id IS NULL THEN 'erased-' || o.purchase_id ELSE o.order_ref END
          FROM purchases p
          WHERE p.id = o.purchase_id AND o.purchase_id = ANY (ARRAY(
              SELECT purchase_id FROM purchase_orders
              WHERE user_id = $1 AND user_external_id <> 'erased-' || purchase_id LIMIT $2))
          RETURNING o.purchase_id
      )
      SELECT greatest((SELECT count(*) FROM own), (SELECT count(*) FROM reported)) AS erased
      """;

    /** Locks of which one stands for many ids; waits for one are short. */
    private static final int LOCKS = 1024;

    /** Locks in the order given until the transaction ends. The first key stands for external ids. */
    private static final String LOCK =
            "SELECT pg_advisory_xact_lock(1163413828, place) FROM unnest($1::int[]) AS l (place)";

    private static final String LOCK_SHARED = LOCK.replace("xact_lock", "xact_lock_shared");

    /** References that are replaced at a time. A user may have more than a statement can replace in its time. */
    private static final int ERASED_MAX = 5_000;

    private ReferenceStore() {}

    static Future<Page<ReportedOrder>> listOrders(Database database, UUID userId, PageRequest page) {
        return new ListQuery(
                        "purchase_id, order_ref, first_by, user_external_id, attached_at",
                        "purchase_orders",
                        "purchased_at",
                        "purchase_id")
                .where("user_id = ?", userId)
                .fetch(database, page, ReferenceStore::order);
    }

    private static ReportedOrder order(Row row) {
        return new ReportedOrder(
                row.getUUID("purchase_id"),
                row.getString("order_ref"),
                row.getString("first_by"),
                row.getString("user_external_id"),
                Rows.instantOrNull(row, "attached_at"));
    }

    /** True when there may be more. */
    static Future<Boolean> eraseOfUser(SqlConnection tx, UUID userId) {
        return tx.preparedQuery(ERASE_OF_USER)
                .execute(Tuple.of(userId, ERASED_MAX))
                .map(rows -> rows.iterator().next().getLong("erased") == ERASED_MAX);
    }

    static Future<Void> lock(SqlConnection tx, Collection<String> externalIds) {
        return lock(tx, LOCK, externalIds);
    }

    static Future<Void> lockShared(SqlConnection tx, Collection<String> externalIds) {
        return lock(tx, LOCK_SHARED, externalIds);
    }

    private static Future<Void> lock(SqlConnection tx, String sql, Collection<String> externalIds) {
        Object places = externalIds.stream()
                .map(id -> Math.floorMod(id.hashCode(), LOCKS))
                .distinct()
                .sorted()
                .toArray(Integer[]::new);
        return tx.preparedQuery(sql).execute(Arguments.of(places)).mapEmpty();
    }
}
