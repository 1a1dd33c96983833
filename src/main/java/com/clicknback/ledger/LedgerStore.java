package com.clicknback.ledger;

import static java.util.Comparator.comparing;

import com.clicknback.money.Money;
import com.clicknback.platform.db.Arguments;
import com.clicknback.platform.db.Rows;
import com.clicknback.platform.db.Unnest;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** The SQL of the journal and of the wallets that it adds up to. */
final class LedgerStore {
    private static final String LOCK_WALLETS = """
      SELECT user_id, pending_minor, available_minor, reserved_minor, paid_minor
      FROM wallets WHERE user_id = ANY($1) ORDER BY user_id FOR UPDATE
      """;

    private static final String LOCK_FREE_WALLETS = """
      SELECT user_id FROM wallets WHERE user_id = ANY($1) ORDER BY user_id FOR UPDATE SKIP LOCKED
      """;

    private static final String BOUND_WAITS = "SELECT set_config('lock_timeout', $1, true)";

    private static final Unnest<Posting> POSTINGS = Unnest.of(Posting.class)
            .uuid("id", Posting::id)
            .uuid("user_id", posting -> posting.transfer().userId())
            .word("kind", posting -> posting.transfer().kind())
            .word("debit", posting -> posting.transfer().source())
            .word("credit", posting -> posting.transfer().destination())
            .minor("amount_minor", posting -> posting.transfer().amount())
            .uuid("purchase_id", posting -> posting.transfer().purchaseId())
            .uuid("payout_id", posting -> posting.transfer().payoutId())
            .uuid("cause_id", posting -> posting.transfer().causeId());

    private static final String INSERT_TRANSFERS = POSTINGS.into("t", """
      INSERT INTO ledger_transfers
          (id, user_id, kind, debit, credit, amount_minor, currency, purchase_id, payout_id,
           cause_id, created_at)
      SELECT t.id, t.user_id, t.kind, t.debit, t.credit, t.amount_minor, 'EUR', t.purchase_id, t.payout_id,
             t.cause_id, $1
      FROM {t}
      """);

    private static final Unnest<Movement> MOVEMENTS = Unnest.of(Movement.class)
            .uuid("user_id", movement -> movement.userId)
            .bigint("pending", movement -> movement.minor(Account.PENDING))
            .bigint("available", movement -> movement.minor(Account.AVAILABLE))
            .bigint("reserved", movement -> movement.minor(Account.RESERVED))
            .bigint("paid", movement -> movement.minor(Account.PAID));

    private static final String MOVE = MOVEMENTS.into("m", """
      UPDATE wallets w
      SET pending_minor = w.pending_minor + m.pending,
          available_minor = w.available_minor + m.available,
          reserved_minor = w.reserved_minor + m.reserved,
          paid_minor = w.paid_minor + m.paid,
          version = w.version + 1
      FROM {m} WHERE w.user_id = m.user_id
      """);

    /** The transfers of the purchase itself, then those that change its cashback: each half has an index. */
    private static final String FIND_OF_PURCHASE = """
      SELECT t.id, t.kind, t.debit, t.credit, t.amount_minor, t.cause_id, t.created_at
      FROM ledger_transfers t WHERE t.purchase_id = $1 AND t.cause_id IS NULL
      UNION ALL
      (SELECT t.id, t.kind, t.debit, t.credit, t.amount_minor, t.cause_id, t.created_at
       FROM ledger_transfers t WHERE t.purchase_id = $1 AND t.cause_id IS NOT NULL
       ORDER BY t.created_at, t.id LIMIT $2)
      ORDER BY created_at, id
      """;

    /** The net changes of other purchases that this transaction has posted because of one. */
    private static final String FIND_REALLOTTED = """
      SELECT purchase_id, sum(CASE WHEN debit = 'outside' THEN amount_minor ELSE -amount_minor END)::bigint AS change_minor
      FROM ledger_transfers
      WHERE user_id = $1 AND created_at >= $2 AND kind = 'cashback_reallotted' AND cause_id = $3
        AND xmin = pg_current_xact_id()::xid
      GROUP BY purchase_id HAVING sum(CASE WHEN debit = 'outside' THEN amount_minor ELSE -amount_minor END) <> 0
      ORDER BY purchase_id LIMIT $4
      """;

    private LedgerStore() {}

    static Future<Map<UUID, Money>> findReallotted(
            SqlConnection tx, UUID userId, UUID causeId, Instant since, int max) {
        return tx.preparedQuery(FIND_REALLOTTED)
                .collecting(Rows.byKey(row -> row.getUUID("purchase_id"), row -> Rows.money(row, "change_minor")))
                .execute(Arguments.of(userId, since, causeId, max))
                .map(SqlResult::value);
    }

    /** Locks wallets in the order of their users' ids; users without a wallet are missing. */
    static Future<Map<UUID, Balances>> lockWallets(SqlConnection tx, Collection<UUID> userIds) {
        return tx.preparedQuery(LOCK_WALLETS)
                .collecting(Rows.byKey(row -> row.getUUID("user_id"), LedgerStore::balances))
                .execute(Tuple.of(Arguments.ids(userIds)))
                .map(SqlResult::value);
    }

    static Future<Void> boundWaits(SqlConnection tx, String ms) {
        return tx.preparedQuery(BOUND_WAITS).execute(Tuple.of(ms)).mapEmpty();
    }

    /** Locks those wallets that no other transaction has locked; returns their users. */
    static Future<Set<UUID>> lockFreeWallets(SqlConnection tx, Collection<UUID> userIds) {
        return tx.preparedQuery(LOCK_FREE_WALLETS)
                .mapping(row -> row.getUUID("user_id"))
                .execute(Tuple.of(Arguments.ids(userIds)))
                .map(rows -> Set.copyOf(Rows.list(rows)));
    }

    /** The sums by which transfers change the wallet of one user. */
    private static final class Movement {
        private final UUID userId;
        private final Map<Account, Money> sums = new EnumMap<>(Account.class);

        Movement(UUID userId) {
            this.userId = userId;
        }

        void add(Transfer transfer) {
            sums.merge(transfer.destination(), transfer.amount(), Money::plus);
            sums.merge(transfer.source(), Money.ZERO.minus(transfer.amount()), Money::plus);
        }

        long minor(Account account) {
            return sums.getOrDefault(account, Money.ZERO).minor();
        }
    }

    /**
     * Writes the rows of the journal and adds them to the wallets of their users; returns how many wallets they changed.
     * The second statement is sent without waiting for the first, and fails with it.
     */
    static Future<Integer> post(SqlConnection tx, List<Posting> postings, Instant now) {
        Map<UUID, Movement> movements = new TreeMap<>();
        for (Posting posting : postings) {
            Transfer transfer = posting.transfer();
            movements.computeIfAbsent(transfer.userId(), Movement::new).add(transfer);
        }
        // By user, as the indexes are: neighbours share a page.
        List<Posting> byUser = postings.stream()
                .sorted(comparing(posting -> posting.transfer().userId()))
                .toList();
        Future<RowSet<Row>> inserted = tx.preparedQuery(INSERT_TRANSFERS).execute(POSTINGS.bind(byUser, now));
        Future<RowSet<Row>> moved = tx.preparedQuery(MOVE).execute(MOVEMENTS.bind(movements.values()));
        return Future.all(inserted, moved).map(done -> moved.result().rowCount());
    }

    static Future<List<JournalEntry>> findOfPurchase(SqlConnection connection, UUID purchaseId, int changesMax) {
        return connection
                .preparedQuery(FIND_OF_PURCHASE)
                .mapping(LedgerStore::entry)
                .execute(Tuple.of(purchaseId, changesMax))
                .map(Rows::list);
    }

    private static JournalEntry entry(Row row) {
        return new JournalEntry(
                row.getUUID("id"),
                Rows.word(row, "kind", TransferKind.class),
                Rows.word(row, "debit", Account.class),
                Rows.word(row, "credit", Account.class),
                Rows.money(row, "amount_minor"),
                row.getUUID("cause_id"),
                Rows.instant(row, "created_at"));
    }

    /** Reads the four balance columns. */
    static Balances balances(Row row) {
        return new Balances(
                Rows.money(row, "pending_minor"),
                Rows.money(row, "available_minor"),
                Rows.money(row, "reserved_minor"),
                Rows.money(row, "paid_minor"));
    }
}
