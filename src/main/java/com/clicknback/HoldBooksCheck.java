package com.clicknback;

/** The part of {@link BooksCheck} that looks at holds. */
final class HoldBooksCheck {
    /** A held purchase is on the list of holds as it is, and nothing else is on it. */
    static final String LIST = """
      SELECT 'hold' AS what, coalesce(p.id, h.purchase_id)::text AS which,
             coalesce('held until ' || (p.payable_at AT TIME ZONE 'UTC'), 'not held') AS expected,
             coalesce('listed until ' || (h.payable_at AT TIME ZONE 'UTC'), 'on no list') AS actual
      FROM (SELECT id, user_id, merchant_id, payable_at FROM purchases WHERE held) p
      FULL JOIN holds h ON h.purchase_id = p.id
      WHERE (p.id, p.user_id, p.merchant_id, p.payable_at)
         IS DISTINCT FROM (h.purchase_id, h.user_id, h.merchant_id, h.payable_at)
      """;

    /** Cashback became available at the end of its hold, not before. */
    static final String RELEASED_EARLY = """
      SELECT 'release' AS what, p.id::text AS which,
             'available from ' || (p.payable_at AT TIME ZONE 'UTC') AS expected,
             t.kind || ' at ' || (t.created_at AT TIME ZONE 'UTC') AS actual
      FROM ledger_transfers t JOIN purchases p ON p.id = t.purchase_id
      WHERE t.kind = 'cashback_released' AND t.cause_id IS NOT DISTINCT FROM p.reinstatement_id
              AND t.created_at < p.payable_at
         OR t.kind = 'cashback_confirmed' AND p.hold_days > 0
      """;

    /**
     * Cashback is released a quarter of an hour after its hold at the latest, unless a flag keeps it held. The argument is
     * the time; null is that of the database.
     */
    static final String OVERDUE = """
      SELECT 'overdue hold' AS what, h.purchase_id::text AS which,
             'available from ' || (h.payable_at AT TIME ZONE 'UTC') AS expected, 'still held' AS actual
      FROM holds h
      WHERE h.payable_at < coalesce($1::timestamptz, now()) - interval '15 minutes'
        AND NOT EXISTS (
            SELECT FROM (VALUES ('cashback_release', true), ('purchase_auto_confirm', NOT h.by_person)) f (key, matters)
            CROSS JOIN (VALUES ('user', h.user_id), ('merchant', h.merchant_id)) s (type, id)
            WHERE f.matters AND NOT coalesce(
                (SELECT enabled FROM feature_flags WHERE key = f.key AND scope_type = s.type AND scope_id = s.id),
                (SELECT enabled FROM feature_flags WHERE key = f.key AND scope_type = 'global'),
                true))
      """;

    private HoldBooksCheck() {}
}
