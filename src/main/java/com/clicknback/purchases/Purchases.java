package com.clicknback.purchases;

import com.clicknback.audit.Actor;
import com.clicknback.money.Money;
import com.clicknback.platform.bus.Request;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.PageRequest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The messages that the purchases domain answers. */
public final class Purchases {
    private Purchases() {}

    /** Finds one purchase. Fails with NOT_FOUND. */
    public record Find(UUID id) implements Request<Purchase> {}

    /**
     * Finds some of the purchases that have this external id, of any of their senders, or this reference of the order. Each
     * sender has ids of its own.
     */
    public record FindByExternalId(String externalId) implements Request<Found> {}

    /** The answer to {@link FindByExternalId}, in any order. */
    public record Found(java.util.List<Purchase> purchases) {}

    /**
     * Lists a page of the purchases that match every filter that is given.
     *
     * @param startDate the first UTC day of creation
     * @param endDate the last UTC day of creation
     */
    public record List(
            PageRequest page,
            @Nullable PurchaseStatus status,
            @Nullable UUID userId,
            @Nullable UUID merchantId,
            @Nullable LocalDate startDate,
            @Nullable LocalDate endDate)
            implements Request<Page<Purchase>> {}

    /**
     * Moves a purchase to its next state, with its wallet movement and its audit row in one transaction. Fails with
     * NOT_FOUND; PURCHASE_NOT_PENDING (confirm, reject); PURCHASE_ALREADY_REVERSED, PURCHASE_NOT_REVERSIBLE (reverse).
     *
     * @param reason required for a rejection
     */
    public record Decide(
            UUID id, Decision decision, @Nullable String reason, Actor actor) implements Request<Decided> {}

    /**
     * Makes the held cashback of a purchase available, whatever holds it. Fails with NOT_FOUND, CASHBACK_NOT_HELD.
     */
    public record Release(UUID id, @Nullable String reason, Actor actor) implements Request<Decided> {}

    /**
     * A purchase after a decision.
     *
     * @param cashback the cashback that the decision left; zero once reversed
     * @param payableAt null unless confirmed
     */
    public record Decided(
            UUID id,
            PurchaseStatus status,
            Money cashback,
            CashbackStatus cashbackStatus,
            @Nullable Instant payableAt) {
        static Decided of(PurchaseState after) {
            return new Decided(
                    after.id(),
                    after.status(),
                    after.cashback(),
                    after.cashbackStatus(),
                    after.hold().payableAt());
        }
    }
}
