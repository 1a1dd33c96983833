package com.clicknback.ingestion;

import static java.util.Comparator.comparing;

import com.clicknback.cashback.CashbackTerms;
import com.clicknback.clicks.Click;
import com.clicknback.crediting.ShardedWork;
import com.clicknback.events.PurchaseEvents;
import com.clicknback.events.PurchaseKey;
import com.clicknback.ingestion.terms.MerchantTerms;
import com.clicknback.ingestion.terms.RememberedTerms;
import com.clicknback.ingestion.terms.TermsKey;
import com.clicknback.platform.db.Arguments;
import com.clicknback.platform.db.Database.WriteGate;
import com.clicknback.platform.db.Rows;
import com.clicknback.platform.db.SqlFailures;
import com.clicknback.platform.db.Unnest;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The SQL of ingestion: three lookups for a batch of submissions, and one insert of those accepted. */
final class IngestionStore {
    /** Purchases that one entry of the verification work list holds. */
    private static final int VERIFIED_TOGETHER_MAX = 500;

    private static final String FIND_USERS = "SELECT id, active FROM users WHERE id = ANY($1)";

    private static final Unnest<Stored> STORED = Unnest.of(Stored.class)
            .uuid("id", row -> row.purchase().id())
            .uuid("partner_id", row -> row.submission().key().partnerId())
            .text("external_id", row -> row.submission().externalId())
            .uuid("user_id", row -> row.submission().userId())
            .uuid("merchant_id", row -> row.submission().merchantId())
            .minor("amount_minor", row -> row.submission().amount())
            .timestamptz("purchased_at", Stored::purchasedAt)
            .bool("purchased_at_stated", row -> row.submission().purchasedAt() != null)
            .uuid("offer_id", row -> row.purchase().terms().offerId())
            .word("cashback_type", row -> row.purchase().terms().type())
            .bigint("cashback_value_e4", row -> row.purchase().terms().valueE4())
            .minor("monthly_cap_minor", row -> row.purchase().terms().monthlyCap())
            .integer("hold_days", Stored::holdDays)
            .minor("cashback_minor", row -> row.purchase().cashback())
            .uuid("click_id", row -> clickKey(row.submission()));

    private static final String INSERT_PURCHASES = """
      INSERT INTO purchases
          (id, partner_id, external_id, user_id, merchant_id, amount_minor, currency, purchased_at,
           purchased_at_stated, offer_id, cashback_type, cashback_value_e4, monthly_cap_minor, hold_days,
           cashback_minor, click_id, created_at, updated_at)
      SELECT s.id, s.partner_id, s.external_id, s.user_id, s.merchant_id, s.amount_minor, 'EUR', s.purchased_at,
             s.purchased_at_stated, s.offer_id, s.cashback_type, s.cashback_value_e4, s.monthly_cap_minor,
             s.hold_days, s.cashback_minor, s.click_id, $1, $1
      FROM {s}
      """;

    /** Stores all, or fails: nothing had any of the external ids a moment ago. */
    private static final String INSERT_ALL = STORED.into("s", """
      WITH queued AS (
          INSERT INTO verification_batches (purchase_ids, due_at)
          SELECT ($4::uuid[])[first : first + %2$s - 1], $1 FROM generate_series(1, cardinality($4::uuid[]), %2$s) AS q (first)
      ), uncredited AS (
          INSERT INTO crediting_batches (shard, purchase_ids, user_ids, ingested_at)
          SELECT shard, ($5::uuid[])[first : last], ($6::uuid[])[first : last], $1
          FROM unnest($7::smallint[], $8::integer[], $9::integer[]) AS q (shard, first, last)
      ), logged AS (
          INSERT INTO event_log (type, body, occurred_at) VALUES ($2, $3, $1)
      )
      %1$s
      """.formatted(INSERT_PURCHASES, VERIFIED_TOGETHER_MAX));

    /**
     * Stores those that are new. A lost attempt that is still running conflicts by id as well as by
     * external id; either is passed over. The event has the form that {@link PurchaseEvents#INGESTED} is packed in.
     */
    private static final String INSERT_NEW = STORED.into("s", """
      WITH inserted AS (
          %1$s ON CONFLICT DO NOTHING RETURNING id, user_id
      ), queued AS (
          INSERT INTO verification_batches (purchase_ids, due_at)
          SELECT array_agg(id ORDER BY id), $1
          FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM inserted) numbered
          GROUP BY (place - 1) / %2$s
      ), uncredited AS (
          INSERT INTO crediting_batches (shard, purchase_ids, user_ids, ingested_at)
          SELECT crediting_shard(user_id), array_agg(id ORDER BY id), array_agg(user_id ORDER BY id), $1
          FROM inserted GROUP BY crediting_shard(user_id)
      ), logged AS (
          INSERT INTO event_log (type, body, occurred_at)
          SELECT $2,
                 decode('01', 'hex') || int4send(count(*)::integer)
                     || string_agg(uuid_send(id) || uuid_send(user_id), ''::bytea ORDER BY id),
                 $1
          FROM inserted HAVING count(*) > 0
      )
      SELECT FROM inserted
      """.formatted(INSERT_PURCHASES, VERIFIED_TOGETHER_MAX));

    private static final String INGESTED = PurchaseEvents.INGESTED.name();

    private IngestionStore() {}

    static @Nullable UUID clickKey(Submission submission) {
        Click click = submission.foundClick();
        return click == null ? null : click.id().key();
    }

    /**
     * Facts of the database that a submission is judged by.
     *
     * @param known the purchase that has its external id
     * @param userActive null when there is no such user
     * @param merchantActive at the time of the purchase; null when there is no such merchant
     * @param terms at the time of the purchase, or those that its click promises; null when there are none
     */
    record Facts(
            @Nullable KnownPurchase known,
            @Nullable Boolean userActive,
            @Nullable Boolean merchantActive,
            @Nullable CashbackTerms terms) {}

    /** An accepted purchase as its row is written. */
    private record Stored(NewPurchase purchase, Instant purchasedAt) {
        static Stored of(NewPurchase purchase, Instant receivedAt) {
            Instant stated = purchase.submission().purchasedAt();
            return new Stored(purchase, stated == null ? receivedAt : stated);
        }

        Submission submission() {
            return purchase.submission();
        }

        /** Null for no hold. */
        @Nullable
        Integer holdDays() {
            int days = purchase.terms().holdDays();
            return days == 0 ? null : days;
        }
    }

    /**
     * Looks up the facts of submissions. The connection sends all queries without waiting for the first one's answer.
     *
     * @param holdDays the hold where neither the offer nor its merchant has one
     */
    static Future<List<Facts>> examine(
            SqlConnection connection,
            RememberedTerms remembered,
            List<Submission> submissions,
            Instant receivedAt,
            int holdDays) {
        List<TermsKey> keys = submissions.stream()
                .map(s -> TermsKey.of(s.merchantId(), purchasedAt(s, receivedAt)))
                .toList();
        Future<Map<PurchaseKey, KnownPurchase>> known = KnownPurchaseStore.find(connection, submissions);
        Future<Map<UUID, Boolean>> users = findUsers(connection, submissions);
        Future<Map<TermsKey, MerchantTerms>> terms = remembered.find(connection, new LinkedHashSet<>(keys));
        return Future.all(known, users, terms).map(found -> {
            List<Facts> facts = new ArrayList<>(keys.size());
            for (int i = 0; i < keys.size(); i++) {
                Submission submission = submissions.get(i);
                MerchantTerms merchant = terms.result().getOrDefault(keys.get(i), MerchantTerms.UNKNOWN);
                Instant time = purchasedAt(submission, receivedAt);
                Click click = submission.promisedBy(time);
                facts.add(new Facts(
                        known.result().get(submission.key()),
                        users.result().get(submission.userId()),
                        click == null ? merchant.isActive(time) : Boolean.TRUE,
                        click == null ? merchant.at(time, holdDays) : click.terms()));
            }
            return facts;
        });
    }

    static Instant purchasedAt(Submission submission, Instant receivedAt) {
        Instant stated = submission.purchasedAt();
        return stated == null ? receivedAt : stated;
    }

    private static Future<Map<UUID, Boolean>> findUsers(SqlConnection connection, List<Submission> submissions) {
        Set<UUID> ids = submissions.stream().map(Submission::userId).collect(Collectors.toSet());
        return connection
                .preparedQuery(FIND_USERS)
                .collecting(Rows.byKey(row -> row.getUUID("id"), row -> row.getBoolean("active")))
                .execute(Arguments.of((Object) Arguments.ids(ids)))
                .map(SqlResult::value);
    }

    /**
     * Stores purchases with their places in the work lists of verification and crediting, and one event for all, in one
     * statement; returns how many of their external ids were still free.
     */
    static Future<Integer> insert(SqlConnection connection, WriteGate gate, List<NewPurchase> purchases, Instant now) {
        return gate.pass()
                .compose(open -> insertAll(connection, purchases, now))
                .recover(failure -> SqlFailures.isUniqueViolation(failure)
                        ? gate.pass().compose(open -> insertNew(connection, purchases, now))
                        : Future.failedFuture(failure));
    }

    /** The same without the second try. */
    static Future<Integer> insertAll(SqlConnection connection, List<NewPurchase> purchases, Instant now) {
        Buffer body = PurchaseEvents.INGESTED.pack(event(purchases));
        UUID[] ids = purchases.stream().map(NewPurchase::id).toArray(UUID[]::new);
        Object[] arguments = ShardedWork.of(
                        purchases, NewPurchase::id, p -> p.submission().userId())
                .arguments(now, INGESTED, body, ids);
        return run(connection, INSERT_ALL, STORED.bind(rows(purchases, now), arguments));
    }

    /** Stores those whose external ids are still free, as {@link #insert} does, at twice the cost. */
    static Future<Integer> insertNew(SqlConnection connection, List<NewPurchase> purchases, Instant now) {
        return run(connection, INSERT_NEW, STORED.bind(rows(purchases, now), now, INGESTED));
    }

    private static List<Stored> rows(List<NewPurchase> purchases, Instant now) {
        return purchases.stream()
                .sorted(comparing(p -> p.submission().key()))
                .map(p -> Stored.of(p, now))
                .toList();
    }

    private static Future<Integer> run(SqlConnection connection, String sql, Tuple arguments) {
        return connection.preparedQuery(sql).execute(arguments).map(RowSet::rowCount);
    }

    private static PurchaseEvents.Purchases event(List<NewPurchase> purchases) {
        return new PurchaseEvents.Purchases(purchases.stream()
                .map(p -> new PurchaseEvents.Entry(p.id(), p.submission().userId()))
                .toList());
    }
}
