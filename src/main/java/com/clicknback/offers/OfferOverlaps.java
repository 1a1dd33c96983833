package com.clicknback.offers;

import com.clicknback.offers.OfferStore.Claim;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.SqlFailures;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Writes offers, of which no two active ones of a merchant may overlap. The exclusion constraint decides; its violation
 * becomes a refusal that names the other offer.
 */
final class OfferOverlaps {
    /** Upper bound on tries of a write whose obstacle is gone each time it is looked up. */
    private static final int WRITES_MAX = 3;

    private final Database database;

    OfferOverlaps(Database database) {
        this.database = database;
    }

    /**
     * Writes an offer, or fails with ACTIVE_OFFER_ALREADY_EXISTS.
     *
     * @param claimed asked only after a violation
     */
    Future<Offer> writeUnlessOverlapping(Supplier<Future<Offer>> write, Supplier<Future<Claim>> claimed) {
        return attempt(write, claimed, 1);
    }

    private Future<Offer> attempt(Supplier<Future<Offer>> write, Supplier<Future<Claim>> claimed, int number) {
        return write.get().recover(failure -> {
            if (!SqlFailures.constraint(failure).equals(Optional.of(OfferStore.NO_OVERLAP))) {
                return Future.failedFuture(failure);
            }
            return claimed.get()
                    .compose(claim -> requireFree(claim, number))
                    .compose(free -> attempt(write, claimed, number + 1));
        });
    }

    /** Succeeds when the other offer was deactivated before its lookup, so that the write may succeed now. */
    private Future<Void> requireFree(Claim claim, int attempt) {
        return OfferStore.findOverlapping(database, claim).map(found -> {
            found.ifPresent(otherId -> {
                throw overlapping(claim, otherId);
            });
            if (attempt == WRITES_MAX) {
                throw DomainException.unavailable();
            }
            return null;
        });
    }

    private static DomainException overlapping(Claim claim, UUID otherId) {
        return new DomainException(
                ErrorCode.ACTIVE_OFFER_ALREADY_EXISTS,
                "An active offer of the merchant overlaps the window.",
                DomainException.details(
                        "merchant_id",
                        claim.merchantId().toString(),
                        "offer_id",
                        otherId.toString(),
                        "action",
                        "Deactivate the other offer or choose another window."));
    }
}
