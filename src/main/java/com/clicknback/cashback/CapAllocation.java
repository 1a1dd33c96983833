package com.clicknback.cashback;

import com.clicknback.money.Money;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The monthly cap: cuts cashback to the remaining allowance, purchase by purchase. */
final class CapAllocation {
    private CapAllocation() {}

    /**
     * The credits of purchases in their order.
     *
     * @param used the used amounts of caps before the first purchase; a missing cap is unused
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
