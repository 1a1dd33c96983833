package com.clicknback.purchases;

import com.clicknback.testing.Fixtures;
import com.clicknback.testing.Sql;
import java.util.UUID;

/** Rows that a test writes behind the service's back, where the API has no way to such a state. */
final class PurchaseRows {
    private static final String COPY = """
        INSERT INTO purchases (id, external_id, user_id, merchant_id, amount_minor, currency, purchased_at,
            purchased_at_stated, offer_id, cashback_type, cashback_value_e4, monthly_cap_minor, cashback_minor,
            created_at, updated_at)
        SELECT gen_random_uuid(), ?, user_id, merchant_id, amount_minor, currency, purchased_at,
            purchased_at_stated, offer_id, cashback_type, cashback_value_e4, monthly_cap_minor, cashback_minor,
            created_at, created_at
        FROM purchases WHERE id = ? RETURNING id
        """;

    private static final String PAY_OUT = """
        WITH payout AS (
            INSERT INTO payouts (id, user_id, amount_minor, currency, method, destination, key_id, iban_last4, status,
                requested_at, processed_at)
            SELECT gen_random_uuid(), user_id, available_minor, 'EUR', 'bank_transfer', '', 'test', '3000', 'completed',
                now(), now()
            FROM wallets WHERE user_id = ? RETURNING id, user_id, amount_minor
        ), posted AS (
            INSERT INTO ledger_transfers (id, user_id, kind, debit, credit, amount_minor, currency, payout_id, created_at)
            SELECT gen_random_uuid(), user_id, kind, debit, credit, amount_minor, 'EUR', id, now()
            FROM payout CROSS JOIN (VALUES ('payout_requested', 'available', 'reserved'),
                                           ('payout_completed', 'reserved', 'paid')) AS t (kind, debit, credit)
        )
        UPDATE wallets w SET available_minor = 0, paid_minor = paid_minor + p.amount_minor
        FROM payout p WHERE w.user_id = p.user_id
        """;

    private PurchaseRows() {}

    /** A pending copy of a purchase that nobody has told the crediting about. */
    static UUID uncreditedCopy(Sql sql, UUID purchaseId) {
        return sql.value(COPY, Fixtures.unique("copy"), purchaseId);
    }

    /** Pays out all that a user has available. */
    static void payOut(Sql sql, UUID userId) {
        sql.execute(PAY_OUT, userId);
    }
}
