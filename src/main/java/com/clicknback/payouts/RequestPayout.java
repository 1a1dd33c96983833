package com.clicknback.payouts;

import com.clicknback.audit.Actor;
import com.clicknback.money.Money;
import com.clicknback.platform.bus.Request;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Takes a payout out of a user's available balance. Fails with {@code IDEMPOTENCY_KEY_REUSED}, {@code
 * PAYOUT_POLICY_VIOLATION} or {@code INSUFFICIENT_BALANCE}.
 *
 * @param idempotencyKey the user's name for this request; a repeat under it is answered again and takes nothing
 */
public record RequestPayout(
        UUID userId,
        Money amount,
        Destination destination,
        @Nullable String idempotencyKey,
        Actor actor) implements Request<RequestPayout.Requested> {

    /**
     * @param payout as it was requested
     * @param replayed whether an earlier request did that
     */
    public record Requested(Payout payout, boolean replayed) {}
}
