package com.clicknback.holds;

import com.clicknback.platform.db.Arguments;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.Rows;
import com.clicknback.platform.db.Unnest;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The SQL of the list of held purchases. */
final class HoldStore {
    private static final Unnest<HeldPurchase> HELD = Unnest.of(HeldPurchase.class)
            .uuid("purchase_id", HeldPurchase::purchaseId)
            .uuid("user_id", HeldPurchase::userId)
            .uuid("merchant_id", HeldPurchase::merchantId)
            .timestamptz("payable_at", HeldPurchase::payableAt)
            .bool("by_person", HeldPurchase::byPerson);

    private static final String INSERT = HELD.into("h", """
      INSERT INTO holds (purchase_id, user_id, merchant_id, payable_at, due_at, by_person)
      SELECT h.purchase_id, h.user_id, h.merchant_id, h.payable_at, h.payable_at, h.by_person FROM {h}
      """);

    private static final String DELETE = "DELETE FROM holds WHERE purchase_id = ANY($1)";

    private static final String FIND =
            "SELECT purchase_id, user_id, merchant_id, payable_at, by_person FROM holds WHERE purchase_id = ANY($1)";

    /** Locks nothing but rows of the list, and waits for none: whoever changes a purchase has locked its wallet first. */
    private static final String CLAIM = """
      WITH due AS (
          SELECT purchase_id FROM holds WHERE due_at <= $1 ORDER BY due_at, purchase_id LIMIT $3 FOR UPDATE SKIP LOCKED)
      UPDATE holds h SET due_at = $2 FROM due WHERE h.purchase_id = due.purchase_id
      RETURNING h.purchase_id, h.user_id, h.merchant_id, h.payable_at, h.by_person
      """;

    private static final String OLDEST = "SELECT payable_at FROM holds ORDER BY payable_at LIMIT 1";

    private static final String COUNT = "SELECT count(*) AS held FROM (SELECT FROM holds LIMIT $1) counted";

    private HoldStore() {}

    static Future<Void> insert(SqlConnection tx, List<HeldPurchase> begun) {
        return tx.preparedQuery(INSERT).execute(HELD.bind(begun)).mapEmpty();
    }

    static Future<Void> delete(SqlConnection tx, Collection<UUID> ended) {
        return tx.preparedQuery(DELETE)
                .execute(Arguments.of((Object) Arguments.ids(ended)))
                .mapEmpty();
    }

    static Future<List<HeldPurchase>> find(SqlConnection connection, Collection<UUID> purchaseIds) {
        return connection
                .preparedQuery(FIND)
                .mapping(HoldStore::held)
                .execute(Arguments.of((Object) Arguments.ids(purchaseIds)))
                .map(Rows::list);
    }

    static Future<List<HeldPurchase>> claim(Database database, Instant now, Instant claimedUntil, int max) {
        return database.query(CLAIM, Arguments.of(now, claimedUntil, max), HoldStore::held)
                .map(Rows::list);
    }

    private static HeldPurchase held(Row row) {
        return new HeldPurchase(
                row.getUUID("purchase_id"),
                row.getUUID("user_id"),
                row.getUUID("merchant_id"),
                Rows.instant(row, "payable_at"),
                row.getBoolean("by_person"));
    }

    static Future<Optional<Instant>> oldest(Database database) {
        return database.query(OLDEST, Arguments.of(), row -> Rows.instant(row, "payable_at"))
                .map(Rows::first);
    }

    static Future<Long> count(Database database, int max) {
        return database.query(COUNT, Arguments.of(max), row -> row.getLong("held"))
                .map(rows -> Rows.first(rows).orElse(0L));
    }
}
