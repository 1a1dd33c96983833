package com.clicknback;

import java.util.List;

/**
 * The queries of {@link BooksCheck} about holds. They read the time from a row named clock, and when a purchase was
 * confirmed from the audit log, which is written in the transaction of the confirmation. They compare actions with a
 * concatenation behind them, which keeps plans to the index of the resource: without statistics, that of an action looks
 * as good, and it would be read for each purchase.
 */
final class HoldBooksCheck {
    /** The row that the queries take the time from; the argument is null for the time of the database. */
    static final String CLOCK = "clock AS (SELECT coalesce(%s::timestamptz, now()) AS now)";

    /**
     * A held purchase is on the list of holds as it is, and nothing else is on it. The releases take it off the list at
     * the end of the hold; a claim puts that off by a minute.
     */
    private static final String LIST = """
      SELECT 'hold' AS what, coalesce(p.id, h.purchase_id)::text AS which,
             coalesce('held until ' || (p.payable_at AT TIME ZONE 'UTC'), 'not held') AS expected,
             coalesce('listed until ' || (h.payable_at AT TIME ZONE 'UTC') || ', due '
                          || (h.due_at AT TIME ZONE 'UTC'), 'on no list') AS actual
      FROM (SELECT id, user_id, merchant_id, payable_at FROM purchases WHERE held) p
      FULL JOIN holds h ON h.purchase_id = p.id
      WHERE (p.id, p.user_id, p.merchant_id, p.payable_at)
         IS DISTINCT FROM (h.purchase_id, h.user_id, h.merchant_id, h.payable_at)
         OR h.due_at > greatest(h.payable_at, (SELECT now FROM clock) + interval '15 minutes')
      """;

    /**
     * The hold of a purchase counts from its last confirmation. Only an administrator ends it early, and makes it payable at
     * that moment: the clock may have been set back since the confirmation. The confirmation is in the audit log a moment
     * after the time from which it counts.
     */
    private static final String PAYABLE = """
      SELECT 'payable' AS what, p.id::text AS which,
             format('%s days after the confirmation at %s', coalesce(p.hold_days, 0), c.confirmed_at AT TIME ZONE 'UTC')
                 AS expected,
             coalesce('payable at ' || (p.payable_at AT TIME ZONE 'UTC'), 'never payable') AS actual
      FROM purchases p
      CROSS JOIN LATERAL (
          SELECT a.occurred_at AS confirmed_at,
                 a.occurred_at + make_interval(hours => 24 * coalesce(p.hold_days, 0)) AS ends
          FROM audit_log a
          WHERE a.resource_id = p.id::text AND a.action || '' = 'PURCHASE_CONFIRMED'
          ORDER BY a.occurred_at DESC, a.id DESC LIMIT 1) c
      WHERE p.status = 'confirmed' AND (p.hold_days > 0 OR p.held)
        AND (p.payable_at IS NULL OR p.payable_at > c.ends
             OR p.payable_at < c.ends - interval '15 minutes'
                AND (p.held OR NOT EXISTS (
                    SELECT FROM audit_log r
                    WHERE r.resource_id = p.id::text AND r.action || '' = 'CASHBACK_RELEASED' AND r.actor_type = 'admin'
                      AND (r.occurred_at >= c.confirmed_at
                           OR r.occurred_at BETWEEN p.payable_at AND p.payable_at + interval '15 minutes'))))
      """;

    /**
     * Cashback became available at the end of its hold, not before, unless an administrator released it. A purchase that
     * was reinstated is held anew, and each of its releases follows a confirmation of its own.
     */
    private static final String RELEASED_EARLY = """
      SELECT 'release' AS what, p.id::text AS which,
             'available from '
                 || (coalesce(c.ends, p.payable_at, 'infinity') AT TIME ZONE 'UTC') AS expected,
             t.kind || ' at ' || (t.created_at AT TIME ZONE 'UTC') AS actual
      FROM ledger_transfers t JOIN purchases p ON p.id = t.purchase_id
      LEFT JOIN LATERAL (
          SELECT a.occurred_at AS confirmed_at, a.occurred_at + make_interval(hours => 24 * p.hold_days) AS ends
          FROM audit_log a
          WHERE a.resource_id = p.id::text AND a.action || '' = 'PURCHASE_CONFIRMED' AND a.occurred_at <= t.created_at
          ORDER BY a.occurred_at DESC, a.id DESC LIMIT 1) c ON t.kind = 'cashback_released' AND p.hold_days > 0
      WHERE t.kind = 'cashback_confirmed' AND p.hold_days > 0
         OR t.kind = 'cashback_released'
            AND (t.cause_id IS NOT DISTINCT FROM p.reinstatement_id AND t.created_at < p.payable_at
                 OR t.created_at < c.ends - interval '15 minutes' AND NOT EXISTS (
                     SELECT FROM audit_log r
                     WHERE r.resource_id = p.id::text AND r.action || '' = 'CASHBACK_RELEASED' AND r.actor_type = 'admin'
                       AND r.occurred_at BETWEEN c.confirmed_at AND t.created_at + interval '15 minutes'))
      """;

    /** Cashback is released a quarter of an hour after its hold at the latest, unless a flag keeps it held. */
    private static final String OVERDUE = """
      SELECT 'overdue hold' AS what, h.purchase_id::text AS which,
             'available from ' || (h.payable_at AT TIME ZONE 'UTC') AS expected, 'still held' AS actual
      FROM holds h
      WHERE h.payable_at < (SELECT now FROM clock) - interval '15 minutes'
        AND NOT EXISTS (
            SELECT FROM (VALUES ('cashback_release', true), ('purchase_auto_confirm', NOT h.by_person)) f (key, matters)
            CROSS JOIN (VALUES ('user', h.user_id), ('merchant', h.merchant_id)) s (type, id)
            WHERE f.matters AND NOT coalesce(
                (SELECT enabled FROM feature_flags WHERE key = f.key AND scope_type = s.type AND scope_id = s.id),
                (SELECT enabled FROM feature_flags WHERE key = f.key AND scope_type = 'global'),
                true))
      """;

    static final List<String> CHECKS = List.of(LIST, PAYABLE, RELEASED_EARLY, OVERDUE);

    private HoldBooksCheck() {}
}
