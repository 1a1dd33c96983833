package com.clicknback.clicks;

import com.clicknback.cashback.CashbackTerms;
import com.clicknback.cashback.CashbackType;
import com.clicknback.money.Money;
import com.clicknback.platform.db.Arguments;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.Rows;
import com.clicknback.platform.db.Unnest;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of clicks. */
final class ClickStore {
    private static final Unnest<Clicks.Make> WANTED = Unnest.of(Clicks.Make.class)
            .uuid("user_id", Clicks.Make::userId)
            .uuid("merchant_id", Clicks.Make::merchantId)
            .ordinality("place");

    /** One row for each click that is wanted, in their order. */
    private static final String EXAMINE = WANTED.into("w", """
            SELECT m.active, m.tracking_url_template, m.attribution_days, m.default_percentage_e4, o.offer_id,
                   o.cashback_type, o.cashback_value_e4, o.monthly_cap_minor,
                   coalesce(o.hold_days, m.hold_days, $3) AS hold_days, coalesce(u.used_minor, 0) AS used_minor
            FROM {w}
            LEFT JOIN LATERAL (
                SELECT active, tracking_url_template, attribution_days, default_percentage_e4, hold_days
                FROM merchants WHERE id = w.merchant_id LIMIT 1) m ON true
            LEFT JOIN LATERAL (
                SELECT id AS offer_id, cashback_type, cashback_value_e4, monthly_cap_minor, hold_days
                FROM offers
                WHERE merchant_id = w.merchant_id AND start_date <= $1 AND end_date >= $1 AND active LIMIT 1) o ON true
            LEFT JOIN LATERAL (
                SELECT used_minor FROM cap_usage
                WHERE user_id = w.user_id AND offer_id = o.offer_id AND cap_month = $2 LIMIT 1) u ON true
            ORDER BY w.place
            """);

    private static final Unnest<Click> NEW = Unnest.of(Click.class)
            .uuid("id", click -> click.id().key())
            .uuid("user_id", Click::userId)
            .uuid("merchant_id", Click::merchantId)
            .uuid("offer_id", click -> click.terms().offerId())
            .word("cashback_type", click -> click.terms().type())
            .bigint("cashback_value_e4", click -> click.terms().valueE4())
            .minor("monthly_cap_minor", click -> click.terms().monthlyCap())
            .integer("hold_days", click -> click.terms().holdDays())
            .timestamptz("expires_at", Click::expiresAt);

    private static final String INSERT = NEW.into("c", """
            INSERT INTO clicks
                (id, user_id, merchant_id, offer_id, cashback_type, cashback_value_e4, monthly_cap_minor, hold_days,
                 expires_at)
            SELECT c.id, c.user_id, c.merchant_id, c.offer_id, c.cashback_type, c.cashback_value_e4,
                   c.monthly_cap_minor, c.hold_days, c.expires_at
            FROM {c}
            """);

    private static final String FIND_DESTINATION = """
            SELECT c.expires_at, m.active, m.tracking_url_template
            FROM clicks c JOIN merchants m ON m.id = c.merchant_id
            WHERE c.id = $1
            """;

    private static final String FIND = """
            SELECT id, user_id, merchant_id, offer_id, cashback_type, cashback_value_e4, monthly_cap_minor, hold_days,
                   expires_at
            FROM clicks WHERE id = ANY($1)
            """;

    /** Keys grow with time, so the oldest are at one edge of the primary key. */
    private static final String DELETE = """
            DELETE FROM clicks WHERE id = ANY(ARRAY(
                SELECT id FROM clicks WHERE id < $1 ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED))
            """;

    private ClickStore() {}

    /**
     * Facts of the database by which a click is granted.
     *
     * @param merchantActive null when there is no such merchant
     * @param urlTemplate null when the merchant takes no clicks
     * @param terms in force; null when there are none
     * @param capUsed the part of this month's cap that the user has used
     */
    record Facts(
            @Nullable Boolean merchantActive,
            @Nullable String urlTemplate,
            int attributionDays,
            @Nullable CashbackTerms terms,
            Money capUsed) {}

    /**
     * The facts about each click that is wanted, in their order.
     *
     * @param holdDays the hold where neither the offer nor its merchant has one
     */
    static Future<List<Facts>> examine(
            SqlConnection connection, List<Clicks.Make> wanted, LocalDate today, LocalDate capMonth, int holdDays) {
        return connection
                .preparedQuery(EXAMINE)
                .mapping(ClickStore::facts)
                .execute(WANTED.bind(wanted, today, capMonth, holdDays))
                .map(Rows::list);
    }

    private static Facts facts(Row row) {
        Boolean active = row.getBoolean("active");
        return new Facts(
                active,
                row.getString("tracking_url_template"),
                active == null ? 0 : row.getInteger("attribution_days"),
                active == null ? null : termsInForce(row),
                Rows.money(row, "used_minor"));
    }

    private static @Nullable CashbackTerms termsInForce(Row row) {
        if (row.getUUID("offer_id") != null) {
            return terms(row);
        }
        long percentageE4 = row.getLong("default_percentage_e4");
        return percentageE4 == 0
                ? null
                : CashbackTerms.merchantDefault(percentageE4).withHold(row.getInteger("hold_days"));
    }

    private static CashbackTerms terms(Row row) {
        return new CashbackTerms(
                row.getUUID("offer_id"),
                Rows.word(row, "cashback_type", CashbackType.class),
                row.getLong("cashback_value_e4"),
                Rows.moneyOrNull(row, "monthly_cap_minor"),
                row.getInteger("hold_days"));
    }

    static Future<Void> insert(SqlConnection connection, List<Click> clicks) {
        return connection.preparedQuery(INSERT).execute(NEW.bind(clicks)).mapEmpty();
    }

    /** The present way from a click to its merchant. */
    record Way(
            Instant expiresAt,
            boolean merchantActive,
            @Nullable String urlTemplate) {}

    static Future<Optional<Way>> findWay(Database database, ClickId id) {
        return database.query(
                        FIND_DESTINATION,
                        Tuple.of(id.key()),
                        row -> new Way(
                                Rows.instant(row, "expires_at"),
                                row.getBoolean("active"),
                                row.getString("tracking_url_template")))
                .map(Rows::first);
    }

    static Future<Map<ClickId, Click>> find(SqlConnection connection, Collection<ClickId> ids) {
        UUID[] keys = ids.stream().map(ClickId::key).toArray(UUID[]::new);
        return connection
                .preparedQuery(FIND)
                .collecting(Rows.byKey(row -> new ClickId(row.getUUID("id")), ClickStore::click))
                .execute(Arguments.of((Object) keys))
                .map(SqlResult::value);
    }

    static Click click(Row row) {
        return new Click(
                new ClickId(row.getUUID("id")),
                row.getUUID("user_id"),
                row.getUUID("merchant_id"),
                terms(row),
                Rows.instant(row, "expires_at"));
    }

    /** Deletes the oldest of the clicks with keys below a bound; brings their number. */
    static Future<Integer> delete(Database database, UUID below, int countMax) {
        return database.query(DELETE, Tuple.of(below, countMax)).map(SqlResult::rowCount);
    }
}
