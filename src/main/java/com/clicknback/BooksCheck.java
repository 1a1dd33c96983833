package com.clicknback;

import com.clicknback.platform.db.Arguments;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares every wallet, every cap, every purchase and every payout with the journal and reports the differences. Works
 * out every amount anew from purchases, refunds and corrections, and names each purchase that is off. Finds owed credits
 * and pending purchases that no work list knows, events of partners that nobody applied, holds that lasted too long, and
 * releases that came too early. Reads one snapshot, so it may run beside live traffic.
 */
public final class BooksCheck {
    /** Upper bound of each kind; a broken ledger could differ in every row. */
    static final int DIFFERENCES_MAX = 1_000;

    private static final String WALLETS = """
      WITH entries AS (
          SELECT user_id, credit AS account, amount_minor FROM ledger_transfers
          UNION ALL
          SELECT user_id, debit, -amount_minor FROM ledger_transfers
      ), journal AS (
          SELECT user_id,
                 coalesce(sum(amount_minor) FILTER (WHERE account = 'pending'), 0) AS pending,
                 coalesce(sum(amount_minor) FILTER (WHERE account = 'available'), 0) AS available,
                 coalesce(sum(amount_minor) FILTER (WHERE account = 'reserved'), 0) AS reserved,
                 coalesce(sum(amount_minor) FILTER (WHERE account = 'paid'), 0) AS paid
          FROM entries GROUP BY user_id
      )
      SELECT 'wallet' AS what, u.id::text AS which,
             format('pending %s available %s reserved %s paid %s',
                    coalesce(j.pending, 0), coalesce(j.available, 0), coalesce(j.reserved, 0), coalesce(j.paid, 0))
                 AS expected,
             format('pending %s available %s reserved %s paid %s',
                    w.pending_minor, w.available_minor, w.reserved_minor, w.paid_minor) AS actual
      FROM users u
      LEFT JOIN wallets w ON w.user_id = u.id
      LEFT JOIN journal j ON j.user_id = u.id
      WHERE (w.pending_minor, w.available_minor, w.reserved_minor, w.paid_minor) IS DISTINCT FROM
            (coalesce(j.pending, 0), coalesce(j.available, 0), coalesce(j.reserved, 0), coalesce(j.paid, 0))
      """;

    /** Compares the use of caps with the journal: a purchase draws on its cap what it holds. */
    private static final String CAPS = """
      WITH journal AS (
          SELECT p.user_id, p.offer_id, date_trunc('month', p.purchased_at AT TIME ZONE 'UTC')::date AS cap_month,
                 sum(CASE WHEN t.debit = 'outside' THEN t.amount_minor
                          WHEN t.credit = 'outside' THEN -t.amount_minor ELSE 0 END) AS used
          FROM ledger_transfers t JOIN purchases p ON p.id = t.purchase_id
          WHERE p.offer_id IS NOT NULL GROUP BY 1, 2, 3
      )
      SELECT 'cap' AS what,
             format('user %s offer %s month %s', coalesce(c.user_id, j.user_id), coalesce(c.offer_id, j.offer_id),
                    coalesce(c.cap_month, j.cap_month)) AS which,
             format('used %s', coalesce(j.used, 0)) AS expected,
             format('used %s of %s', c.used_minor, c.cap_minor) AS actual
      FROM cap_usage c
      FULL JOIN journal j ON j.user_id = c.user_id AND j.offer_id = c.offer_id AND j.cap_month = c.cap_month
      WHERE coalesce(c.used_minor, 0) <> coalesce(j.used, 0) OR coalesce(j.used, 0) > c.cap_minor
      """;

    /**
     * Purchases with what follows from their refunds and corrections. The rounding is half-even: of two neighbours at the
     * same distance the even one.
     */
    private static final String RATED = """
      WITH refund_sums AS (
          SELECT purchase_id, sum(amount_minor) AS amount FROM refunds GROUP BY purchase_id
      ), in_force AS (
          SELECT DISTINCT ON (k.purchase_id) k.purchase_id, k.amount_minor
          FROM corrections k LEFT JOIN refund_sums r ON r.purchase_id = k.purchase_id
          WHERE k.amount_minor >= coalesce(r.amount, 0)
          ORDER BY k.purchase_id, k.occurred_at DESC, k.external_id COLLATE "C" DESC
      ), facts AS (
          SELECT p.id, p.user_id, p.offer_id, date_trunc('month', p.purchased_at AT TIME ZONE 'UTC')::date AS cap_month,
                 p.created_at, p.cashback_type, p.cashback_value_e4::numeric AS value_e4, p.monthly_cap_minor,
                 coalesce(k.amount_minor, p.amount_minor) AS gross, coalesce(r.amount, 0) AS refunded,
                 p.status IN ('pending', 'confirmed') AS live,
                 coalesce(p.rerated_minor, c.amount_minor) AS held, p.carried_minor AS carried
          FROM purchases p
          JOIN cashback_credits c ON c.purchase_id = p.id
          LEFT JOIN refund_sums r ON r.purchase_id = p.id
          LEFT JOIN in_force k ON k.purchase_id = p.id
      ), scaled AS (
          SELECT *, value_e4 * (gross - refunded) AS dividend,
                 CASE cashback_type WHEN 'percent' THEN 1000000 ELSE 100 * gross END AS divisor
          FROM facts
      ), rated AS (
          SELECT id, user_id, offer_id, cap_month, created_at, monthly_cap_minor, gross, refunded,
                 CASE WHEN live THEN held ELSE 0 END AS credited,
                 CASE WHEN live THEN coalesce(carried, least(gross - refunded,
                     div(dividend, divisor) + CASE
                         WHEN 2 * mod(dividend, divisor) > divisor THEN 1
                         WHEN 2 * mod(dividend, divisor) = divisor THEN mod(div(dividend, divisor), 2)
                         ELSE 0 END)) ELSE 0 END AS entitled
          FROM scaled
      )
      """;

    /** Each purchase has what it is entitled to, cut to what those before it leave of the cap. */
    private static final String AMOUNTS = RATED + """
      , allotted AS (
          SELECT *, coalesce(sum(credited) OVER (
                     PARTITION BY user_id, offer_id, cap_month ORDER BY created_at, id
                     ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS used
          FROM rated
      ), expected AS (
          SELECT *, CASE WHEN offer_id IS NULL THEN entitled
                         ELSE least(entitled, greatest(monthly_cap_minor - used, 0)) END AS share
          FROM allotted
      )
      SELECT 'amount' AS what, id::text AS which,
             format('%s: %s of %s kept earns %s, %s of the cap before it', share, gross - refunded, gross, entitled, used)
                 AS expected, format('%s', credited) AS actual
      FROM expected WHERE credited <> share
      """;

    /**
     * A cap knows what it cuts, the limits of its credited purchases, and a place after which none has a part of it. A null
     * place is as right. Sums up first: plans take the purchases for few, and would compare each with all caps.
     */
    private static final String CUTS = RATED + """
      , cuts AS (
          SELECT user_id, offer_id, cap_month, sum(entitled - credited) AS cut,
                 min(monthly_cap_minor) AS least, max(monthly_cap_minor) AS cap,
                 (array_agg((created_at, id) ORDER BY created_at DESC, id DESC) FILTER (WHERE credited > 0))[1] AS latest
          FROM rated WHERE offer_id IS NOT NULL GROUP BY user_id, offer_id, cap_month
      )
      SELECT 'cut' AS what, format('user %s offer %s month %s', user_id, offer_id, cap_month) AS which,
             format('cut %s, limits %s to %s, last part %s', r.cut, r.least, r.cap, r.latest) AS expected,
             format('cut %s, limits %s to %s, last part %s', c.cut_minor, coalesce(c.least_minor, c.cap_minor),
                    c.cap_minor, (c.latest_at, c.latest_id)) AS actual
      FROM cuts r LEFT JOIN cap_usage c USING (user_id, offer_id, cap_month)
      WHERE (r.cut, r.least, r.cap) IS DISTINCT FROM (c.cut_minor, coalesce(c.least_minor, c.cap_minor), c.cap_minor)
         OR r.latest > (c.latest_at, c.latest_id)
      """;

    /**
     * A purchase holds its cashback in the balance of its state, or in the pending one while it is held; a final state
     * holds nothing. The cashback that a refund takes stands in the refund and in its transfer, and the refunded parts in
     * the refunds and the purchase. The correction in force is the last one that is not below them; it stands in the
     * corrections and the purchase. Of one that its partner rejected both count up to the time of that.
     */
    private static final String PURCHASES = """
      WITH journal AS (
          SELECT purchase_id,
                 coalesce(sum(amount_minor) FILTER (WHERE kind = 'cashback_credit'), 0) AS credited,
                 coalesce(sum(amount_minor) FILTER (WHERE kind = 'cashback_refunded'), 0) AS refunded,
                 coalesce(sum(amount_minor) FILTER (WHERE credit = 'pending'), 0)
                     - coalesce(sum(amount_minor) FILTER (WHERE debit = 'pending'), 0) AS pending,
                 coalesce(sum(amount_minor) FILTER (WHERE credit = 'available'), 0)
                     - coalesce(sum(amount_minor) FILTER (WHERE debit = 'available'), 0) AS available
          FROM ledger_transfers WHERE purchase_id IS NOT NULL GROUP BY purchase_id
      ), refund_sums AS (
          SELECT r.purchase_id, sum(r.cashback_minor) AS cashback,
                 sum(r.amount_minor) FILTER (WHERE (p.rejected_at < r.occurred_at) IS NOT TRUE) AS amount
          FROM refunds r JOIN purchases p ON p.id = r.purchase_id GROUP BY r.purchase_id
      ), in_force AS (
          SELECT DISTINCT ON (k.purchase_id) k.purchase_id, k.amount_minor
          FROM corrections k
          JOIN purchases p ON p.id = k.purchase_id
          LEFT JOIN refund_sums r ON r.purchase_id = k.purchase_id
          WHERE k.amount_minor >= coalesce(r.amount, 0) AND (p.rejected_at < k.occurred_at) IS NOT TRUE
          ORDER BY k.purchase_id, k.occurred_at DESC, k.external_id COLLATE "C" DESC
      ), facts AS (
          SELECT p.id, p.status, p.refunded_minor, p.corrected_minor,
                 coalesce(c.amount_minor, 0) AS credited,
                 coalesce(r.cashback, 0) AS refunded,
                 CASE WHEN p.status = 'pending' OR p.held THEN coalesce(p.rerated_minor, c.amount_minor, 0) ELSE 0 END
                     AS pending,
                 CASE WHEN p.status = 'confirmed' AND p.held IS NULL THEN coalesce(p.rerated_minor, c.amount_minor)
                      ELSE 0 END AS available,
                 coalesce(r.amount, 0) AS refunds_amount,
                 k.amount_minor AS corrections_amount,
                 p.status <> 'pending' AND c.purchase_id IS NULL AS uncredited
          FROM purchases p
          LEFT JOIN cashback_credits c ON c.purchase_id = p.id
          LEFT JOIN refund_sums r ON r.purchase_id = p.id
          LEFT JOIN in_force k ON k.purchase_id = p.id
      )
      SELECT 'purchase' AS what, f.id::text AS which,
             format('%s: credited %s refunded %s pending %s available %s, refunds of %s%s', f.status,
                    coalesce(j.credited, 0), coalesce(j.refunded, 0), coalesce(j.pending, 0),
                    coalesce(j.available, 0), f.refunds_amount, ', corrected to ' || f.corrections_amount) AS expected,
             format('%s: credited %s refunded %s pending %s available %s, refunds of %s%s%s', f.status,
                    f.credited, f.refunded, f.pending, f.available, f.refunded_minor,
                    ', corrected to ' || f.corrected_minor,
                    CASE WHEN f.uncredited THEN ', never credited' ELSE '' END) AS actual
      FROM facts f LEFT JOIN journal j ON j.purchase_id = f.id
      WHERE (f.credited, f.refunded, f.pending, f.available, f.refunds_amount, f.corrections_amount) IS DISTINCT FROM
            (coalesce(j.credited, 0), coalesce(j.refunded, 0), coalesce(j.pending, 0), coalesce(j.available, 0),
             f.refunded_minor, f.corrected_minor)
         OR f.uncredited
      """;

    private static final String PAYOUTS = """
      WITH journal AS (
          SELECT payout_id, string_agg(kind || ' ' || amount_minor, ', ' ORDER BY kind) AS transfers
          FROM ledger_transfers WHERE payout_id IS NOT NULL GROUP BY payout_id
      ), expected AS (
          SELECT id, status,
                 CASE status
                      WHEN 'completed' THEN format('payout_completed %1$s, payout_requested %1$s', amount_minor)
                      WHEN 'failed' THEN format('payout_failed %1$s, payout_requested %1$s', amount_minor)
                      ELSE format('payout_requested %s', amount_minor)
                 END AS transfers
          FROM payouts
      )
      SELECT 'payout' AS what, e.id::text AS which, format('%s: %s', e.status, e.transfers) AS expected,
             coalesce(j.transfers, 'no transfer') AS actual
      FROM expected e LEFT JOIN journal j ON j.payout_id = e.id
      WHERE j.transfers IS DISTINCT FROM e.transfers
      """;

    /** A purchase is credited, or on the work list of crediting, or set aside by it. */
    private static final String CREDITS = """
      WITH listed AS (
          SELECT unnest(purchase_ids) AS id FROM crediting_batches
          UNION ALL
          SELECT purchase_id FROM crediting_setbacks
      )
      SELECT 'credit' AS what, p.id::text AS which,
             format('%s at most', p.cashback_minor) AS expected, 'neither credited nor listed for crediting' AS actual
      FROM purchases p
      LEFT JOIN cashback_credits c ON c.purchase_id = p.id
      WHERE c.purchase_id IS NULL AND NOT EXISTS (SELECT FROM listed WHERE listed.id = p.id)
      """;

    /** A pending purchase is on a work list of the verification job. */
    private static final String VERIFICATIONS = """
      WITH listed AS (
          SELECT unnest(purchase_ids) AS id FROM verification_batches
          UNION ALL
          SELECT purchase_id FROM verifications
      )
      SELECT 'verification' AS what, p.id::text AS which, 'pending and listed for verification' AS expected,
             'pending and on no list' AS actual
      FROM purchases p
      WHERE p.status = 'pending' AND NOT EXISTS (SELECT FROM listed WHERE listed.id = p.id)
      """;

    /** The count of a partner's parked events is their number. */
    private static final String PARKED = """
      WITH waiting AS (
          SELECT partner_id, count(*) AS parked FROM partner_events WHERE counted GROUP BY partner_id
      )
      SELECT 'parked events' AS what, 'partner ' || partner_id AS which,
             format('%s parked', coalesce(w.parked, 0)) AS expected,
             format('%s counted', coalesce(c.parked, 0)) AS actual
      FROM parked_counts c FULL JOIN waiting w USING (partner_id)
      WHERE coalesce(w.parked, 0) <> coalesce(c.parked, 0)
      """;

    /**
     * An event of a partner whose purchase is there was applied or refused. Their follower does so within milliseconds,
     * unless it is held up, or its cursor was moved past the event.
     */
    private static final String LEFT_PARKED = """
      SELECT 'partner event' AS what, format('%s of purchase %s', e.id, p.id) AS which,
             'applied or refused' AS expected, e.kind || ' and parked' AS actual
      FROM partner_events e
      JOIN purchases p ON p.partner_id = e.partner_id AND p.external_id = e.external_id
      WHERE e.outcome IS NULL
        AND greatest(e.received_at, p.created_at) < (SELECT now FROM clock) - interval '15 minutes'
      """;

    /** Those that belong to users. */
    static final List<String> OF_USERS = List.of(WALLETS, CAPS, PURCHASES, AMOUNTS, CUTS, PAYOUTS);

    private static final List<String> CHECKS = Stream.concat(
                    OF_USERS.stream(), Stream.of(CREDITS, VERIFICATIONS, PARKED))
            .toList();

    private static final List<String> AT_A_TIME = Stream.concat(HoldBooksCheck.CHECKS.stream(), Stream.of(LEFT_PARKED))
            .toList();

    private static final String AT_TIME = "WITH " + HoldBooksCheck.CLOCK.formatted("$1") + "\n";

    /**
     * One row that differs from the journal.
     *
     * @param expected according to the journal, in minor units
     */
    public record Difference(String what, String which, String expected, String actual) {}

    private BooksCheck() {}

    /** The differences, none when all is well; at most a thousand of each kind. */
    public static Future<List<Difference>> run(Database database) {
        return run(database, null);
    }

    /**
     * @param now the time by which holds end; null for that of the database
     */
    public static Future<List<Difference>> run(Database database, @Nullable Instant now) {
        return database.inSnapshot(snapshot -> {
            List<Difference> differences = new ArrayList<>();
            Future<Void> checked = Future.succeededFuture();
            for (String check : CHECKS) {
                checked = checked.compose(v -> collect(snapshot, check, Arguments.of(), differences));
            }
            for (String check : AT_A_TIME) {
                checked = checked.compose(v -> collect(snapshot, AT_TIME + check, Arguments.of(now), differences));
            }
            return checked.map(v -> List.copyOf(differences));
        });
    }

    private static Future<Void> collect(
            SqlConnection snapshot, String query, Tuple arguments, List<Difference> differences) {
        return snapshot.preparedQuery(query + " LIMIT " + DIFFERENCES_MAX)
                .mapping(BooksCheck::difference)
                .execute(arguments)
                .map(rows -> differences.addAll(Rows.list(rows)))
                .mapEmpty();
    }

    static Difference difference(Row row) {
        return new Difference(
                row.getString("what"), row.getString("which"), row.getString("expected"), row.getString("actual"));
    }
}
