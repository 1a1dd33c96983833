package com.clicknback.ledger;

import com.clicknback.money.Money;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.ListQuery;
import com.clicknback.platform.db.Page;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of what users see of their wallets. */
final class WalletStore {
    private static final String FIND = """
            SELECT user_id, pending_minor, available_minor, reserved_minor, paid_minor
            FROM wallets WHERE user_id = ANY($1)
            """;

    /** A transfer of a purchase means that it is credited, so its state tells that of its cashback (section 6.5). */
    private static final String COLUMNS = """
            t.id, t.kind, t.amount_minor, t.debit, t.credit, t.purchase_id, t.payout_id, t.created_at,
            CASE WHEN t.purchase_id IS NOT NULL THEN
                     CASE p.status WHEN 'confirmed' THEN 'available' ELSE p.status END
                 ELSE CASE o.status WHEN 'completed' THEN 'paid' WHEN 'failed' THEN 'reversed' ELSE 'pending' END
            END AS status
            """;

    private static final String FROM = """
            ledger_transfers t
            LEFT JOIN purchases p ON p.id = t.purchase_id
            LEFT JOIN payouts o ON o.id = t.payout_id
            """;

    private static final String OUTSIDE = "outside";

    private WalletStore() {}

    static Future<Map<UUID, Balances>> find(Database database, Set<UUID> userIds) {
        return database.query(FIND, Tuple.tuple().addArrayOfUUID(userIds.toArray(UUID[]::new)))
                .map(rows -> {
                    Map<UUID, Balances> wallets = new HashMap<>();
                    rows.forEach(row -> wallets.put(row.getUUID("user_id"), Ledger.read(row)));
                    return wallets;
                });
    }

    static Future<Page<Transaction>> list(Database database, ListTransactions wanted) {
        return new ListQuery(COLUMNS, FROM, "t.created_at", "t.id")
                .countedFrom("ledger_transfers t")
                .where("t.user_id = ?", wanted.userId())
                .fetch(database, wanted.page(), WalletStore::read);
    }

    private static Transaction read(Row row) {
        return new Transaction(
                row.getUUID("id"),
                row.getString("kind"),
                Money.ofMinor(row.getLong("amount_minor")),
                balance(row.getString("debit")),
                balance(row.getString("credit")),
                row.getString("status"),
                row.getUUID("purchase_id"),
                row.getUUID("payout_id"),
                row.getOffsetDateTime("created_at").toInstant());
    }

    private static @Nullable String balance(String account) {
        return account.equals(OUTSIDE) ? null : account;
    }
}
