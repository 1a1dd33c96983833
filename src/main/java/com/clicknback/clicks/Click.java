package com.clicknback.clicks;

import com.clicknback.cashback.CashbackTerms;
import java.time.Instant;
import java.util.UUID;

/**
 * A user's way to a merchant, with the terms that it promises.
 *
 * @param expiresAt from then on no purchase counts as its
 */
public record Click(ClickId id, UUID userId, UUID merchantId, CashbackTerms terms, Instant expiresAt) {

    public Instant issuedAt() {
        return id.issuedAt();
    }

    /** True when the terms of the click are those of a purchase of this time. */
    public boolean covers(Instant purchasedAt) {
        return !purchasedAt.isBefore(issuedAt()) && !isExpiredAt(purchasedAt);
    }

    public boolean isExpiredAt(Instant time) {
        return !time.isBefore(expiresAt);
    }
}
