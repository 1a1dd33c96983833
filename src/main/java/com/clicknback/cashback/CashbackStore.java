package com.clicknback.cashback;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

import com.clicknback.ledger.Account;
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

    private static final Unnest<NewDraw> DRAWN_CAPS = Unnest.of(NewDraw.class)
            .uuid("user_id", draw -> draw.use().key().userId())
            .uuid("offer_id", draw -> draw.use().key().offerId())
            .date("cap_month", draw -> draw.use().key().month())
            .minor("used_minor", draw -> draw.use().amount())
            .minor("cut_minor", draw -> draw.use().cut())
            .minor("cap_minor", draw -> draw.use().limit())
            .minor("least_minor", draw -> draw.use().least())
            .timestamptz("latest_at", NewDraw::latestAt)
            .uuid("latest_id", NewDraw::latestId);

    /**
     * The draw of credits on a cap.
     *
     * @param latestAt with the id the last purchase that has a part of it; null when unknown
     */
    record NewDraw(
            CapUse use,
            @Nullable Instant latestAt,
            @Nullable UUID latestId) {}

    /** The present cashback of a purchase that was credited with another. */
    private record Present(UUID purchaseId, Money amount) {}

    private static final Unnest<Present> PRESENT =
            Unnest.of(Present.class).uuid("id", Present::purchaseId).minor("rerated_minor", Present::amount);

    /** The columns of a purchase that its amount follows from. */
    private static final String RATED = """
      p.id, p.user_id, p.created_at, p.purchased_at, p.offer_id, p.cashback_type, p.cashback_value_e4,
      p.monthly_cap_minor, coalesce(p.corrected_minor, p.amount_minor) AS gross_minor, p.refunded_minor,
      p.carried_minor
      """;

    /** In the order of ingestion, so that the earliest purchase draws on a cap first. */
    private static final String FIND_UNCREDITED = "SELECT " + RATED + """
      , 'pending' AS balance, 0::bigint AS credited_minor
      FROM purchases p
      WHERE p.id = ANY($1) AND NOT EXISTS (SELECT FROM cashback_credits WHERE purchase_id = p.id)
      ORDER BY p.created_at, p.id
      """;

    private static final String FIND_CAP_USAGE = CAPS.into("k", """
      SELECT c.user_id, c.offer_id, c.cap_month, c.used_minor, c.cut_minor,
             coalesce(c.least_minor, c.cap_minor) AS least_minor, c.latest_at, c.latest_id
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

    private static final String OPEN_CAPS = DRAWN_CAPS.into("c", """
      INSERT INTO cap_usage
          (user_id, offer_id, cap_month, used_minor, cut_minor, cap_minor, least_minor, latest_at, latest_id)
      SELECT user_id, offer_id, cap_month, used_minor, cut_minor, cap_minor, nullif(least_minor, cap_minor), latest_at,
             latest_id
      FROM {c}
      """);

    /** An offer's cap may have been raised since. Purchases made before that keep the lower one. */
    private static final String DRAW_ON_CAPS = DRAWN_CAPS.into("c", """
      UPDATE cap_usage u
      SET used_minor = u.used_minor + c.used_minor, cut_minor = u.cut_minor + c.cut_minor,
          cap_minor = greatest(u.cap_minor, c.cap_minor),
          least_minor = nullif(least(u.least_minor, u.cap_minor, c.least_minor), greatest(u.cap_minor, c.cap_minor)),
          latest_at = c.latest_at, latest_id = c.latest_id
      FROM {c}
      WHERE u.user_id = c.user_id AND u.offer_id = c.offer_id AND u.cap_month = c.cap_month
      """);

    /** A purchase that has a part of a cap from now on may come after all others that have one. */
    private static final String CHANGE_CAPS = DRAWN_CAPS.into("c", """
      UPDATE cap_usage u
      SET used_minor = u.used_minor + c.used_minor, cut_minor = u.cut_minor + c.cut_minor,
          (latest_at, latest_id) = (
              SELECT CASE WHEN later THEN c.latest_at ELSE u.latest_at END,
                     CASE WHEN later THEN c.latest_id ELSE u.latest_id END
              FROM (SELECT c.latest_at IS NOT NULL AND (
                  u.used_minor = 0 OR (c.latest_at, c.latest_id) > (u.latest_at, u.latest_id)) AS later) compared)
      FROM {c}
      WHERE u.user_id = c.user_id AND u.offer_id = c.offer_id AND u.cap_month = c.cap_month
      """);

    private static final String RERATE = PRESENT.into("r", """
      UPDATE purchases p SET rerated_minor = r.rerated_minor, updated_at = $1 FROM {r} WHERE p.id = r.id
      """);

    private CashbackStore() {}

    static Future<List<RatedPurchase>> findUncredited(SqlConnection tx, Collection<UUID> purchaseIds) {
        return tx.preparedQuery(FIND_UNCREDITED)
                .mapping(CashbackStore::rated)
                .execute(Tuple.of(Arguments.ids(purchaseIds)))
                .map(Rows::list);
    }

    private static RatedPurchase rated(Row row) {
        return new RatedPurchase(
                row.getUUID("id"),
                row.getUUID("user_id"),
                Rows.instant(row, "created_at"),
                CapMonth.of(Rows.instant(row, "purchased_at")),
                new CashbackTerms(
                        row.getUUID("offer_id"),
                        Rows.word(row, "cashback_type", CashbackType.class),
                        row.getLong("cashback_value_e4"),
                        Rows.moneyOrNull(row, "monthly_cap_minor")),
                Rows.money(row, "gross_minor"),
                Rows.money(row, "refunded_minor"),
                Rows.moneyOrNull(row, "carried_minor"),
                Rows.word(row, "balance", Account.class),
                Rows.money(row, "credited_minor"));
    }

    /** Finds the states of caps; unused caps are missing. */
    static Future<Map<CapKey, CapState>> findCapStates(SqlConnection tx, Set<CapKey> keys) {
        if (keys.isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        return tx.preparedQuery(FIND_CAP_USAGE)
                .collecting(Rows.byKey(CashbackStore::capKey, CashbackStore::capState))
                .execute(CAPS.bind(keys.stream().sorted(CapKey.AS_INDEXED).toList()))
                .map(SqlResult::value);
    }

    private static CapState capState(Row row) {
        return new CapState(
                Rows.money(row, "used_minor"),
                Rows.money(row, "cut_minor"),
                Rows.money(row, "least_minor"),
                Rows.instantOrNull(row, "latest_at"),
                row.getUUID("latest_id"));
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
     * Draws new credits on caps. The database refuses to pass a limit.
     *
     * @param open the caps that have a row; the locks of their users' wallets keep that true
     */
    static Future<Void> drawOnCaps(SqlConnection tx, List<NewDraw> draws, Set<CapKey> open) {
        Map<Boolean, List<NewDraw>> byOpen = draws.stream()
                .sorted(comparing(draw -> draw.use().key(), CapKey.AS_INDEXED))
                .collect(Collectors.partitioningBy(
                        draw -> open.contains(draw.use().key())));
        return Future.all(
                        run(tx, DRAW_ON_CAPS, DRAWN_CAPS, requireNonNull(byOpen.get(true))),
                        run(tx, OPEN_CAPS, DRAWN_CAPS, requireNonNull(byOpen.get(false))))
                .mapEmpty();
    }

    /** Changes what purchases draw on caps that are open. */
    static Future<Void> changeCaps(SqlConnection tx, List<NewDraw> changes) {
        return run(tx, CHANGE_CAPS, DRAWN_CAPS, changes);
    }

    /** Stores the present cashback of purchases that were credited with another. */
    static Future<Void> rerate(SqlConnection tx, Map<UUID, Money> amounts, Instant now) {
        List<Present> present = amounts.entrySet().stream()
                .map(entry -> new Present(entry.getKey(), entry.getValue()))
                .toList();
        return present.isEmpty()
                ? Future.succeededFuture()
                : tx.preparedQuery(RERATE).execute(PRESENT.bind(present, now)).mapEmpty();
    }

    private static <R> Future<Void> run(SqlConnection tx, String sql, Unnest<R> columns, List<R> rows) {
        return rows.isEmpty()
                ? Future.succeededFuture()
                : tx.preparedQuery(sql).execute(columns.bind(rows)).mapEmpty();
    }
}
