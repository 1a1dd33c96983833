package com.clicknback.ingestion.terms;

import com.clicknback.cashback.CashbackTerms;
import com.clicknback.cashback.CashbackType;
import com.clicknback.platform.db.Arguments;
import com.clicknback.platform.db.Rows;
import com.clicknback.platform.db.Unnest;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The SQL of terms. */
final class TermsStore {
    /** Triggers give it another value in each transaction that changes what {@link #FIND_TERMS} reads. */
    private static final String FIND_VERSION = "SELECT version FROM terms_version WHERE only_row";

    private static final Unnest<TermsKey> TERMS_KEYS =
            Unnest.of(TermsKey.class).uuid("merchant_id", TermsKey::merchantId).date("purchase_day", TermsKey::day);

    /**
     * The merchants of each day, and their periods on it, whose times are cut to it; no purchase of the day can tell. The
     * merchants of a day are looked up together, so that neighbours in an index share a descent.
     */
    private static final String FIND_TERMS = TERMS_KEYS.into("s", """
      SELECT h.merchant_id, d.day AS purchase_day, h.offer_id, h.cashback_type, h.value_e4, h.monthly_cap_minor, h.hold_days,
             greatest(h.active_from, d.begin) AS active_from, least(h.active_until, d.begin + interval '1 day') AS active_until
      FROM (
          SELECT purchase_day AS day, purchase_day::timestamp AT TIME ZONE 'UTC' AS begin,
                 array_agg(merchant_id) AS merchants
          FROM {s} GROUP BY purchase_day) d
      CROSS JOIN LATERAL (
          SELECT NULL::bigint AS id, id AS merchant_id, NULL::timestamptz AS active_from,
                 NULL::timestamptz AS active_until, NULL::uuid AS offer_id, NULL AS cashback_type,
                 NULL::bigint AS value_e4, NULL::bigint AS monthly_cap_minor, NULL::smallint AS hold_days
          FROM merchants WHERE id = ANY (d.merchants)
          UNION ALL
          SELECT id, merchant_id, active_from, active_until, NULL, 'percent', default_percentage_e4, NULL, hold_days
          FROM merchant_periods
          WHERE merchant_id = ANY (d.merchants) AND active_until > d.begin
            AND active_from < d.begin + interval '1 day'
          UNION ALL
          SELECT id, merchant_id, active_from, active_until, offer_id, cashback_type, cashback_value_e4,
                 monthly_cap_minor, hold_days
          FROM offer_periods
          WHERE merchant_id = ANY (d.merchants) AND active_until > d.begin
            AND active_from < d.begin + interval '1 day' AND end_date >= d.day AND start_date <= d.day) h
      ORDER BY h.id
      """);

    private TermsStore() {}

    static Future<Optional<UUID>> findVersion(SqlConnection connection) {
        return connection
                .preparedQuery(FIND_VERSION)
                .mapping(row -> row.getUUID("version"))
                .execute(Arguments.of())
                .map(Rows::first);
    }

    /** Finds the terms of merchants; those that do not exist are missing. */
    static Future<Map<TermsKey, MerchantTerms>> find(SqlConnection connection, Set<TermsKey> keys) {
        return connection
                .preparedQuery(FIND_TERMS)
                .execute(TERMS_KEYS.bind(keys))
                .map(rows -> {
                    Map<TermsKey, MerchantTerms> terms = new HashMap<>();
                    rows.forEach(row -> {
                        MerchantTerms merchant = terms.computeIfAbsent(
                                new TermsKey(row.getUUID("merchant_id"), row.getLocalDate("purchase_day")),
                                key -> new MerchantTerms(true, new ArrayList<>()));
                        if (row.getLong("value_e4") != null) {
                            merchant.periods().add(period(row));
                        }
                    });
                    return terms;
                });
    }

    private static MerchantTerms.Period period(Row row) {
        return new MerchantTerms.Period(
                Rows.instant(row, "active_from"),
                Rows.instant(row, "active_until"),
                new CashbackTerms(
                        row.getUUID("offer_id"),
                        Rows.word(row, "cashback_type", CashbackType.class),
                        row.getLong("value_e4"),
                        Rows.moneyOrNull(row, "monthly_cap_minor")),
                row.getInteger("hold_days"));
    }
}
