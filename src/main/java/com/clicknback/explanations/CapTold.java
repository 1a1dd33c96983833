package com.clicknback.explanations;

import com.clicknback.cashback.CapDraw;
import com.clicknback.money.Money;
import com.clicknback.purchases.PurchaseStatus;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The draw of a credit on the cap of its user, as a sentence. What changed since is told by itself. */
final class CapTold {
    private CapTold() {}

    /** Null until credited, and without an offer. */
    static @Nullable String of(Explanation explanation) {
        CapDraw cap = explanation.cap();
        UUID offerId = explanation.purchase().offerId();
        if (cap == null || offerId == null) {
            return null;
        }
        Money earned = explanation.calculation().cashback();
        Money credited = cap.usedAfter().minus(cap.usedBefore());
        return "In %s the offer %s gives one user at most %s, of which purchases before this one had used %s: "
                        .formatted(cap.month(), offerId, cap.limit(), cap.usedBefore())
                + (cap.cut()
                        ? "%s was left of the %s earned, so the cap cut %s.%s"
                                .formatted(credited, earned, earned.minus(credited), wayBack(explanation))
                        : "the %s earned fitted.".formatted(earned));
    }

    private static String wayBack(Explanation explanation) {
        PurchaseStatus status = explanation.purchase().status();
        return status == PurchaseStatus.PENDING || status == PurchaseStatus.CONFIRMED
                ? " What a rejection, reversal, refund or correction takes from one of those goes to the purchases that"
                        + " were cut, the oldest first."
                : "";
    }
}
