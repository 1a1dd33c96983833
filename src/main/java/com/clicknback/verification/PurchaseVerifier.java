package com.clicknback.verification;

import io.vertx.core.Future;
import java.util.Objects;
import java.util.UUID;

/** Asks an outside authority, such as a bank or the merchant, whether a purchase stands. */
public interface PurchaseVerifier {

    /** The facts that a verifier gets about a purchase; the amount is in minor units of the currency. */
    record Candidate(UUID purchaseId, UUID userId, UUID merchantId, long amountMinor, String currency) {}

    /** The answer of a verifier. */
    sealed interface Finding {
        /** The purchase stands. */
        record Confirmed() implements Finding {}

        /** The purchase does not stand; an empty reason gets a default. */
        record Rejected(String reason) implements Finding {
            public Rejected {
                Objects.requireNonNull(reason);
            }
        }

        /** Not decided yet: ask again after one interval. Counts as an attempt. */
        record Pending() implements Finding {}
    }

    /** May be called again for the same purchase. A failure is technical: it is tried again and not counted. */
    Future<Finding> verify(Candidate candidate);
}
