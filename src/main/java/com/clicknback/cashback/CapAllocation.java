package com.clicknback.cashback;

import com.clicknback.money.Money;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cuts cashback to what remains of each cap, purchase by purchase (rule 3 of section 7.1 of the HTTP contract). */
final class CapAllocation {
    private CapAllocation() {}

    /**
     * The credits of purchases in their order.
     *
     * @param used what of each cap is used before the first; a missing key counts as nothing used
     */
    static List<Credit> allocate(List<UncreditedPurchase> purchases, Map<CapKey, Money> used) {
        Map<CapKey, Money> usedNow = new HashMap<>(used);
        List<Credit> credits = new ArrayList<>(purchases.size());
        for (UncreditedPurchase purchase : purchases) {
            if (purchase.cap() == null) {
                credits.add(credit(purchase, purchase.cashback(), null));
                continue;
            }
            Money before = usedNow.getOrDefault(purchase.capKey(), Money.ZERO);
            Money remaining = Money.max(purchase.cap().minus(before), Money.ZERO);
            Money amount = Money.min(purchase.cashback(), remaining);
            usedNow.put(purchase.capKey(), before.plus(amount));
            credits.add(credit(purchase, amount, before));
        }
        return credits;
    }

    private static Credit credit(UncreditedPurchase purchase, Money amount, @Nullable Money before) {
        return new Credit(purchase.id(), purchase.userId(), amount, purchase.capMonth(), purchase.offerId(), before);
    }
}
