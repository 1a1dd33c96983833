package com.clicknback.partnerevents.replay;

import com.clicknback.money.Money;
import com.clicknback.purchases.PurchaseState;
import com.clicknback.purchases.PurchaseState.Stated;
import java.util.ArrayList;
import java.util.List;

/**
 * The amounts that a partner has told of a purchase, in no order. Refunds are facts. Of the stated amounts the latest one
 * stands that is not below what was refunded.
 */
final class ToldAmounts {
    private final Stated reported;
    private final List<Stated> stated = new ArrayList<>();
    private Money refunded;

    ToldAmounts(PurchaseState state) {
        reported = new Stated(state.reported(), null);
        stated.add(reported);
        stated.add(state.stated());
        refunded = state.refunded();
    }

    void state(Stated another) {
        stated.add(another);
    }

    void refund(Money part) {
        refunded = refunded.plus(part);
    }

    Money refunded() {
        return refunded;
    }

    /** True when one of the stated amounts has room for another refund. */
    boolean takes(Money part) {
        return refunded.plus(part).compareTo(highest()) <= 0;
    }

    boolean isRefundedInFull() {
        return refunded.compareTo(highest()) >= 0;
    }

    /** The most that another refund may take. */
    Money room() {
        return Money.max(highest().minus(refunded), Money.ZERO);
    }

    private Money highest() {
        return stated.stream().map(Stated::amount).reduce(Money.ZERO, Money::max);
    }

    /** The amount that stands; the reported one when more was refunded than any. */
    Stated standing() {
        return stated.stream()
                .filter(one -> one.amount().compareTo(refunded) >= 0)
                .reduce((one, other) -> other.isAfter(one) ? other : one)
                .orElse(reported);
    }

    Money left() {
        return Money.max(standing().amount().minus(refunded), Money.ZERO);
    }
}
