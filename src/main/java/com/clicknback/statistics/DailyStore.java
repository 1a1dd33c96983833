package com.clicknback.statistics;

import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.ListQuery;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.Rows;
import com.clicknback.platform.db.Unnest;
import com.clicknback.statistics.DailyProjection.Happened;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/** The SQL of the daily statistics. */
final class DailyStore {
    private static final UUID NOBODY = new UUID(0, 0);

    private static final Unnest<Happened> HAPPENED = Unnest.of(Happened.class)
            .uuid("purchase_id", Happened::purchaseId)
            .date("day", Happened::day)
            .word("kind", Happened::kind)
            .text("transfer", happened -> happened.kind().transfer())
            .bigint("amount_minor", Happened::amountMinor)
            .uuid("cause_id", Happened::causeId);

    /**
     * Reads what never changes: the purchase as it was accepted, and the journal. So a replay comes to the same rows. A
     * decision after a reinstatement has its own transfer, and each of the two joins its own index.
     */
    private static final String ADD = HAPPENED.into("e", """
            INSERT INTO statistics_days AS s (day, merchant_id, partner_id, accepted, accepted_minor,
                credited, credited_minor, changed_minor, confirmed, confirmed_minor, rejected, rejected_minor,
                reversed, reversed_minor, refunded, corrected)
            SELECT e.day, p.merchant_id, p.partner_id,
                   count(*) FILTER (WHERE e.kind = 'accepted'),
                   coalesce(sum(p.amount_minor) FILTER (WHERE e.kind = 'accepted'), 0),
                   count(*) FILTER (WHERE e.kind = 'credited'),
                   coalesce(sum(e.amount_minor) FILTER (WHERE e.kind = 'credited'), 0),
                   coalesce(sum(e.amount_minor) FILTER (WHERE e.kind = 'changed'), 0),
                   count(*) FILTER (WHERE e.kind = 'confirmed'),
                   -- A confirmation with a hold makes nothing available; its release does.
                   coalesce(sum(CASE e.kind WHEN 'confirmed' THEN coalesce(t.amount_minor, a.amount_minor)
                       WHEN 'released' THEN e.amount_minor END), 0),
                   count(*) FILTER (WHERE e.kind = 'rejected'),
                   coalesce(sum(coalesce(t.amount_minor, a.amount_minor)) FILTER (WHERE e.kind = 'rejected'), 0),
                   count(*) FILTER (WHERE e.kind = 'reversed'),
                   coalesce(sum(t.amount_minor) FILTER (WHERE e.kind = 'reversed'), 0),
                   count(*) FILTER (WHERE e.kind = 'refunded'),
                   count(*) FILTER (WHERE e.kind = 'corrected')
            FROM {e}
            JOIN purchases p ON p.id = e.purchase_id
            LEFT JOIN ledger_transfers t
                ON t.purchase_id = e.purchase_id AND t.kind = e.transfer AND t.cause_id IS NULL
                AND e.cause_id IS NULL
            LEFT JOIN ledger_transfers a
                ON a.cause_id = e.cause_id AND a.kind = e.transfer
                AND a.kind IN ('cashback_reinstated', 'cashback_confirmed', 'cashback_released', 'cashback_rejected')
            GROUP BY e.day, p.merchant_id, p.partner_id
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

    private static final String SUMS = """
            day, day::timestamp AT TIME ZONE 'UTC' AS at,
            sum(accepted)::bigint AS accepted, sum(accepted_minor)::bigint AS accepted_minor,
            sum(credited)::bigint AS credited, sum(credited_minor)::bigint AS credited_minor,
            sum(changed_minor)::bigint AS changed_minor,
            sum(confirmed)::bigint AS confirmed, sum(confirmed_minor)::bigint AS confirmed_minor,
            sum(rejected)::bigint AS rejected, sum(rejected_minor)::bigint AS rejected_minor,
            sum(reversed)::bigint AS reversed, sum(reversed_minor)::bigint AS reversed_minor,
            sum(refunded)::bigint AS refunded, sum(corrected)::bigint AS corrected
            """;

    private static final String BY_MERCHANT =
            "(SELECT merchant_id AS id, " + SUMS + " FROM statistics_days GROUP BY day, merchant_id) d";

    /** The id of nobody keeps its place in the order, and with it in cursors. */
    private static final String BY_PARTNER =
            "(SELECT coalesce(partner_id, '00000000-0000-0000-0000-000000000000') AS id, " + SUMS
                    + " FROM statistics_days GROUP BY day, partner_id) d";

    private static final String COLUMNS = """
            day, id, accepted, accepted_minor, credited, credited_minor, changed_minor, confirmed, confirmed_minor,
            rejected, rejected_minor, reversed, reversed_minor, refunded, corrected
            """;

    private DailyStore() {}

    static Future<Void> add(SqlConnection tx, List<Happened> happened) {
        return tx.preparedQuery(ADD).execute(HAPPENED.bind(happened)).mapEmpty();
    }

    static Future<Page<DayView>> list(Database database, Statistics.Daily wanted) {
        String from = wanted.groupBy() == Statistics.GroupBy.MERCHANT ? BY_MERCHANT : BY_PARTNER;
        return new ListQuery(COLUMNS, from, "at", "id")
                .where("day >= ?", wanted.from())
                .where("day <= ?", wanted.to())
                .fetch(database, wanted.page(), DailyStore::day);
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
