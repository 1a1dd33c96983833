package com.clicknback.cashback;

import static java.util.Objects.requireNonNull;

import com.clicknback.money.Money;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The monthly cap: handed out to the purchases that draw on it, in their order, up to what each is entitled to. */
final class CapAllocation {
    private CapAllocation() {}

    /**
     * The cashback of purchases of one cap, in their order.
     *
     * @param used the part of the cap that earlier purchases have
     */
    static List<Money> allocate(Collection<RatedPurchase> purchases, Money used) {
        List<Money> amounts = new ArrayList<>(purchases.size());
        Money usedNow = used;
        for (RatedPurchase purchase : purchases) {
            Money amount = share(purchase, usedNow);
            amounts.add(amount);
            usedNow = usedNow.plus(amount);
        }
        return amounts;
    }

    /** The share of one purchase after those before it. */
    static Money share(RatedPurchase purchase, Money used) {
        return share(purchase, purchase.entitled(), used);
    }

    /** The same for an entitlement that is known. */
    static Money share(RatedPurchase purchase, Money entitled, Money used) {
        Money left = Money.max(requireNonNull(purchase.terms().monthlyCap()).minus(used), Money.ZERO);
        return Money.min(entitled, left);
    }
}
