package com.clicknback.verification;

import io.vertx.core.Future;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The shipped verifier: confirms at once, but never decides about purchases at one configured merchant. */
public final class SimulatedBank implements PurchaseVerifier {
    private final @Nullable UUID rejectionMerchantId;

    public SimulatedBank(@Nullable UUID rejectionMerchantId) {
        this.rejectionMerchantId = rejectionMerchantId;
    }

    @Override
    public Future<Finding> verify(Candidate candidate) {
        return Future.succeededFuture(
                candidate.merchantId().equals(rejectionMerchantId) ? new Finding.Pending() : new Finding.Confirmed());
    }
}
