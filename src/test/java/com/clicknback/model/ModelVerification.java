package com.clicknback.model;

import com.clicknback.model.ModelPurchase.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The verification job, and the flags and partners that keep purchases from it. */
final class ModelVerification {
    static final Duration INTERVAL = Duration.ofHours(1);

    /** The contract says an interval; a run may come a little early. */
    private static final Duration EARLY_MAX = Duration.ofMinutes(6);

    private static final int ATTEMPTS_MAX = 3;

    private final ModelCashback cashback;
    private final String undecidedMerchant;
    private final ModelFlags flags;
    private final Set<String> decidingPartners;

    ModelVerification(
            ModelCashback cashback, ModelFlags flags, String undecidedMerchant, Set<String> decidingPartners) {
        this.cashback = cashback;
        this.flags = flags;
        this.undecidedMerchant = undecidedMerchant;
        this.decidingPartners = decidingPartners;
    }

    private boolean isOpen(ModelPurchase purchase) {
        return purchase.status == Status.PENDING
                && !decidingPartners.contains(purchase.name().source())
                && flags.isOn(ModelFlags.AUTO_CONFIRM, purchase);
    }

    /** True when some purchase is due again within the minutes that the contract leaves open. */
    boolean isUnclear(Collection<ModelPurchase> purchases, Instant now) {
        return purchases.stream()
                .filter(p -> p.status == Status.PENDING && p.attempts > 0)
                .anyMatch(p -> p.dueAt.isAfter(now) && !p.dueAt.minus(EARLY_MAX).isAfter(now));
    }

    /**
     * @param purchases the earliest first
     * @param waiting tells those for which a partner's event waits
     */
    void run(Collection<ModelPurchase> purchases, Predicate<ModelPurchase> waiting, Instant now) {
        List<ModelPurchase> due = purchases.stream()
                .filter(p -> isOpen(p) && !p.dueAt.isAfter(now) && !waiting.test(p))
                .toList();
        Predicate<ModelPurchase> undecided = p -> p.submission.merchant().equals(undecidedMerchant);
        List<ModelPurchase> confirmed = due.stream().filter(undecided.negate()).toList();
        confirmed.forEach(cashback::credit);
        confirmed.forEach(p -> cashback.confirm(p, false, now));
        due.stream().filter(undecided).forEach(p -> attempt(p, now));
    }

    private void attempt(ModelPurchase purchase, Instant now) {
        purchase.attempts++;
        purchase.dueAt = now.plus(INTERVAL);
        if (purchase.attempts == ATTEMPTS_MAX) {
            cashback.change(purchase, Status.REJECTED);
        }
    }
}
