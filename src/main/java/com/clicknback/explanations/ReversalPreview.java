package com.clicknback.explanations;

import com.clicknback.cashback.CapUsage;
import com.clicknback.ledger.Balances;
import com.clicknback.ledger.JournalEntry;
import com.clicknback.money.Money;
import com.clicknback.purchases.CashbackStatus;
import com.clicknback.purchases.PurchaseStatus;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The effect that reversing a purchase would have.
 *
 * @param transfers the transfers of the purchase that it would post
 * @param neighbours other purchases of the same cap whose cashback it would change, in the order of ingestion
 */
public record ReversalPreview(
        UUID purchaseId,
        UUID userId,
        Standing before,
        Standing after,
        List<JournalEntry> transfers,
        List<Neighbour> neighbours) {
    /** Neighbours that are told. */
    static final int NEIGHBOURS_MAX = 1_000;

    /** The cashback of another purchase; also its form on the wire. */
    public record Neighbour(UUID purchaseId, Money cashbackBefore, Money cashbackAfter) {}

    /**
     * The state of a purchase, of its owner's wallet and of the cap that it draws on.
     *
     * @param cashbackStatus null until credited
     * @param cap null without an offer
     */
    public record Standing(
            PurchaseStatus status,
            @Nullable CashbackStatus cashbackStatus,
            Money cashbackAmount,
            @Nullable Instant payableAt,
            Balances wallet,
            @Nullable CapUsage cap) {}
}
