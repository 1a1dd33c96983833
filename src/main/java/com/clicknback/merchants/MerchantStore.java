package com.clicknback.merchants;

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
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The SQL of merchants. */
final class MerchantStore {
    /** The unique index on the name ignoring case. */
    static final String NAME_KEY = "merchants_name_key";

    private static final String COLUMNS = """
            m.id, m.name, m.default_percentage_e4, m.hold_days, m.tracking_url_template, m.attribution_days,
            m.active, m.created_at\
            """;

    private static final String INSERT = """
            INSERT INTO merchants
                (id, name, default_percentage_e4, hold_days, tracking_url_template, attribution_days, active, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """;

    private static final String FIND = "SELECT " + COLUMNS + " FROM merchants m WHERE m.id = $1";

    private static final String LOCK = FIND + " FOR NO KEY UPDATE";

    /** Ordered bytewise, as the index is: it finds the names between the beginning and all that goes on from it. */
    static final String FIND_BY_NAME_PREFIX = "SELECT " + COLUMNS + """
             FROM merchants m
            WHERE lower(m.name COLLATE "und-x-icu") COLLATE "C" >= lower($1::text COLLATE "und-x-icu") COLLATE "C"
              AND lower(m.name COLLATE "und-x-icu") COLLATE "C"
                  < (lower($1::text COLLATE "und-x-icu") || chr(1114111)) COLLATE "C"
            ORDER BY lower(m.name COLLATE "und-x-icu") COLLATE "C"
            LIMIT $2
            """;

    private static final String SET_ACTIVE = """
            UPDATE merchants SET active = $2, terms_since = $3 WHERE id = $1
            """;

    /** A default counts from a time on; the history of the merchant has what was before. */
    private static final String UPDATE = """
            UPDATE merchants
            SET name = $2, default_percentage_e4 = $3, tracking_url_template = $5, attribution_days = $6, hold_days = $7,
                terms_since = CASE WHEN (default_percentage_e4, hold_days) IS DISTINCT FROM ($3, $7) THEN $4
                    ELSE terms_since END
            WHERE id = $1
            """;

    private static final String NAME_CONTAINS = """
            strpos(lower(m.name COLLATE "und-x-icu"), lower(?::text COLLATE "und-x-icu")) > 0\
            """;

    private static final int SAME_PREFIX_MAX = 5;

    private MerchantStore() {}

    /** Fails with a violation of {@link #NAME_KEY} when the name is taken. */
    static Future<Void> insert(SqlConnection tx, Merchant merchant) {
        return tx.preparedQuery(INSERT)
                .execute(Arguments.of(
                        merchant.id(),
                        merchant.name(),
                        merchant.defaultPercentageE4(),
                        merchant.holdDays(),
                        merchant.tracking().urlTemplate(),
                        merchant.tracking().attributionDays(),
                        merchant.active(),
                        merchant.createdAt()))
                .mapEmpty();
    }

    static Future<Optional<Merchant>> find(Database database, UUID id) {
        return database.query(FIND, Tuple.of(id), MerchantStore::read).map(Rows::first);
    }

    /** Reads a merchant and blocks other changes of it until the transaction ends. */
    static Future<Optional<Merchant>> lock(SqlConnection tx, UUID id) {
        return tx.preparedQuery(LOCK)
                .mapping(MerchantStore::read)
                .execute(Tuple.of(id))
                .map(Rows::first);
    }

    /** Sets the status from a time on; the history of the merchant has what was before. */
    static Future<Void> setActive(SqlConnection tx, UUID id, boolean active, Instant since) {
        return tx.preparedQuery(SET_ACTIVE)
                .execute(Arguments.of(id, active, since))
                .mapEmpty();
    }

    /** Fails with a violation of {@link #NAME_KEY} when the name is taken. */
    static Future<Void> update(SqlConnection tx, Merchant after, Instant since) {
        return tx.preparedQuery(UPDATE)
                .execute(Arguments.of(
                        after.id(),
                        after.name(),
                        after.defaultPercentageE4(),
                        since,
                        after.tracking().urlTemplate(),
                        after.tracking().attributionDays(),
                        after.holdDays()))
                .mapEmpty();
    }

    /** Few rows for each merchant: the order needs no index. */
    static Future<Page<MerchantPeriod>> history(Database database, Merchants.History wanted) {
        return new ListQuery(
                        """
                        nullif(p.active_from, '-infinity') AS since, nullif(p.active_until, 'infinity') AS until,
                        p.default_percentage_e4, p.hold_days\
                        """,
                        "merchant_periods p",
                        "greatest(p.active_from, timestamptz 'epoch')",
                        "lpad(to_hex(p.id), 32, '0')::uuid")
                .where("p.merchant_id = ?", wanted.id())
                .fetch(
                        database,
                        wanted.page(),
                        row -> new MerchantPeriod(
                                Rows.instantOrNull(row, "since"),
                                Rows.instantOrNull(row, "until"),
                                row.getLong("default_percentage_e4"),
                                row.getInteger("hold_days")));
    }

    static Future<Page<Merchant>> list(Database database, Merchants.List wanted) {
        return new ListQuery(COLUMNS, "merchants m", "m.created_at", "m.id")
                .where("m.active = ?", wanted.active())
                .where(NAME_CONTAINS, wanted.namePart())
                .fetch(database, wanted.page(), MerchantStore::read);
    }

    static Future<List<Merchant>> findByName(Database database, String prefix) {
        return database.query(FIND_BY_NAME_PREFIX, Tuple.of(prefix, SAME_PREFIX_MAX), MerchantStore::read)
                .map(Rows::list);
    }

    private static Merchant read(Row row) {
        return new Merchant(
                row.getUUID("id"),
                row.getString("name"),
                row.getLong("default_percentage_e4"),
                row.getInteger("hold_days"),
                new Tracking(row.getString("tracking_url_template"), row.getInteger("attribution_days")),
                row.getBoolean("active"),
                Rows.instant(row, "created_at"));
    }
}
