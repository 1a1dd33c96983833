package com.clicknback.offers;

import com.clicknback.cashback.CashbackType;
import com.clicknback.money.Money;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.ListQuery;
import com.clicknback.platform.db.Page;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The SQL of offers. */
final class OfferStore {
    /** The exclusion constraint on the windows of a merchant's active offers. */
    static final String NO_OVERLAP = "offers_no_overlap";

    private static final String COLUMNS = """
            o.id, o.merchant_id, m.name AS merchant_name, m.active AS merchant_active, o.cashback_type,
            o.cashback_value_e4, o.monthly_cap_minor, o.start_date, o.end_date, o.active, o.created_at\
            """;

    private static final String FROM = "offers o JOIN merchants m ON m.id = o.merchant_id";

    private static final String FIND = "SELECT " + COLUMNS + " FROM " + FROM + " WHERE o.id = $1";

    private static final String LOCK = FIND + " FOR NO KEY UPDATE";

    /**
     * Offers of one merchant are written one after the other: two writes at once would wait for each other at the
     * exclusion constraint until the server sees the deadlock.
     */
    private static final String LOCK_MERCHANT = """
            SELECT name, active FROM merchants WHERE id = $1 FOR NO KEY UPDATE
            """;

    private static final String INSERT = """
            INSERT INTO offers
                (id, merchant_id, cashback_type, cashback_value_e4, monthly_cap_minor, start_date, end_date, active,
                 created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """;

    private static final String SET_ACTIVE = """
            UPDATE offers SET active = $2 WHERE id = $1
            """;

    private static final String FIND_IN_THE_WAY = """
            SELECT id
            FROM offers
            WHERE merchant_id = $1 AND active AND id <> $2
              AND daterange(start_date, end_date, '[]') && daterange($3, $4, '[]')
            ORDER BY start_date
            LIMIT 1
            """;

    private OfferStore() {}

    /** The merchant of an offer that is about to be written. */
    record OfferingMerchant(String name, boolean active) {}

    /** Reads a merchant and holds off changes of it and of its offers until the transaction ends. */
    static Future<Optional<OfferingMerchant>> lockMerchant(SqlConnection tx, UUID id) {
        return tx.preparedQuery(LOCK_MERCHANT)
                .execute(Tuple.of(id))
                .map(rows -> first(rows, row -> new OfferingMerchant(row.getString("name"), row.getBoolean("active"))));
    }

    /** Fails with a violation of {@link #NO_OVERLAP} when an active offer of the merchant overlaps the window. */
    static Future<Void> insert(SqlConnection tx, Offer offer) {
        return tx.preparedQuery(INSERT)
                .execute(Tuple.of(
                        offer.id(),
                        offer.merchantId(),
                        offer.cashbackType().name().toLowerCase(Locale.ROOT),
                        offer.cashbackValueE4(),
                        offer.monthlyCap().minor(),
                        offer.window().start(),
                        offer.window().end(),
                        offer.active(),
                        offer.createdAt().atOffset(ZoneOffset.UTC)))
                .mapEmpty();
    }

    static Future<Optional<Offer>> find(Database database, UUID id) {
        return database.query(FIND, Tuple.of(id)).map(rows -> first(rows, OfferStore::read));
    }

    /** Reads an offer and holds off changes of it and of its merchant until the transaction ends. */
    static Future<Optional<Offer>> lock(SqlConnection tx, UUID id) {
        return tx.preparedQuery(LOCK).execute(Tuple.of(id)).map(rows -> first(rows, OfferStore::read));
    }

    /** Fails with a violation of {@link #NO_OVERLAP} when another active offer of the merchant overlaps the window. */
    static Future<Void> setActive(SqlConnection tx, UUID id, boolean active) {
        return tx.preparedQuery(SET_ACTIVE).execute(Tuple.of(id, active)).mapEmpty();
    }

    /** What an active offer claims for itself. */
    record Claim(UUID offerId, UUID merchantId, OfferWindow window) {}

    /** The earliest other active offer of the merchant that overlaps the claimed window. */
    static Future<Optional<UUID>> findInTheWay(Database database, Claim claim) {
        Tuple arguments = Tuple.of(
                claim.merchantId(),
                claim.offerId(),
                claim.window().start(),
                claim.window().end());
        return database.query(FIND_IN_THE_WAY, arguments).map(rows -> first(rows, row -> row.getUUID("id")));
    }

    static Future<Page<Offer>> list(Database database, ListOffers wanted) {
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

    private static <T> Optional<T> first(RowSet<Row> rows, Function<Row, T> read) {
        Iterator<Row> found = rows.iterator();
        return found.hasNext() ? Optional.of(read.apply(found.next())) : Optional.empty();
    }

    private static Offer read(Row row) {
        LocalDate start = row.getLocalDate("start_date");
        LocalDate end = row.getLocalDate("end_date");
        return new Offer(
                row.getUUID("id"),
                row.getUUID("merchant_id"),
                row.getString("merchant_name"),
                row.getBoolean("merchant_active"),
                CashbackType.valueOf(row.getString("cashback_type").toUpperCase(Locale.ROOT)),
                row.getLong("cashback_value_e4"),
                Money.ofMinor(row.getLong("monthly_cap_minor")),
                new OfferWindow(start, end),
                row.getBoolean("active"),
                row.getOffsetDateTime("created_at").toInstant());
    }
}
