package com.clicknback.statistics;

import com.clicknback.platform.db.Arguments;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.PageRequest;
import com.clicknback.platform.db.Rows;
import com.clicknback.platform.db.Unnest;
import com.clicknback.statistics.DailyProjection.Happened;
import com.clicknback.statistics.DailyProjection.Kind;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of the daily statistics. */
final class DailyStore {
    private static final UUID NOBODY = new UUID(0, 0);

    private static final Unnest<Happened> BOOKED = Unnest.of(Happened.class)
            .uuid("purchase_id", Happened::purchaseId)
            .text("transfer", happened -> happened.kind().transfer())
            .uuid("cause_id", Happened::causeId)
            .ordinality("place");

    /**
     * Reads purchases as they were accepted, which never changes. So a replay comes to the same rows. What its user
     * submitted stays nobody's, also once a partner has reported the same order.
     */
    private static final String FIND_PURCHASES = """
            SELECT p.id, p.merchant_id, p.amount_minor,
                   CASE (SELECT o.first_by FROM purchase_orders o WHERE o.purchase_id = p.id)
                       WHEN 'user' THEN NULL ELSE p.partner_id END AS partner_id
            FROM purchases p
            WHERE p.id = ANY($1)
            """;

    /**
     * Reads the journal, which never changes either. A decision after a reinstatement has its own transfer, and each of
     * the two joins its own index.
     */
    private static final String FIND_BOOKED = BOOKED.into("e", """
            SELECT e.place, coalesce(t.amount_minor, a.amount_minor) AS amount_minor
            FROM {e}
            LEFT JOIN ledger_transfers t
                ON t.purchase_id = e.purchase_id AND t.kind = e.transfer AND t.cause_id IS NULL
                AND e.cause_id IS NULL
            LEFT JOIN ledger_transfers a
                ON a.cause_id = e.cause_id AND a.kind = e.transfer
                AND a.kind IN ('cashback_reinstated', 'cashback_confirmed', 'cashback_released', 'cashback_rejected',
                               'cashback_reversed')
            WHERE coalesce(t.amount_minor, a.amount_minor) IS NOT NULL
            """);

    private static final Unnest<DaySums> RAISED = Unnest.of(DaySums.class)
            .date("day", sums -> sums.key().day())
            .uuid("merchant_id", sums -> sums.key().merchantId())
            .uuid("partner_id", sums -> sums.key().partnerId())
            .bigint("accepted", sums -> sums.count(Kind.ACCEPTED))
            .bigint("accepted_minor", sums -> sums.minor(Kind.ACCEPTED))
            .bigint("credited", sums -> sums.count(Kind.CREDITED))
            .bigint("credited_minor", sums -> sums.minor(Kind.CREDITED))
            .bigint("changed_minor", sums -> sums.minor(Kind.CHANGED))
            .bigint("confirmed", sums -> sums.count(Kind.CONFIRMED))
            .bigint("confirmed_minor", DaySums::confirmedMinor)
            .bigint("rejected", sums -> sums.count(Kind.REJECTED))
            .bigint("rejected_minor", sums -> sums.minor(Kind.REJECTED))
            .bigint("reversed", sums -> sums.count(Kind.REVERSED))
            .bigint("reversed_minor", sums -> sums.minor(Kind.REVERSED))
            .bigint("refunded", sums -> sums.count(Kind.REFUNDED))
            .bigint("corrected", sums -> sums.count(Kind.CORRECTED));

    private static final String ADD = RAISED.into("e", """
            INSERT INTO statistics_days AS s (day, merchant_id, partner_id, accepted, accepted_minor,
                credited, credited_minor, changed_minor, confirmed, confirmed_minor, rejected, rejected_minor,
                reversed, reversed_minor, refunded, corrected)
            SELECT e.day, e.merchant_id, e.partner_id, e.accepted, e.accepted_minor,
                e.credited, e.credited_minor, e.changed_minor, e.confirmed, e.confirmed_minor, e.rejected,
                e.rejected_minor, e.reversed, e.reversed_minor, e.refunded, e.corrected
            FROM {e}
            ON CONFLICT ON CONSTRAINT statistics_days_key DO UPDATE SET
                accepted = s.accepted + excluded.accepted,
                accepted_minor = s.accepted_minor + excluded.accepted_minor,
                credited = s.credited + excluded.credited,
                credited_minor = s.credited_minor + excluded.credited_minor,
                changed_minor = s.changed_minor + excluded.changed_minor,
                confirmed = s.confirmed + excluded.confirmed,
                confirmed_minor = s.confirmed_minor + excluded.confirmed_minor,
                rejected = s.rejected + excluded.rejected,
                rejected_minor = s.rejected_minor + excluded.rejected_minor,
                reversed = s.reversed + excluded.reversed,
                reversed_minor = s.reversed_minor + excluded.reversed_minor,
                refunded = s.refunded + excluded.refunded,
                corrected = s.corrected + excluded.corrected
            """);

    /**
     * Days come in the order of the key, so that a page reads its own rows, and by partner its own days. $2 and $3 are the
     * last group of the page before, or what comes before the last day.
     */
    private static final String LIST = """
            SELECT day, {group} AS id,
                   sum(accepted)::bigint AS accepted, sum(accepted_minor)::bigint AS accepted_minor,
                   sum(credited)::bigint AS credited, sum(credited_minor)::bigint AS credited_minor,
                   sum(changed_minor)::bigint AS changed_minor,
                   sum(confirmed)::bigint AS confirmed, sum(confirmed_minor)::bigint AS confirmed_minor,
                   sum(rejected)::bigint AS rejected, sum(rejected_minor)::bigint AS rejected_minor,
                   sum(reversed)::bigint AS reversed, sum(reversed_minor)::bigint AS reversed_minor,
                   sum(refunded)::bigint AS refunded, sum(corrected)::bigint AS corrected
            FROM statistics_days
            WHERE day >= $1 AND (day, {group}) < ($2, $3)
            GROUP BY day, {group}
            ORDER BY day DESC, {group} DESC
            LIMIT $4 OFFSET $5
            """;

    /** Looks at each row of the days, in the index alone. */
    private static final String COUNT = """
            SELECT count(*) FROM (
                SELECT FROM statistics_days WHERE day BETWEEN $1 AND $2 GROUP BY day, {group}) d
            """;

    /** The id of nobody keeps its place in the order, and with it in cursors. */
    private static final String PARTNER = "coalesce(partner_id, '00000000-0000-0000-0000-000000000000')";

    static final String LIST_BY_MERCHANT = LIST.replace("{group}", "merchant_id");
    static final String LIST_BY_PARTNER = LIST.replace("{group}", PARTNER);
    private static final String COUNT_BY_MERCHANT = COUNT.replace("{group}", "merchant_id");
    private static final String COUNT_BY_PARTNER = COUNT.replace("{group}", PARTNER);

    private DailyStore() {}

    /** A purchase as it was accepted. */
    record Accepted(UUID merchantId, @Nullable UUID partnerId, long amountMinor) {}

    static Future<Map<UUID, Accepted>> findPurchases(SqlConnection tx, Set<UUID> ids) {
        return tx.preparedQuery(FIND_PURCHASES)
                .collecting(Rows.byKey(row -> row.getUUID("id"), DailyStore::accepted))
                .execute(Arguments.of((Object) Arguments.ids(ids)))
                .map(SqlResult::value);
    }

    private static Accepted accepted(Row row) {
        return new Accepted(row.getUUID("merchant_id"), row.getUUID("partner_id"), row.getLong("amount_minor"));
    }

    /** The amounts that the journal has for decisions; those that moved nothing are missing. */
    static Future<Map<Happened, Long>> findBooked(SqlConnection tx, List<Happened> decisions) {
        return decisions.isEmpty()
                ? Future.succeededFuture(Map.of())
                : tx.preparedQuery(FIND_BOOKED).execute(BOOKED.bind(decisions)).map(rows -> {
                    Map<Happened, Long> amounts = new HashMap<>();
                    rows.forEach(row -> amounts.put(
                            decisions.get(row.getLong("place").intValue() - 1), row.getLong("amount_minor")));
                    return amounts;
                });
    }

    static Future<Void> add(SqlConnection tx, List<DaySums> sums) {
        return tx.preparedQuery(ADD).execute(RAISED.bind(sums)).mapEmpty();
    }

    static Future<Page<DayView>> list(Database database, Statistics.Daily wanted) {
        boolean byMerchant = wanted.groupBy() == Statistics.GroupBy.MERCHANT;
        PageRequest page = wanted.page();
        PageRequest.Key after = page.after();
        PageRequest.Key last = PageRequest.BEFORE_ALL.equals(after) ? null : after;
        Future<List<DayView>> days = database.list(
                        byMerchant ? LIST_BY_MERCHANT : LIST_BY_PARTNER,
                        Tuple.of(
                                wanted.from(),
                                last == null ? wanted.to().plusDays(1) : dayOf(last),
                                last == null ? NOBODY : last.id(),
                                page.limit() + 1,
                                after == null ? page.offset() : 0))
                .map(rows -> rows.stream().map(DailyStore::day).toList());
        if (after != null) {
            return days.map(found -> page(found, page, null));
        }
        Future<Long> total = database.list(
                        byMerchant ? COUNT_BY_MERCHANT : COUNT_BY_PARTNER, Tuple.of(wanted.from(), wanted.to()))
                .map(counted -> counted.iterator().next().getLong(0));
        return Future.all(days, total).map(all -> page(days.result(), page, total.result()));
    }

    private static LocalDate dayOf(PageRequest.Key key) {
        return LocalDate.ofInstant(key.at(), ZoneOffset.UTC);
    }

    /** A page of those that were found, one more than fit it if others follow. */
    private static Page<DayView> page(List<DayView> found, PageRequest page, @Nullable Long total) {
        if (found.size() <= page.limit()) {
            return new Page<>(found, page, total, null);
        }
        DayView last = found.get(page.limit() - 1);
        UUID id = last.groupId() == null ? NOBODY : last.groupId();
        PageRequest.Key key = new PageRequest.Key(last.day().atStartOfDay().toInstant(ZoneOffset.UTC), id);
        return new Page<>(found.subList(0, page.limit()), page, total, key);
    }

    private static DayView day(Row row) {
        UUID group = row.getUUID("id");
        return new DayView(
                row.get(LocalDate.class, "day"),
                NOBODY.equals(group) ? null : group,
                row.getLong("accepted"),
                Rows.money(row, "accepted_minor"),
                row.getLong("credited"),
                Rows.money(row, "credited_minor"),
                Rows.money(row, "changed_minor"),
                row.getLong("confirmed"),
                Rows.money(row, "confirmed_minor"),
                row.getLong("rejected"),
                Rows.money(row, "rejected_minor"),
                row.getLong("reversed"),
                Rows.money(row, "reversed_minor"),
                row.getLong("refunded"),
                row.getLong("corrected"));
    }
}
