package com.clicknback.ledger;

import com.clicknback.money.Money;
import com.clicknback.platform.db.TimeOrderedIds;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The only way in which money moves: posts transfers and changes the wallets they project to, in the transaction of
 * whoever moves it. Wallet locks come first in every such transaction, in the order of user ids, and also guard what
 * else belongs to the user's money: cap usage and the states of purchases.
 */
public final class Ledger {
    private static final String LOCK_WALLETS = """
      SELECT user_id, pending_minor, available_minor, reserved_minor, paid_minor
      FROM wallets WHERE user_id = ANY($1) ORDER BY user_id FOR UPDATE
      """;

    private static final String POST = """
      WITH posted AS (
          INSERT INTO ledger_transfers
              (id, user_id, kind, debit, credit, amount_minor, currency, purchase_id, payout_id,
               refund_id, created_at)
          SELECT t.id, t.user_id, t.kind, t.debit, t.credit, t.amount_minor, 'EUR', t.purchase_id, t.payout_id,
                 t.refund_id, $1
          FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::uuid[], $9::uuid[],
                      $10::uuid[])
               AS t (id, user_id, kind, debit, credit, amount_minor, purchase_id, payout_id, refund_id)
          RETURNING user_id, debit, credit, amount_minor
      ), entries AS (
          SELECT user_id, credit AS account, amount_minor FROM posted
          UNION ALL
          SELECT user_id, debit, -amount_minor FROM posted
      ), movements AS (
          SELECT user_id,
                 coalesce(sum(amount_minor) FILTER (WHERE account = 'pending'), 0)::bigint AS pending,
                 coalesce(sum(amount_minor) FILTER (WHERE account = 'available'), 0)::bigint AS available,
                 coalesce(sum(amount_minor) FILTER (WHERE account = 'reserved'), 0)::bigint AS reserved,
                 coalesce(sum(amount_minor) FILTER (WHERE account = 'paid'), 0)::bigint AS paid
          FROM entries GROUP BY user_id
      )
      UPDATE wallets w
      SET pending_minor = w.pending_minor + m.pending,
          available_minor = w.available_minor + m.available,
          reserved_minor = w.reserved_minor + m.reserved,
          paid_minor = w.paid_minor + m.paid,
          version = w.version + 1
      FROM movements m WHERE w.user_id = m.user_id
      """;

    /** Two halves because each has an index of its own; the lateral cannot become a scan of all refunds' transfers. */
    private static final String FIND_OF_PURCHASE = """
      SELECT t.id, t.kind, t.debit, t.credit, t.amount_minor, t.refund_id, t.created_at
      FROM ledger_transfers t WHERE t.purchase_id = $1 AND t.refund_id IS NULL
      UNION ALL
      SELECT t.id, t.kind, t.debit, t.credit, t.amount_minor, t.refund_id, t.created_at
      FROM (SELECT id FROM refunds WHERE purchase_id = $1 ORDER BY created_at, id LIMIT $2) r
      CROSS JOIN LATERAL (
          SELECT id, kind, debit, credit, amount_minor, refund_id, created_at
          FROM ledger_transfers WHERE refund_id = r.id LIMIT 1) t
      ORDER BY created_at, id
      """;

    private final TimeOrderedIds ids;
    private final Clock clock;

    public Ledger(TimeOrderedIds ids, Clock clock) {
        this.ids = ids;
        this.clock = clock;
    }

    /** Locks the wallets of users until the transaction ends and returns what they hold; every user has one from the start. */
    public Future<Map<UUID, Balances>> lock(SqlConnection tx, Collection<UUID> userIds) {
        Set<UUID> distinct = new TreeSet<>(userIds);
        return tx.preparedQuery(LOCK_WALLETS)
                .execute(Tuple.tuple().addArrayOfUUID(distinct.toArray(UUID[]::new)))
                .compose(locked -> locked.size() == distinct.size()
                        ? Future.succeededFuture(balances(locked))
                        : Future.failedFuture(new IllegalStateException("a wallet is missing")));
    }

    /**
     * Posts transfers of users whose wallets this transaction has locked. The database refuses a second transfer of one
     * kind for one purchase, refund or payout, and a balance below zero where there must be none: either is a defect of the
     * caller and ends its transaction.
     */
    public Future<Void> post(SqlConnection tx, List<Transfer> transfers) {
        if (transfers.isEmpty()) {
            return Future.succeededFuture();
        }
        long users = transfers.stream().map(Transfer::userId).distinct().count();
        return tx.preparedQuery(POST)
                .execute(arguments(transfers))
                .compose(updated -> updated.rowCount() == users
                        ? Future.succeededFuture()
                        : Future.failedFuture(new IllegalStateException("transfers posted without their wallets")));
    }

    private Tuple arguments(List<Transfer> transfers) {
        int count = transfers.size();
        UUID[] rowIds = new UUID[count];
        UUID[] userIds = new UUID[count];
        String[] kinds = new String[count];
        String[] debits = new String[count];
        String[] credits = new String[count];
        Long[] amounts = new Long[count];
        UUID[] purchaseIds = new UUID[count];
        UUID[] payoutIds = new UUID[count];
        UUID[] refundIds = new UUID[count];
        for (int i = 0; i < count; i++) {
            Transfer transfer = transfers.get(i);
            rowIds[i] = ids.next();
            userIds[i] = transfer.userId();
            kinds[i] = name(transfer.kind());
            debits[i] = name(transfer.debit());
            credits[i] = name(transfer.credit());
            amounts[i] = transfer.amount().minor();
            purchaseIds[i] = transfer.purchaseId();
            payoutIds[i] = transfer.payoutId();
            refundIds[i] = transfer.refundId();
        }
        return Tuple.of(clock.instant().atOffset(ZoneOffset.UTC))
                .addArrayOfUUID(rowIds)
                .addArrayOfUUID(userIds)
                .addArrayOfString(kinds)
                .addArrayOfString(debits)
                .addArrayOfString(credits)
                .addArrayOfLong(amounts)
                .addArrayOfUUID(purchaseIds)
                .addArrayOfUUID(payoutIds)
                .addArrayOfUUID(refundIds);
    }

    private static Map<UUID, Balances> balances(RowSet<Row> rows) {
        Map<UUID, Balances> balances = new HashMap<>();
        for (Row row : rows) {
            balances.put(row.getUUID("user_id"), read(row));
        }
        return balances;
    }

    /**
     * What was posted for a purchase and its refunds, in order.
     *
     * @param refundsMax how many refunds count, the earliest ones
     */
    public static Future<List<JournalEntry>> ofPurchase(SqlConnection connection, UUID purchaseId, int refundsMax) {
        return connection
                .preparedQuery(FIND_OF_PURCHASE)
                .execute(Tuple.of(purchaseId, refundsMax))
                .map(rows -> {
                    List<JournalEntry> entries = new ArrayList<>(rows.size());
                    rows.forEach(row -> entries.add(entry(row)));
                    return entries;
                });
    }

    private static JournalEntry entry(Row row) {
        return new JournalEntry(
                row.getUUID("id"),
                TransferKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                Account.valueOf(row.getString("debit").toUpperCase(Locale.ROOT)),
                Account.valueOf(row.getString("credit").toUpperCase(Locale.ROOT)),
                Money.ofMinor(row.getLong("amount_minor")),
                row.getUUID("refund_id"),
                row.getOffsetDateTime("created_at").toInstant());
    }

    /** Reads a row with the four balance columns. */
    public static Balances read(Row row) {
        return new Balances(
                Money.ofMinor(row.getLong("pending_minor")),
                Money.ofMinor(row.getLong("available_minor")),
                Money.ofMinor(row.getLong("reserved_minor")),
                Money.ofMinor(row.getLong("paid_minor")));
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
