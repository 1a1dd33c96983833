package com.clicknback.payouts;

import com.clicknback.audit.Actor;
import com.clicknback.platform.bus.Request;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Takes a payout a step further. Fails with {@code NOT_FOUND} or {@code INVALID_PAYOUT_TRANSITION}.
 *
 * @param externalReference null keeps the present one
 * @param failureReason null unless the payout failed
 */
public record SetPayoutStatus(
        UUID id,
        PayoutStatus status,
        @Nullable String externalReference,
        @Nullable String failureReason,
        Actor actor) implements Request<Payout> {}
