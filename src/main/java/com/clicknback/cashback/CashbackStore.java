package com.clicknback.cashback;

import static java.util.Objects.requireNonNull;

import com.clicknback.money.Money;
import com.clicknback.platform.db.Arguments;
import com.clicknback.platform.db.Rows;
import com.clicknback.platform.db.Unnest;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The SQL of credits and caps. */
final class CashbackStore {
    private static final Unnest<CapKey> CAPS = Unnest.of(CapKey.class)
            .uuid("user_id", CapKey::userId)
            .uuid("offer_id", CapKey::offerId)
            .date("cap_month", CapKey::month);

    private static final Unnest<Credit> CREDITS = Unnest.of(Credit.class)
            .uuid("purchase_id", Credit::purchaseId)
            .uuid("user_id", Credit::userId)
            .minor("amount_minor", Credit::amount)
            .uuid("offer_id", Credit::offerId)
            .date("cap_month", Credit::capMonth)
            .minor("cap_used_before_minor", Credit::capUsedBefore);

    private static final Unnest<CapUse> USED_CAPS = usedCaps();
    private static final Unnest<CapUse> OPENED_CAPS = usedCaps().minor("cap_minor", CapUse::limit);

    private static Unnest<CapUse> usedCaps() {
        return Unnest.of(CapUse.class)
                .uuid("user_id", use -> use.key().userId())
                .uuid("offer_id", use -> use.key().offerId())
                .date("cap_month", use -> use.key().month())
                .minor("used_minor", CapUse::amount);
    }

    /** Allowance that a purchase gives back to its cap. */
    private record Return(UUID purchaseId, Money amount) {}

    private static final Unnest<Return> RETURNS =
            Unnest.of(Return.class).uuid("purchase_id", Return::purchaseId).minor("amount_minor", Return::amount);

    /** In the order of ingestion, so that the earliest purchase draws on a cap first. */
    private static final String FIND_UNCREDITED = """
      SELECT p.id, p.user_id, p.cashback_minor, p.purchased_at, p.offer_id, p.monthly_cap_minor
      FROM purchases p
      WHERE p.id = ANY($1) AND NOT EXISTS (SELECT FROM cashback_credits WHERE purchase_id = p.id)
      ORDER BY p.created_at, p.id
      """;

    private static final String FIND_CAP_USAGE = CAPS.into("k", """
      SELECT c.user_id, c.offer_id, c.cap_month, c.used_minor
      FROM {k}
      CROSS JOIN LATERAL (
          SELECT * FROM cap_usage
          WHERE user_id = k.user_id AND offer_id = k.offer_id AND cap_month = k.cap_month LIMIT 1) c
      """);

    private static final String FIND_CAP_USAGE_OF_PURCHASE = """
      SELECT p.purchased_at, p.monthly_cap_minor, coalesce(u.used_minor, 0) AS used_minor
      FROM purchases p
      LEFT JOIN cap_usage u
          ON u.user_id = p.user_id AND u.offer_id = p.offer_id
          AND u.cap_month = date_trunc('month', p.purchased_at AT TIME ZONE 'UTC')::date
      WHERE p.id = $1 AND p.offer_id IS NOT NULL
      """;

    private static final String INSERT_CREDITS = CREDITS.into("c", """
      INSERT INTO cashback_credits
          (purchase_id, user_id, amount_minor, offer_id, cap_month, cap_used_before_minor, credited_at, batch_id)
      SELECT c.purchase_id, c.user_id, c.amount_minor, c.offer_id, c.cap_month, c.cap_used_before_minor, $1, $2::bigint
      FROM {c}
      """);

    private static final String OPEN_CAPS = OPENED_CAPS.into("c", """
      INSERT INTO cap_usage (user_id, offer_id, cap_month, used_minor, cap_minor)
      SELECT user_id, offer_id, cap_month, used_minor, cap_minor
      FROM {c}
      """);

    private static final String USE_CAPS = USED_CAPS.into("c", """
      UPDATE cap_usage u SET used_minor = u.used_minor + c.used_minor
      FROM {c}
      WHERE u.user_id = c.user_id AND u.offer_id = c.offer_id AND u.cap_month = c.cap_month
      """);

    private static final String GIVE_CAPS_BACK = RETURNS.into("g", """
      UPDATE cap_usage u SET used_minor = u.used_minor - given.amount_minor
      FROM (
          SELECT c.user_id, c.offer_id, c.cap_month, sum(g.amount_minor)::bigint AS amount_minor
          FROM {g}
          JOIN cashback_credits c ON c.purchase_id = g.purchase_id
          WHERE c.offer_id IS NOT NULL AND g.amount_minor > 0
          GROUP BY c.user_id, c.offer_id, c.cap_month) given
      WHERE u.user_id = given.user_id AND u.offer_id = given.offer_id AND u.cap_month = given.cap_month
      """);

    private CashbackStore() {}

    static Future<List<UncreditedPurchase>> findUncredited(SqlConnection tx, Collection<UUID> purchaseIds) {
        return tx.preparedQuery(FIND_UNCREDITED)
                .mapping(CashbackStore::uncredited)
                .execute(Tuple.of(Arguments.ids(purchaseIds)))
                .map(Rows::list);
    }

    private static UncreditedPurchase uncredited(Row row) {
        return new UncreditedPurchase(
                row.getUUID("id"),
                row.getUUID("user_id"),
                Rows.money(row, "cashback_minor"),
                CapMonth.of(Rows.instant(row, "purchased_at")),
                row.getUUID("offer_id"),
                Rows.moneyOrNull(row, "monthly_cap_minor"));
    }

    /** Finds the used amounts of caps; unused caps are missing. */
    static Future<Map<CapKey, Money>> findCapUsage(SqlConnection tx, Set<CapKey> keys) {
        if (keys.isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        return tx.preparedQuery(FIND_CAP_USAGE)
                .collecting(Rows.byKey(CashbackStore::capKey, row -> Rows.money(row, "used_minor")))
                .execute(CAPS.bind(keys))
                .map(SqlResult::value);
    }

    private static CapKey capKey(Row row) {
        return new CapKey(row.getUUID("user_id"), row.getUUID("offer_id"), row.getLocalDate("cap_month"));
    }

    /** Finds the use of the cap that a purchase draws on; empty without an offer. */
    static Future<Optional<CapUsage>> findCapUsage(SqlConnection tx, UUID purchaseId) {
        return tx.preparedQuery(FIND_CAP_USAGE_OF_PURCHASE)
                .mapping(CashbackStore::capUsage)
                .execute(Tuple.of(purchaseId))
                .map(Rows::first);
    }

    private static CapUsage capUsage(Row row) {
        return CapUsage.of(
                YearMonth.from(CapMonth.of(Rows.instant(row, "purchased_at"))),
                Rows.money(row, "monthly_cap_minor"),
                Rows.money(row, "used_minor"));
    }

    static Future<Void> insertCredits(SqlConnection tx, List<Credit> credits, Instant now, @Nullable Long batchId) {
        return tx.preparedQuery(INSERT_CREDITS)
                .execute(CREDITS.bind(credits, now, batchId))
                .mapEmpty();
    }

    /**
     * Adds to the used amounts of caps. The database refuses to pass a limit.
     *
     * @param open the caps that have a row; the locks of their users' wallets keep that true
     */
    static Future<Void> useCaps(SqlConnection tx, List<CapUse> uses, Set<CapKey> open) {
        Map<Boolean, List<CapUse>> byOpen =
                uses.stream().collect(Collectors.partitioningBy(use -> open.contains(use.key())));
        return Future.all(
                        run(tx, USE_CAPS, USED_CAPS, requireNonNull(byOpen.get(true))),
                        run(tx, OPEN_CAPS, OPENED_CAPS, requireNonNull(byOpen.get(false))))
                .mapEmpty();
    }

    private static <R> Future<Void> run(SqlConnection tx, String sql, Unnest<R> columns, List<R> rows) {
        return rows.isEmpty()
                ? Future.succeededFuture()
                : tx.preparedQuery(sql).execute(columns.bind(rows)).mapEmpty();
    }

    static Future<Void> giveCapsBack(SqlConnection tx, Map<UUID, Money> amounts) {
        List<Return> returns = amounts.entrySet().stream()
                .map(given -> new Return(given.getKey(), given.getValue()))
                .toList();
        return run(tx, GIVE_CAPS_BACK, RETURNS, returns);
    }
}
