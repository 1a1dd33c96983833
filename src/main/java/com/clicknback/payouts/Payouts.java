package com.clicknback.payouts;

import com.clicknback.audit.Actor;
import com.clicknback.money.Money;
import com.clicknback.platform.bus.Request;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.PageRequest;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The messages that the payouts domain answers. */
public final class Payouts {
    private Payouts() {}

    /**
     * Creates a payout out of a user's available balance. Fails with IDEMPOTENCY_KEY_REUSED, PAYOUT_POLICY_VIOLATION,
     * INSUFFICIENT_BALANCE, in this order.
     *
     * @param idempotencyKey the user's name for this request; a repeat under it gets the same answer and books nothing
     */
    public record Create(
            UUID userId,
            Money amount,
            Destination destination,
            @Nullable String idempotencyKey,
            Actor actor) implements Request<Created> {}

    /**
     * The answer to {@link Create}.
     *
     * @param payout as it was requested
     * @param replayed whether an earlier request under the same key took it
     */
    public record Created(Payout payout, boolean replayed) {}

    /** Finds one payout. Fails with NOT_FOUND. */
    public record Find(UUID id) implements Request<Payout> {}

    /**
     * Lists a page of the payouts that match every filter that is given.
     *
     * @param startDate the first UTC day of the request
     * @param endDate the last UTC day of the request, inclusive
     */
    public record List(
            PageRequest page,
            @Nullable PayoutStatus status,
            @Nullable UUID userId,
            @Nullable LocalDate startDate,
            @Nullable LocalDate endDate)
            implements Request<Page<Payout>> {}

    /**
     * Takes a payout a step further. Fails with NOT_FOUND, OWN_PAYOUT, INVALID_PAYOUT_TRANSITION,
     * FOUR_EYES_REQUIRED.
     *
     * @param externalReference null keeps the present one
     * @param failureReason null unless the payout failed
     */
    public record SetStatus(
            UUID id,
            PayoutStatus status,
            @Nullable String externalReference,
            @Nullable String failureReason,
            Actor actor)
            implements Request<Payout> {}
}
