package com.clicknback.ledger;

import com.clicknback.platform.db.Arguments;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.ListQuery;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The SQL of wallets as their owners see them. */
final class WalletStore {
    private static final String FIND = """
            SELECT user_id, pending_minor, available_minor, reserved_minor, paid_minor
            FROM wallets WHERE user_id = ANY($1)
            """;

    /** A transfer of a purchase follows its credit, so the state of the purchase is that of its cashback. */
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

    /**
     * Counts back from the present balances, over the transfers of a user that are newer. A condition on the user narrows
     * the window; one on the time does not, so each page sums up from the newest transfer.
     */
    static final String WITH_BALANCES =
            """
            (SELECT j.id, j.user_id, j.kind, j.amount_minor, j.debit, j.credit, j.purchase_id, j.payout_id, j.created_at,
                    w.pending_minor - coalesce(sum(%s) OVER newer, 0)::bigint AS pending_minor,
                    w.available_minor - coalesce(sum(%s) OVER newer, 0)::bigint AS available_minor,
                    w.reserved_minor - coalesce(sum(%s) OVER newer, 0)::bigint AS reserved_minor,
                    w.paid_minor - coalesce(sum(%s) OVER newer, 0)::bigint AS paid_minor
             FROM ledger_transfers j
             JOIN wallets w ON w.user_id = j.user_id
             WINDOW newer AS (PARTITION BY j.user_id ORDER BY j.created_at DESC, j.id DESC
                              ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)) t
            LEFT JOIN purchases p ON p.id = t.purchase_id
            LEFT JOIN payouts o ON o.id = t.payout_id
            """.formatted(change("pending"), change("available"), change("reserved"), change("paid"));

    private static final String BALANCES = ", t.pending_minor, t.available_minor, t.reserved_minor, t.paid_minor";

    private WalletStore() {}

    private static String change(String account) {
        return "CASE '%s' WHEN j.credit THEN j.amount_minor WHEN j.debit THEN -j.amount_minor END".formatted(account);
    }

    /** Finds the balances of users; users without a wallet are missing. */
    static Future<Map<UUID, Balances>> find(Database database, Set<UUID> userIds) {
        return database.query(FIND, Tuple.of(Arguments.ids(userIds)))
                .map(rows -> rows.stream().collect(Rows.byKey(row -> row.getUUID("user_id"), LedgerStore::balances)));
    }

    static Future<Page<Transaction>> list(Database database, Wallets.ListTransactions wanted) {
        return new ListQuery(COLUMNS, FROM, "t.created_at", "t.id")
                .countedFrom("ledger_transfers t")
                .where("t.user_id = ?", wanted.userId())
                .fetch(database, wanted.page(), WalletStore::transaction);
    }

    static Future<Page<BalancedTransaction>> list(Database database, Wallets.ListWithBalances wanted) {
        return new ListQuery(COLUMNS + BALANCES, WITH_BALANCES, "t.created_at", "t.id")
                .countedFrom("ledger_transfers t")
                .where("t.user_id = ?", wanted.userId())
                .fetch(
                        database,
                        wanted.page(),
                        row -> new BalancedTransaction(transaction(row), LedgerStore.balances(row)));
    }

    private static Transaction transaction(Row row) {
        return new Transaction(
                row.getUUID("id"),
                Rows.word(row, "kind", TransferKind.class),
                Rows.word(row, "debit", Account.class),
                Rows.word(row, "credit", Account.class),
                Rows.money(row, "amount_minor"),
                Rows.word(row, "status", Transaction.Status.class),
                row.getUUID("purchase_id"),
                row.getUUID("payout_id"),
                Rows.instant(row, "created_at"));
    }
}
