package com.clicknback.ledger;

import com.clicknback.money.Money;
import com.clicknback.platform.db.Arguments;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.ListQuery;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The SQL of wallets as their owners see them. */
final class WalletStore {
    /** The days of the next releases are those of holds that have not ended; most users have none. */
    private static final String FIND = """
            SELECT w.user_id, w.pending_minor, w.available_minor, w.reserved_minor, w.paid_minor,
                   coalesce(h.held_minor, 0) AS held_minor, h.days[1:$3] AS days, h.amounts[1:$3] AS amounts
            FROM wallets w
            LEFT JOIN LATERAL (
                SELECT sum(d.held_minor)::bigint AS held_minor,
                       array_agg(d.day ORDER BY d.day) FILTER (WHERE d.next_minor > 0) AS days,
                       array_agg(d.next_minor::bigint ORDER BY d.day) FILTER (WHERE d.next_minor > 0) AS amounts
                FROM (
                    SELECT (l.payable_at AT TIME ZONE 'UTC')::date AS day,
                           sum(coalesce(p.rerated_minor, c.amount_minor)) AS held_minor,
                           sum(coalesce(p.rerated_minor, c.amount_minor)) FILTER (WHERE l.payable_at > $2) AS next_minor
                    FROM holds l
                    JOIN purchases p ON p.id = l.purchase_id
                    JOIN cashback_credits c ON c.purchase_id = l.purchase_id
                    WHERE l.user_id = w.user_id
                    GROUP BY 1) d) h ON true
            WHERE w.user_id = ANY($1)
            """;

    private static final int NEXT_RELEASES = 3;

    /** A transfer of a purchase follows its credit, so the state of the purchase is that of its cashback. */
    private static final String COLUMNS = """
            t.id, t.kind, t.amount_minor, t.debit, t.credit, t.purchase_id, t.payout_id, t.created_at, p.payable_at,
            CASE WHEN p.held THEN 'held'
                 WHEN t.purchase_id IS NOT NULL THEN
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

    /** Finds the wallets of users; users without one are missing. */
    static Future<Map<UUID, WalletSummary>> find(Database database, Set<UUID> userIds, Instant now) {
        return database.query(FIND, Arguments.of(Arguments.ids(userIds), now, NEXT_RELEASES))
                .map(rows -> rows.stream().collect(Rows.byKey(row -> row.getUUID("user_id"), WalletStore::summary)));
    }

    private static WalletSummary summary(Row row) {
        List<WalletSummary.Release> next = new ArrayList<>();
        LocalDate[] days = row.getArrayOfLocalDates("days");
        Long[] amounts = row.getArrayOfLongs("amounts");
        for (int i = 0; days != null && i < days.length; i++) {
            next.add(new WalletSummary.Release(days[i], Money.ofMinor(amounts[i])));
        }
        return new WalletSummary(LedgerStore.balances(row), Rows.money(row, "held_minor"), List.copyOf(next));
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
                Rows.instantOrNull(row, "payable_at"),
                Rows.instant(row, "created_at"));
    }
}
