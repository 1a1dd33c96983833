package com.clicknback.explanations;

import com.clicknback.cashback.CapUsage;
import com.clicknback.ledger.Balances;
import com.clicknback.ledger.JournalEntry;
import com.clicknback.money.Money;
import com.clicknback.purchases.PurchaseStatus;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What reversing a purchase would do.
 *
 * @param transfers what would be posted
 */
public record ReversalPreview(
        UUID purchaseId, UUID userId, Standing before, Standing after, List<JournalEntry> transfers) {

    /**
     * How a purchase, its owner's wallet and the cap it draws on stand.
     *
     * @param cashbackStatus null until credited
     * @param cap null without an offer
     */
    public record Standing(
            PurchaseStatus status,
            @Nullable String cashbackStatus,
            Money cashbackAmount,
            Balances wallet,
            @Nullable CapUsage cap) {}
}
