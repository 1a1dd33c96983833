package com.clicknback.ingestion;

import com.clicknback.platform.db.Arguments;
import com.clicknback.platform.db.Rows;
import com.clicknback.platform.db.Unnest;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The SQL of purchases whose sender named the order. */
final class OrderStore {
    /** The time within which a partner's and a user's report are about one order. */
    private static final Duration SAME_WITHIN = Duration.ofDays(30);

    /** Other reports that are read for each submission of an order that a user submits several times at once. */
    private static final int OTHERS_MAX = 20;

    /** Reports of one order, of one kind, among which a user's report finds the other. */
    private static final int READ_MAX = 100;

    /** A submission, its place among others, and when it was received. */
    private record Wanted(Submission submission, long place, Instant receivedAt) {
        Instant purchasedAt() {
            return IngestionStore.purchasedAt(submission, receivedAt);
        }
    }

    private static final Unnest<Wanted> WANTED = Unnest.of(Wanted.class)
            .text("order_ref", wanted -> wanted.submission().orderRef())
            .uuid("user_id", wanted -> wanted.submission().userId())
            .uuid("merchant_id", wanted -> wanted.submission().merchantId())
            .minor("amount_minor", wanted -> wanted.submission().amount())
            .timestamptz("earliest", wanted -> wanted.purchasedAt().minus(SAME_WITHIN))
            .timestamptz("latest", wanted -> wanted.purchasedAt().plus(SAME_WITHIN))
            .bigint("place", Wanted::place);

    /**
     * A search for the other report of an order. The lookups of partners read nothing of what partners have reported: a
     * partner may give all of a user's purchases one reference. Those of users read a bounded number of it.
     *
     * @param reporters the users who are known to have such a report of the same reference
     * @param others the first reports that wait for this one; for a user, otherwise one that the user has submitted already.
     *     One that was rejected counts last: its user may have submitted the order again. Locks the reports and their
     *     purchases, so that of two second reports one attaches, and none to a purchase that is rejected meanwhile
     */
    record Lookup(boolean byUser, String reporters, String others) {
        static Lookup of(boolean byUser, String awaitsThis, String counts, String candidates) {
            return new Lookup(
                    byUser,
                    WANTED.into("s", """
                  SELECT DISTINCT s.user_id
                  FROM {s}
                  CROSS JOIN LATERAL (
                      SELECT FROM purchase_orders o
                      WHERE o.order_ref = s.order_ref AND o.user_id = s.user_id AND {counts} LIMIT 1) known
                  """.replace("{counts}", counts)),
                    WANTED.into(
                            "s",
                            "SELECT " + KnownPurchaseStore.COLUMNS
                                    + """
                  , s.place, known.awaits_this, known.among_many, known.order_ref, NULL::timestamptz AS stated_at
                  FROM {s}
                  CROSS JOIN LATERAL (
                      SELECT p.*, o.order_ref, {awaits} AS awaits_this, c.among_many
                      FROM ({candidates}) c
                      JOIN purchase_orders o ON o.purchase_id = c.purchase_id
                      JOIN purchases p ON p.id = o.purchase_id
                      WHERE {counts}
                      ORDER BY {awaits} DESC, p.status = 'rejected', c.among_many DESC, o.purchase_id
                      LIMIT $1 FOR NO KEY UPDATE OF o, p) known
                  ORDER BY s.place, known.awaits_this DESC, known.status = 'rejected', known.among_many DESC, known.id
                  """.replace("{candidates}", candidates)
                                            .replace("{counts}", counts)
                                            .replace("{awaits}", awaitsThis)));
        }
    }

    private static final String SAME_ORDER = """
      w.order_ref = s.order_ref AND w.user_id = s.user_id AND w.merchant_id = s.merchant_id
      AND w.amount_minor = s.amount_minor AND w.purchased_at BETWEEN s.earliest AND s.latest
      """;

    private static final String OF_USER = "o.open AND o.first_by = 'user'";
    private static final String OF_PARTNER = "o.open AND o.first_by = 'partner'";

    /** Of these, all but one at a time are rejected. */
    static final Lookup BY_PARTNERS = Lookup.of(
            false,
            OF_USER,
            OF_USER,
            "SELECT w.purchase_id, false AS among_many FROM purchase_orders w WHERE w.open AND w.first_by = 'user' AND "
                    + SAME_ORDER);

    static final Lookup BY_USERS =
            Lookup.of(true, OF_PARTNER, "(" + OF_PARTNER + " OR o.user_external_id IS NOT NULL)", """
          SELECT w.purchase_id, w.among_many
          FROM (VALUES (true, 'partner'), (true, 'user'), (false, 'partner'), (false, 'user')) kind (open, first_by)
          CROSS JOIN LATERAL (
              SELECT f.purchase_id, count(*) OVER () = {most} AS among_many
              FROM (SELECT w.purchase_id FROM purchase_orders w
                    WHERE w.open = kind.open AND w.first_by = kind.first_by AND {same}
                    ORDER BY w.purchased_at LIMIT {most}) f) w
          """.replace(
                            "{same}", SAME_ORDER)
                    .replace("{most}", Integer.toString(READ_MAX)));

    private static final Unnest<Ordered> ORDERED = Unnest.of(Ordered.class)
            .uuid("purchase_id", ordered -> ordered.purchase().id())
            .text("order_ref", ordered -> ordered.submission().orderRef())
            .uuid("user_id", ordered -> ordered.submission().userId())
            .uuid("merchant_id", ordered -> ordered.submission().merchantId())
            .minor("amount_minor", ordered -> ordered.submission().amount())
            .timestamptz("purchased_at", Ordered::purchasedAt)
            .timestamptz("same_until", ordered -> ordered.purchasedAt().plus(SAME_WITHIN))
            .text("first_by", ordered -> ordered.submission().isByUser() ? "user" : "partner")
            .text(
                    "user_external_id",
                    ordered -> ordered.submission().isByUser()
                            ? ordered.submission().externalId()
                            : null);

    /** A new purchase and when it was received. */
    private record Ordered(NewPurchase purchase, Instant receivedAt) {
        Submission submission() {
            return purchase.submission();
        }

        Instant purchasedAt() {
            return IngestionStore.purchasedAt(submission(), receivedAt);
        }
    }

    private static final String INSERT = ORDERED.into("s", """
      INSERT INTO purchase_orders
          (purchase_id, order_ref, user_id, merchant_id, amount_minor, purchased_at, same_until, first_by,
           user_external_id)
      SELECT s.purchase_id, s.order_ref, s.user_id, s.merchant_id, s.amount_minor, s.purchased_at, s.same_until,
             s.first_by, s.user_external_id
      FROM {s}
      ORDER BY s.order_ref, s.user_id, s.purchase_id
      """);

    /** With every other rejected purchase of the same order: any that stays open keeps the partner's out. */
    private static final String CLOSE = """
      UPDATE purchase_orders o SET open = false
      FROM purchase_orders s, purchases p
      WHERE s.purchase_id = ANY($1) AND o.order_ref = s.order_ref AND o.user_id = s.user_id
        AND o.merchant_id = s.merchant_id AND o.amount_minor = s.amount_minor AND o.first_by = s.first_by
        AND o.open AND p.id = o.purchase_id AND p.status = 'rejected'
      """;

    private static final Unnest<Attachment> ATTACHMENTS = Unnest.of(Attachment.class)
            .uuid("purchase_id", Attachment::purchaseId)
            .uuid("partner_id", attachment -> attachment.submission().key().partnerId())
            .text("external_id", attachment -> attachment.submission().externalId())
            .timestamptz("stated_at", attachment -> attachment.submission().purchasedAt())
            .uuid("click_id", attachment -> IngestionStore.clickKey(attachment.submission()));

    private static final String ATTACH = ATTACHMENTS.into("a", """
      UPDATE purchase_orders o
      SET open = false, attached_at = $1, attached_purchased_at = a.stated_at,
          user_external_id = CASE WHEN a.partner_id IS NULL THEN a.external_id ELSE o.user_external_id END
      FROM {a}
      WHERE o.purchase_id = a.purchase_id
      """);

    private static final String GIVE_TO_PARTNERS = ATTACHMENTS.into("a", """
      UPDATE purchases p
      SET partner_id = a.partner_id, external_id = a.external_id, click_id = a.click_id, updated_at = $1
      FROM {a}
      WHERE p.id = a.purchase_id AND a.partner_id IS NOT NULL
      """);

    /** The job then asks whether the partner decides. */
    private static final String GIVE_VERIFICATIONS_TO_PARTNERS = ATTACHMENTS.into("a", """
      UPDATE verifications v SET partner_id = a.partner_id
      FROM {a}
      WHERE v.purchase_id = a.purchase_id AND a.partner_id IS NOT NULL
      """);

    private OrderStore() {}

    /**
     * Another report of an order.
     *
     * @param awaitsThis false when its user has submitted it already
     * @param amongMany whether there are so many like it that not all were read
     */
    record OtherReport(KnownPurchase purchase, boolean awaitsThis, boolean amongMany) {}

    /** A second report of a purchase. */
    record Attachment(UUID purchaseId, Submission submission) {}

    /** The users who may have reported one of the orders before, or whose partners may have; locks nothing. */
    static Future<Set<UUID>> findReporters(SqlConnection tx, List<Submission> submissions, Instant receivedAt) {
        return find(
                        submissions,
                        submission -> true,
                        receivedAt,
                        (lookup, wanted) -> tx.preparedQuery(lookup.reporters)
                                .mapping(row -> row.getUUID("user_id"))
                                .execute(WANTED.bind(wanted))
                                .map(Rows::list))
                .map(Set::copyOf);
    }

    /**
     * Finds and locks the reports of the same orders, the first ones of each submission, by its place.
     *
     * @param users those whose wallets the transaction has locked; submissions of others are passed over
     */
    static Future<Map<Integer, List<OtherReport>>> findOthers(
            SqlConnection tx, List<Submission> submissions, Set<UUID> users, Instant receivedAt) {
        return find(
                        submissions,
                        submission -> users.contains(submission.userId()),
                        receivedAt,
                        (lookup, wanted) -> tx.preparedQuery(lookup.others)
                                .mapping(row -> Map.entry(
                                        row.getLong("place").intValue(),
                                        new OtherReport(
                                                KnownPurchaseStore.read(row),
                                                row.getBoolean("awaits_this"),
                                                row.getBoolean("among_many"))))
                                .execute(WANTED.bind(wanted, lookup.byUser ? timesOfAnOrder(wanted) : 1))
                                .map(Rows::list))
                .map(found -> found.stream()
                        .collect(Collectors.groupingBy(
                                Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList()))));
    }

    /** The reports of the order that has most of them, as far as that many others are read. */
    private static int timesOfAnOrder(List<Wanted> wanted) {
        Map<String, Long> times = wanted.stream()
                .collect(Collectors.groupingBy(
                        w -> w.submission().userId() + w.submission().orderRef(), Collectors.counting()));
        return (int) Math.min(Collections.max(times.values()), OTHERS_MAX);
    }

    private static <R> Future<List<R>> find(
            List<Submission> submissions,
            Predicate<Submission> looked,
            Instant receivedAt,
            BiFunction<Lookup, List<Wanted>, Future<List<R>>> query) {
        List<Future<List<R>>> found = new ArrayList<>();
        for (Lookup lookup : List.of(BY_PARTNERS, BY_USERS)) {
            List<Wanted> wanted = IntStream.range(0, submissions.size())
                    .filter(place -> submissions.get(place).isByUser() == lookup.byUser)
                    .filter(place -> looked.test(submissions.get(place)))
                    .mapToObj(place -> new Wanted(submissions.get(place), place, receivedAt))
                    .toList();
            if (!wanted.isEmpty()) {
                found.add(query.apply(lookup, wanted));
            }
        }
        return Future.all(found)
                .map(all ->
                        found.stream().flatMap(rows -> rows.result().stream()).toList());
    }

    /** Stores the orders of new purchases; fails with a conflict when the other side has just reported one. */
    static Future<Void> insert(SqlConnection tx, List<NewPurchase> purchases, Instant receivedAt) {
        List<Ordered> ordered =
                purchases.stream().map(p -> new Ordered(p, receivedAt)).toList();
        return tx.preparedQuery(INSERT).execute(ORDERED.bind(ordered)).mapEmpty();
    }

    /** Ends the wait of purchases for a second report. */
    static Future<Void> close(SqlConnection tx, List<UUID> purchaseIds) {
        return tx.preparedQuery(CLOSE)
                .execute(Arguments.of((Object) Arguments.ids(purchaseIds)))
                .mapEmpty();
    }

    /** Attaches second reports. Users' purchases become those of the partners that report them. */
    static Future<Void> attach(SqlConnection tx, List<Attachment> attachments, Instant now) {
        return Future.all(
                        tx.preparedQuery(ATTACH).execute(ATTACHMENTS.bind(attachments, now)),
                        tx.preparedQuery(GIVE_TO_PARTNERS).execute(ATTACHMENTS.bind(attachments, now)),
                        tx.preparedQuery(GIVE_VERIFICATIONS_TO_PARTNERS).execute(ATTACHMENTS.bind(attachments)))
                .mapEmpty();
    }
}
