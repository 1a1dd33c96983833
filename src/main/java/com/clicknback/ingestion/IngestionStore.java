package com.clicknback.ingestion;

import com.clicknback.cashback.CashbackTerms;
import com.clicknback.cashback.CashbackType;
import com.clicknback.events.PurchaseEvents;
import com.clicknback.money.Money;
import com.clicknback.platform.db.SqlFailures;
import com.clicknback.platform.events.EventLog;
import com.clicknback.purchases.PurchaseStatus;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of ingestion: three statements tell all about a batch of submissions, one stores those accepted. */
final class IngestionStore {
    /** Purchases that one entry of the verification work list holds. */
    private static final int VERIFIED_TOGETHER_MAX = 500;

    /** One walk along the unique index for each partner: the ids that one sends in a row are often neighbours there. */
    private static final String FIND_KNOWN = """
      SELECT known.partner_id, known.external_id, known.id, known.user_id, known.merchant_id, known.amount_minor,
             known.currency, known.purchased_at, known.purchased_at_stated, known.status, known.created_at,
             CASE WHEN known.status = 'reversed' THEN 0
                  ELSE coalesce(
                      (SELECT c.amount_minor - coalesce(
                           (SELECT sum(r.cashback_minor)::bigint FROM refunds r WHERE r.purchase_id = known.id), 0)
                       FROM cashback_credits c WHERE c.purchase_id = known.id),
                      known.cashback_minor) END AS cashback_minor
      FROM (
          SELECT partner_id, array_agg(external_id) AS external_ids
          FROM unnest($1::uuid[], $2::text[]) AS s (partner_id, external_id) GROUP BY partner_id) named
      CROSS JOIN LATERAL (
          SELECT * FROM purchases p WHERE p.partner_id = named.partner_id AND p.external_id = ANY (named.external_ids)
          UNION ALL
          SELECT * FROM purchases p
          WHERE named.partner_id IS NULL AND p.partner_id IS NULL AND p.external_id = ANY (named.external_ids)) known
      """;

    private static final String FIND_USERS = "SELECT id, active FROM users WHERE id = ANY($1)";

    private static final String FIND_TERMS = """
      SELECT m.active AS merchant_active, m.default_percentage_e4,
             o.id AS offer_id, o.cashback_type, o.cashback_value_e4, o.monthly_cap_minor
      FROM unnest($1::uuid[], $2::date[]) WITH ORDINALITY AS s (merchant_id, purchase_day, place)
      LEFT JOIN LATERAL (
          SELECT active, default_percentage_e4 FROM merchants WHERE id = s.merchant_id LIMIT 1) m ON true
      LEFT JOIN LATERAL (
          SELECT id, cashback_type, cashback_value_e4, monthly_cap_minor FROM offers
          WHERE merchant_id = s.merchant_id AND active AND s.purchase_day BETWEEN start_date AND end_date
          LIMIT 1) o ON true
      ORDER BY s.place
      """;

    /** In the order of the unique index, so that two processes with the same purchases wait and never deadlock. */
    private static final String INSERT_PURCHASES = """
      INSERT INTO purchases
          (id, partner_id, external_id, user_id, merchant_id, amount_minor, currency, purchased_at,
           purchased_at_stated, offer_id, cashback_type, cashback_value_e4, monthly_cap_minor, cashback_minor,
           created_at, updated_at)
      SELECT s.id, s.partner_id, s.external_id, s.user_id, s.merchant_id, s.amount_minor, 'EUR', s.purchased_at,
             s.purchased_at_stated, s.offer_id, s.cashback_type, s.cashback_value_e4, s.monthly_cap_minor,
             s.cashback_minor, $1, $1
      FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::uuid[], $7::bigint[], $8::timestamptz[],
                  $9::boolean[], $10::uuid[], $11::text[], $12::bigint[], $13::bigint[], $14::bigint[])
           AS s (id, partner_id, external_id, user_id, merchant_id, amount_minor, purchased_at,
                 purchased_at_stated, offer_id, cashback_type, cashback_value_e4, monthly_cap_minor,
                 cashback_minor)
      ORDER BY s.partner_id, s.external_id
      """;

    /** Stores all, or fails: nothing had any of the external ids a moment ago. */
    private static final String INSERT_ALL = """
      WITH queued AS (
          INSERT INTO verification_batches (purchase_ids, due_at)
          SELECT array_agg(id ORDER BY place), $1 FROM unnest($2::uuid[]) WITH ORDINALITY AS s (id, place)
          GROUP BY (place - 1) / %2$s
      ), logged AS (
          INSERT INTO event_log (type, payload, occurred_at) VALUES ($15, $16, $1)
      )
      %1$s
      """.formatted(INSERT_PURCHASES, VERIFIED_TOGETHER_MAX);

    /**
     * Stores those that are new, which costs twice as much. A lost attempt that is still at work conflicts by id as well
     * as by external id: either is passed over.
     */
    private static final String INSERT_NEW = """
      WITH inserted AS (
          %1$s ON CONFLICT DO NOTHING RETURNING id, user_id
      ), queued AS (
          INSERT INTO verification_batches (purchase_ids, due_at)
          SELECT array_agg(id ORDER BY id), $1
          FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM inserted) numbered
          GROUP BY (place - 1) / %2$s
      ), logged AS (
          INSERT INTO event_log (type, payload, occurred_at)
          SELECT $15,
                 json_build_object('purchases',
                     json_agg(json_build_object('purchase_id', id, 'user_id', user_id)))::text,
                 $1
          FROM inserted HAVING count(*) > 0
      )
      SELECT FROM inserted
      """.formatted(INSERT_PURCHASES, VERIFIED_TOGETHER_MAX);

    private IngestionStore() {}

    /**
     * What the database knows about a submission.
     *
     * @param known the purchase that has its external id
     * @param userActive null when there is no such user
     * @param merchantActive null when there is no such merchant
     * @param terms null when neither an offer is in force nor the merchant's default applies
     */
    record Facts(
            @Nullable KnownPurchase known,
            @Nullable Boolean userActive,
            @Nullable Boolean merchantActive,
            @Nullable CashbackTerms terms) {}

    /** What decides about the terms of a purchase: few of these serve many purchases of a batch. */
    private record TermsKey(UUID merchantId, LocalDate day) {
        static TermsKey of(Submission submission, Instant receivedAt) {
            Instant time = submission.purchasedAt() == null ? receivedAt : submission.purchasedAt();
            return new TermsKey(
                    submission.merchantId(), time.atOffset(ZoneOffset.UTC).toLocalDate());
        }
    }

    private record MerchantTerms(
            @Nullable Boolean merchantActive, @Nullable CashbackTerms terms) {}

    /** What makes a purchase unique; the partner is null for a user's own. */
    private record Name(@Nullable UUID partnerId, String externalId) {}

    /** The connection sends all queries without waiting for the first one's answer. */
    static Future<List<Facts>> examine(SqlConnection connection, List<Submission> submissions, Instant receivedAt) {
        List<TermsKey> keys =
                submissions.stream().map(s -> TermsKey.of(s, receivedAt)).toList();
        Future<Map<Name, KnownPurchase>> known = findKnown(connection, submissions);
        Future<Map<UUID, Boolean>> users = findUsers(connection, submissions);
        Future<Map<TermsKey, MerchantTerms>> terms = findTerms(connection, new LinkedHashSet<>(keys));
        return Future.all(known, users, terms).map(found -> {
            List<Facts> facts = new ArrayList<>(keys.size());
            for (int i = 0; i < keys.size(); i++) {
                Submission submission = submissions.get(i);
                MerchantTerms merchant = terms.result().get(keys.get(i));
                facts.add(new Facts(
                        known.result().get(new Name(submission.partnerId(), submission.externalId())),
                        users.result().get(submission.userId()),
                        merchant.merchantActive(),
                        merchant.terms()));
            }
            return facts;
        });
    }

    private static Future<Map<Name, KnownPurchase>> findKnown(SqlConnection connection, List<Submission> submissions) {
        return connection
                .preparedQuery(FIND_KNOWN)
                .execute(Tuple.tuple()
                        .addArrayOfUUID(
                                submissions.stream().map(Submission::partnerId).toArray(UUID[]::new))
                        .addArrayOfString(
                                submissions.stream().map(Submission::externalId).toArray(String[]::new)))
                .map(rows -> {
                    Map<Name, KnownPurchase> known = new HashMap<>();
                    for (Row row : rows) {
                        known.put(new Name(row.getUUID("partner_id"), row.getString("external_id")), known(row));
                    }
                    return known;
                });
    }

    private static Future<Map<UUID, Boolean>> findUsers(SqlConnection connection, List<Submission> submissions) {
        UUID[] ids = submissions.stream().map(Submission::userId).distinct().toArray(UUID[]::new);
        return connection
                .preparedQuery(FIND_USERS)
                .execute(Tuple.tuple().addArrayOfUUID(ids))
                .map(rows -> {
                    Map<UUID, Boolean> active = new HashMap<>();
                    rows.forEach(row -> active.put(row.getUUID("id"), row.getBoolean("active")));
                    return active;
                });
    }

    private static Future<Map<TermsKey, MerchantTerms>> findTerms(SqlConnection connection, Set<TermsKey> keys) {
        return connection
                .preparedQuery(FIND_TERMS)
                .execute(Tuple.tuple()
                        .addArrayOfUUID(keys.stream().map(TermsKey::merchantId).toArray(UUID[]::new))
                        .addArrayOfLocalDate(keys.stream().map(TermsKey::day).toArray(LocalDate[]::new)))
                .map(rows -> {
                    Map<TermsKey, MerchantTerms> found = new HashMap<>();
                    Iterator<TermsKey> inOrder = keys.iterator();
                    for (Row row : rows) {
                        found.put(inOrder.next(), new MerchantTerms(row.getBoolean("merchant_active"), terms(row)));
                    }
                    return found;
                });
    }

    private static KnownPurchase known(Row row) {
        return new KnownPurchase(
                row.getUUID("id"),
                row.getUUID("user_id"),
                row.getUUID("merchant_id"),
                Money.ofMinor(row.getLong("amount_minor")),
                row.getString("currency"),
                row.getBoolean("purchased_at_stated")
                        ? row.getOffsetDateTime("purchased_at").toInstant()
                        : null,
                PurchaseStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                Money.ofMinor(row.getLong("cashback_minor")),
                row.getOffsetDateTime("created_at").toInstant());
    }

    private static @Nullable CashbackTerms terms(Row row) {
        UUID offerId = row.getUUID("offer_id");
        if (offerId != null) {
            return new CashbackTerms(
                    offerId,
                    CashbackType.valueOf(row.getString("cashback_type").toUpperCase(Locale.ROOT)),
                    row.getLong("cashback_value_e4"),
                    Money.ofMinor(row.getLong("monthly_cap_minor")));
        }
        Long percentage = row.getLong("default_percentage_e4");
        return percentage == null || percentage == 0 ? null : CashbackTerms.merchantDefault(percentage);
    }

    /**
     * Stores purchases with their place in the verification job's work list and one event for all, in one statement;
     * returns how many of their external ids were still free.
     */
    static Future<Integer> insert(SqlConnection connection, List<NewPurchase> purchases, Instant now) {
        return run(connection, INSERT_ALL, arguments(purchases, now).addString(EventLog.payload(event(purchases))))
                .recover(failure -> SqlFailures.isUniqueViolation(failure)
                        ? run(connection, INSERT_NEW, arguments(purchases, now))
                        : Future.failedFuture(failure));
    }

    private static Future<Integer> run(SqlConnection connection, String sql, Tuple arguments) {
        return connection.preparedQuery(sql).execute(arguments).map(RowSet::rowCount);
    }

    private static PurchaseEvents.Purchases event(List<NewPurchase> purchases) {
        return new PurchaseEvents.Purchases(purchases.stream()
                .map(p -> new PurchaseEvents.Entry(p.id(), p.submission().userId()))
                .toList());
    }

    private static Tuple arguments(List<NewPurchase> purchases, Instant now) {
        int count = purchases.size();
        UUID[] ids = new UUID[count];
        UUID[] partnerIds = new UUID[count];
        String[] externalIds = new String[count];
        UUID[] userIds = new UUID[count];
        UUID[] merchantIds = new UUID[count];
        Long[] amounts = new Long[count];
        OffsetDateTime[] purchasedAts = new OffsetDateTime[count];
        Boolean[] stated = new Boolean[count];
        UUID[] offerIds = new UUID[count];
        String[] types = new String[count];
        Long[] values = new Long[count];
        Long[] caps = new Long[count];
        Long[] cashbacks = new Long[count];
        for (int i = 0; i < count; i++) {
            NewPurchase purchase = purchases.get(i);
            Submission submission = purchase.submission();
            CashbackTerms terms = purchase.terms();
            ids[i] = purchase.id();
            partnerIds[i] = submission.partnerId();
            externalIds[i] = submission.externalId();
            userIds[i] = submission.userId();
            merchantIds[i] = submission.merchantId();
            amounts[i] = submission.amount().minor();
            stated[i] = submission.purchasedAt() != null;
            purchasedAts[i] = (stated[i] ? submission.purchasedAt() : now).atOffset(ZoneOffset.UTC);
            offerIds[i] = terms.offerId();
            types[i] = terms.type().name().toLowerCase(Locale.ROOT);
            values[i] = terms.valueE4();
            caps[i] = terms.monthlyCap() == null ? null : terms.monthlyCap().minor();
            cashbacks[i] = purchase.cashback().minor();
        }
        return Tuple.of(now.atOffset(ZoneOffset.UTC))
                .addArrayOfUUID(ids)
                .addArrayOfUUID(partnerIds)
                .addArrayOfString(externalIds)
                .addArrayOfUUID(userIds)
                .addArrayOfUUID(merchantIds)
                .addArrayOfLong(amounts)
                .addArrayOfOffsetDateTime(purchasedAts)
                .addArrayOfBoolean(stated)
                .addArrayOfUUID(offerIds)
                .addArrayOfString(types)
                .addArrayOfLong(values)
                .addArrayOfLong(caps)
                .addArrayOfLong(cashbacks)
                .addString(PurchaseEvents.INGESTED.name());
    }
}
