package com.clicknback.cashback;

import com.clicknback.money.Money;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The SQL of credits and caps. */
final class CashbackStore {
    /** In the order of ingestion, so that the earliest purchase draws on a cap first. */
    private static final String FIND_UNCREDITED = """
      SELECT p.id, p.user_id, p.cashback_minor, p.purchased_at, p.offer_id, p.monthly_cap_minor
      FROM purchases p
      WHERE p.id = ANY($1) AND NOT EXISTS (SELECT FROM cashback_credits WHERE purchase_id = p.id)
      ORDER BY p.created_at, p.id
      """;

    private static final String FIND_CAP_USAGE = """
      SELECT c.user_id, c.offer_id, c.cap_month, c.used_minor
      FROM unnest($1::uuid[], $2::uuid[], $3::date[]) AS k (user_id, offer_id, cap_month)
      CROSS JOIN LATERAL (
          SELECT * FROM cap_usage
          WHERE user_id = k.user_id AND offer_id = k.offer_id AND cap_month = k.cap_month LIMIT 1) c
      """;

    private static final String FIND_CAP_USAGE_OF_PURCHASE = """
      SELECT p.purchased_at, p.monthly_cap_minor, coalesce(u.used_minor, 0) AS used_minor
      FROM purchases p
      LEFT JOIN cap_usage u
          ON u.user_id = p.user_id AND u.offer_id = p.offer_id
          AND u.cap_month = date_trunc('month', p.purchased_at AT TIME ZONE 'UTC')::date
      WHERE p.id = $1 AND p.offer_id IS NOT NULL
      """;

    private static final String INSERT_CREDITS = """
      INSERT INTO cashback_credits
          (purchase_id, user_id, amount_minor, offer_id, cap_month, cap_used_before_minor, credited_at)
      SELECT c.purchase_id, c.user_id, c.amount_minor, c.offer_id, c.cap_month, c.cap_used_before_minor, $1
      FROM unnest($2::uuid[], $3::uuid[], $4::bigint[], $5::uuid[], $6::date[], $7::bigint[])
           AS c (purchase_id, user_id, amount_minor, offer_id, cap_month, cap_used_before_minor)
      """;

    private static final String OPEN_CAP = """
      INSERT INTO cap_usage (user_id, offer_id, cap_month, used_minor, cap_minor)
      SELECT user_id, offer_id, cap_month, used_minor, cap_minor
      FROM unnest($1::uuid[], $2::uuid[], $3::date[], $4::bigint[], $5::bigint[])
           AS c (user_id, offer_id, cap_month, used_minor, cap_minor)
      """;

    private static final String USE_CAP = """
      UPDATE cap_usage u SET used_minor = u.used_minor + c.used_minor
      FROM unnest($1::uuid[], $2::uuid[], $3::date[], $4::bigint[]) AS c (user_id, offer_id, cap_month, used_minor)
      WHERE u.user_id = c.user_id AND u.offer_id = c.offer_id AND u.cap_month = c.cap_month
      """;

    private static final String GIVE_CAP_BACK = """
      UPDATE cap_usage u SET used_minor = u.used_minor - given.amount_minor
      FROM (
          SELECT c.user_id, c.offer_id, c.cap_month, sum(g.amount_minor)::bigint AS amount_minor
          FROM unnest($1::uuid[], $2::bigint[]) AS g (purchase_id, amount_minor)
          JOIN cashback_credits c ON c.purchase_id = g.purchase_id
          WHERE c.offer_id IS NOT NULL AND g.amount_minor > 0
          GROUP BY c.user_id, c.offer_id, c.cap_month) given
      WHERE u.user_id = given.user_id AND u.offer_id = given.offer_id AND u.cap_month = given.cap_month
      """;

    private CashbackStore() {}

    static Future<List<UncreditedPurchase>> findUncredited(SqlConnection tx, Collection<UUID> purchaseIds) {
        return tx.preparedQuery(FIND_UNCREDITED)
                .execute(Tuple.tuple().addArrayOfUUID(purchaseIds.toArray(UUID[]::new)))
                .map(CashbackStore::uncredited);
    }

    private static List<UncreditedPurchase> uncredited(RowSet<Row> rows) {
        List<UncreditedPurchase> purchases = new ArrayList<>(rows.size());
        for (Row row : rows) {
            Long cap = row.getLong("monthly_cap_minor");
            purchases.add(new UncreditedPurchase(
                    row.getUUID("id"),
                    row.getUUID("user_id"),
                    Money.ofMinor(row.getLong("cashback_minor")),
                    CapMonth.of(row.getOffsetDateTime("purchased_at").toInstant()),
                    row.getUUID("offer_id"),
                    cap == null ? null : Money.ofMinor(cap)));
        }
        return purchases;
    }

    /** What is used of caps; those without any use are missing. */
    static Future<Map<CapKey, Money>> findCapUsage(SqlConnection tx, Set<CapKey> keys) {
        if (keys.isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        return tx.preparedQuery(FIND_CAP_USAGE)
                .execute(Tuple.tuple()
                        .addArrayOfUUID(keys.stream().map(CapKey::userId).toArray(UUID[]::new))
                        .addArrayOfUUID(keys.stream().map(CapKey::offerId).toArray(UUID[]::new))
                        .addArrayOfLocalDate(keys.stream().map(CapKey::month).toArray(LocalDate[]::new)))
                .map(CashbackStore::capUsage);
    }

    private static Map<CapKey, Money> capUsage(RowSet<Row> rows) {
        Map<CapKey, Money> used = new HashMap<>();
        for (Row row : rows) {
            used.put(
                    new CapKey(row.getUUID("user_id"), row.getUUID("offer_id"), row.getLocalDate("cap_month")),
                    Money.ofMinor(row.getLong("used_minor")));
        }
        return used;
    }

    /** What is used of the cap that a purchase draws on; empty when there is none. */
    static Future<Optional<CapUsage>> findCapUsage(SqlConnection tx, UUID purchaseId) {
        return tx.preparedQuery(FIND_CAP_USAGE_OF_PURCHASE)
                .execute(Tuple.of(purchaseId))
                .map(rows -> rows.stream()
                        .findFirst()
                        .map(row -> CapUsage.of(
                                YearMonth.from(
                                        row.getOffsetDateTime("purchased_at").withOffsetSameInstant(ZoneOffset.UTC)),
                                Money.ofMinor(row.getLong("monthly_cap_minor")),
                                Money.ofMinor(row.getLong("used_minor")))));
    }

    static Future<Void> insertCredits(SqlConnection tx, List<Credit> credits, Instant now) {
        return tx.preparedQuery(INSERT_CREDITS)
                .execute(Tuple.of(now.atOffset(ZoneOffset.UTC))
                        .addArrayOfUUID(credits.stream().map(Credit::purchaseId).toArray(UUID[]::new))
                        .addArrayOfUUID(credits.stream().map(Credit::userId).toArray(UUID[]::new))
                        .addArrayOfLong(
                                credits.stream().map(c -> c.amount().minor()).toArray(Long[]::new))
                        .addArrayOfUUID(credits.stream().map(Credit::offerId).toArray(UUID[]::new))
                        .addArrayOfLocalDate(
                                credits.stream().map(Credit::capMonth).toArray(LocalDate[]::new))
                        .addArrayOfLong(credits.stream()
                                .map(c -> c.capUsedBefore() == null
                                        ? null
                                        : c.capUsedBefore().minor())
                                .toArray(Long[]::new)))
                .mapEmpty();
    }

    /**
     * Adds to what is used of caps; the database refuses to pass any.
     *
     * @param open those of the caps that are used already, which the locks of their users' wallets keep true
     */
    static Future<Void> useCap(
            SqlConnection tx, Map<CapKey, Money> additions, Map<CapKey, Money> caps, Set<CapKey> open) {
        List<CapKey> used = additions.keySet().stream().filter(open::contains).toList();
        List<CapKey> unused =
                additions.keySet().stream().filter(key -> !open.contains(key)).toList();
        return Future.all(
                        used.isEmpty()
                                ? Future.succeededFuture()
                                : tx.preparedQuery(USE_CAP).execute(keysAnd(used, additions)),
                        unused.isEmpty()
                                ? Future.succeededFuture()
                                : tx.preparedQuery(OPEN_CAP)
                                        .execute(keysAnd(unused, additions).addArrayOfLong(minors(unused, caps))))
                .mapEmpty();
    }

    private static Tuple keysAnd(List<CapKey> keys, Map<CapKey, Money> amounts) {
        return Tuple.tuple()
                .addArrayOfUUID(keys.stream().map(CapKey::userId).toArray(UUID[]::new))
                .addArrayOfUUID(keys.stream().map(CapKey::offerId).toArray(UUID[]::new))
                .addArrayOfLocalDate(keys.stream().map(CapKey::month).toArray(LocalDate[]::new))
                .addArrayOfLong(minors(keys, amounts));
    }

    private static Long[] minors(List<CapKey> keys, Map<CapKey, Money> amounts) {
        return keys.stream().map(key -> amounts.get(key).minor()).toArray(Long[]::new);
    }

    static Future<Void> giveCapBack(SqlConnection tx, Map<UUID, Money> amounts) {
        List<UUID> purchaseIds = List.copyOf(amounts.keySet());
        return tx.preparedQuery(GIVE_CAP_BACK)
                .execute(Tuple.tuple()
                        .addArrayOfUUID(purchaseIds.toArray(UUID[]::new))
                        .addArrayOfLong(purchaseIds.stream()
                                .map(id -> amounts.get(id).minor())
                                .toArray(Long[]::new)))
                .mapEmpty();
    }
}
