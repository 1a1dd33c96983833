package com.clicknback.purchases;

import com.clicknback.testing.Scenario;
import com.clicknback.testing.Sql;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows that a test writes behind the service's back, where the API has no way to such a state. */
public final class PurchaseRows {
    private static final String COPY = """
        INSERT INTO purchases (id, external_id, user_id, merchant_id, amount_minor, currency, purchased_at,
            purchased_at_stated, offer_id, cashback_type, cashback_value_e4, monthly_cap_minor, cashback_minor,
            created_at, updated_at)
        SELECT gen_random_uuid(), ?, coalesce(?::uuid, user_id), merchant_id, amount_minor, currency, purchased_at,
            purchased_at_stated, offer_id, cashback_type, cashback_value_e4, monthly_cap_minor, cashback_minor,
            created_at, created_at
        FROM purchases WHERE id = ? RETURNING id
        """;

    private PurchaseRows() {}

    /** A pending copy of a purchase that nobody has told the crediting about. */
    public static UUID uncreditedCopy(Sql sql, UUID purchaseId) {
        return uncreditedCopy(sql, purchaseId, null);
    }

    /** The same, of another user's when one is given. */
    public static UUID uncreditedCopy(Sql sql, UUID purchaseId, @Nullable UUID userId) {
        return sql.value(COPY, Scenario.unique("copy"), userId, purchaseId);
    }
}
