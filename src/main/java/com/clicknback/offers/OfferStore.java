package com.clicknback.offers;

import com.clicknback.cashback.CashbackType;
import com.clicknback.offers.Offer.OfferingMerchant;
import com.clicknback.platform.db.Arguments;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.ListQuery;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/** The SQL of offers. */
final class OfferStore {
    /** The exclusion constraint on the windows of a merchant's active offers. */
    static final String NO_OVERLAP = "offers_no_overlap";

    private static final String COLUMNS = """
            o.id, o.merchant_id, m.name AS merchant_name, m.active AS merchant_active,
            m.tracking_url_template IS NOT NULL AS merchant_takes_clicks, o.cashback_type, o.cashback_value_e4,
            o.monthly_cap_minor, o.hold_days, o.start_date, o.end_date, o.active, o.created_at\
            """;

    private static final String FROM = "offers o JOIN merchants m ON m.id = o.merchant_id";

    private static final String FIND = "SELECT " + COLUMNS + " FROM " + FROM + " WHERE o.id = $1";

    private static final String LOCK = FIND + " FOR NO KEY UPDATE";

    /**
     * Serializes the writes of one merchant's offers. Two at once would wait for each other at the exclusion constraint
     * until the server detects the deadlock.
     */
    private static final String LOCK_MERCHANT = """
            SELECT name AS merchant_name, active AS merchant_active, tracking_url_template IS NOT NULL AS merchant_takes_clicks
            FROM merchants WHERE id = $1 FOR NO KEY UPDATE
            """;

    private static final String INSERT = """
            INSERT INTO offers
                (id, merchant_id, cashback_type, cashback_value_e4, monthly_cap_minor, hold_days, start_date, end_date,
                 active, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """;

    private static final String SET_ACTIVE = """
            UPDATE offers SET active = $2, terms_since = $3 WHERE id = $1
            """;

    private static final String UPDATE = """
            UPDATE offers SET end_date = $2, monthly_cap_minor = $3, terms_since = $4, hold_days = $5 WHERE id = $1
            """;

    private static final String FIND_OVERLAPPING = """
            SELECT id
            FROM offers
            WHERE merchant_id = $1 AND active AND id <> $2
              AND daterange(start_date, end_date, '[]') && daterange($3, $4, '[]')
            ORDER BY start_date
            LIMIT 1
            """;

    private OfferStore() {}

    /** Reads a merchant and blocks changes of it and of its offers until the transaction ends. */
    static Future<Optional<OfferingMerchant>> lockMerchant(SqlConnection tx, UUID id) {
        return tx.preparedQuery(LOCK_MERCHANT)
                .mapping(OfferStore::merchant)
                .execute(Tuple.of(id))
                .map(Rows::first);
    }

    /** Fails with a violation of {@link #NO_OVERLAP} when an active offer of the merchant overlaps the window. */
    static Future<Void> insert(SqlConnection tx, Offer offer) {
        return tx.preparedQuery(INSERT)
                .execute(Arguments.of(
                        offer.id(),
                        offer.merchantId(),
                        offer.cashbackType(),
                        offer.cashbackValueE4(),
                        offer.monthlyCap(),
                        offer.holdDays(),
                        offer.window().start(),
                        offer.window().end(),
                        offer.active(),
                        offer.createdAt()))
                .mapEmpty();
    }

    static Future<Optional<Offer>> find(Database database, UUID id) {
        return database.query(FIND, Tuple.of(id), OfferStore::read).map(Rows::first);
    }

    /** Reads an offer and blocks changes of it and of its merchant until the transaction ends. */
    static Future<Optional<Offer>> lock(SqlConnection tx, UUID id) {
        return tx.preparedQuery(LOCK)
                .mapping(OfferStore::read)
                .execute(Tuple.of(id))
                .map(Rows::first);
    }

    /** Fails with a violation of {@link #NO_OVERLAP} when another active offer of the merchant overlaps the window. */
    static Future<Void> setActive(SqlConnection tx, UUID id, boolean active, Instant since) {
        return tx.preparedQuery(SET_ACTIVE)
                .execute(Arguments.of(id, active, since))
                .mapEmpty();
    }

    /**
     * Sets the terms that may change, from a time on; the history of the offer has what was before. Fails with a violation
     * of {@link #NO_OVERLAP} when another active offer of the merchant overlaps the window.
     */
    static Future<Void> update(SqlConnection tx, Offer after, Instant since) {
        return tx.preparedQuery(UPDATE)
                .execute(Arguments.of(after.id(), after.window().end(), after.monthlyCap(), since, after.holdDays()))
                .mapEmpty();
    }

    /**
     * Few rows for each offer: the order needs no index. What was changed again before the window began was never in force.
     */
    static Future<Page<OfferPeriod>> history(Database database, Offers.History wanted) {
        return new ListQuery("""
                        greatest(p.active_from, p.start_date::timestamp AT TIME ZONE 'UTC') AS since,
                        nullif(p.active_until, 'infinity') AS until, p.cashback_type,
                        p.cashback_value_e4, p.monthly_cap_minor, p.hold_days, p.start_date, p.end_date\
                        """, "offer_periods p", "p.active_from", "lpad(to_hex(p.id), 32, '0')::uuid")
                .where("p.offer_id = ?", wanted.id())
                .where("p.active_until > greatest(p.active_from, p.start_date::timestamp AT TIME ZONE 'UTC')")
                .fetch(
                        database,
                        wanted.page(),
                        row -> new OfferPeriod(
                                Rows.instant(row, "since"),
                                Rows.instantOrNull(row, "until"),
                                Rows.word(row, "cashback_type", CashbackType.class),
                                row.getLong("cashback_value_e4"),
                                Rows.money(row, "monthly_cap_minor"),
                                row.getInteger("hold_days"),
                                new OfferWindow(row.getLocalDate("start_date"), row.getLocalDate("end_date"))));
    }

    /** A window that one active offer of a merchant takes for itself. */
    record Claim(UUID offerId, UUID merchantId, OfferWindow window) {}

    /** The earliest other active offer of the merchant that overlaps the claimed window. */
    static Future<Optional<UUID>> findOverlapping(Database database, Claim claim) {
        Tuple arguments = Tuple.of(
                claim.merchantId(),
                claim.offerId(),
                claim.window().start(),
                claim.window().end());
        return database.query(FIND_OVERLAPPING, arguments, row -> row.getUUID("id"))
                .map(Rows::first);
    }

    static Future<Page<Offer>> list(Database database, Offers.List wanted) {
        ListQuery query = new ListQuery(COLUMNS, FROM, "o.created_at", "o.id");
        if (wanted.openOnly()) {
            query.where("o.active AND m.active");
        }
        return query.where("o.active = ?", wanted.active())
                .where("o.merchant_id = ?", wanted.merchantId())
                .where("o.end_date >= ?", wanted.from())
                .where("o.start_date <= ?", wanted.to())
                .fetch(database, wanted.page(), OfferStore::read);
    }

    private static Offer read(Row row) {
        LocalDate start = row.getLocalDate("start_date");
        LocalDate end = row.getLocalDate("end_date");
        return new Offer(
                row.getUUID("id"),
                row.getUUID("merchant_id"),
                merchant(row),
                Rows.word(row, "cashback_type", CashbackType.class),
                row.getLong("cashback_value_e4"),
                Rows.money(row, "monthly_cap_minor"),
                row.getInteger("hold_days"),
                new OfferWindow(start, end),
                row.getBoolean("active"),
                Rows.instant(row, "created_at"));
    }

    private static OfferingMerchant merchant(Row row) {
        return new OfferingMerchant(
                row.getString("merchant_name"),
                row.getBoolean("merchant_active"),
                row.getBoolean("merchant_takes_clicks"));
    }
}
