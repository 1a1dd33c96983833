package com.clicknback.model;

import com.clicknback.model.ModelPurchase.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;

/** The job that makes held cashback available. */
final class ModelReleases {
    /** Cashback that a flag holds is looked at again after this time. */
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final ModelCashback cashback;
    private final ModelFlags flags;

    ModelReleases(ModelCashback cashback, ModelFlags flags) {
        this.cashback = cashback;
        this.flags = flags;
    }

    void run(Collection<ModelPurchase> purchases, Instant now) {
        purchases.stream()
                .filter(p -> p.status == Status.CONFIRMED && p.held && !p.releaseDueAt.isAfter(now))
                .toList()
                .forEach(purchase -> {
                    if (flags.letGo(purchase, purchase.byPerson)) {
                        cashback.release(purchase);
                    } else {
                        purchase.releaseDueAt = now.plus(PAUSE);
                    }
                });
    }
}
