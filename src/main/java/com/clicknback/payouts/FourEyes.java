package com.clicknback.payouts;

import com.clicknback.audit.Actor;
import com.clicknback.money.Money;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The rule that no administrator pays out alone: nobody handles a payout of one's own, and large ones take two people.
 *
 * @param minimum the least amount that takes two; null for none
 */
public record FourEyes(@Nullable Money minimum) {

    static void requireOther(Payout payout, Actor actor) {
        if (payout.userId().equals(actor.id())) {
            throw new DomainException(
                    ErrorCode.OWN_PAYOUT,
                    "Nobody handles a payout of one's own.",
                    DomainException.details("payout_id", payout.id().toString()));
        }
    }

    boolean applies(Payout payout, PayoutStatus to) {
        return to == PayoutStatus.COMPLETED
                && minimum != null
                && payout.amount().compareTo(minimum) >= 0;
    }

    /**
     * @param processedBy the administrator who set the payout to processing; null for none
     */
    void requireSecond(Payout payout, @Nullable UUID processedBy, Actor actor) {
        if (processedBy == null || processedBy.equals(actor.id())) {
            throw new DomainException(
                    ErrorCode.FOUR_EYES_REQUIRED,
                    "Another administrator must have set this payout to processing.",
                    DomainException.details(
                            "payout_id",
                            payout.id().toString(),
                            "amount",
                            payout.amount().toString(),
                            "four_eyes_minimum",
                            String.valueOf(minimum),
                            "action",
                            payout.status() == PayoutStatus.REQUESTED
                                    ? "Take it to processing, then ask a colleague to complete it."
                                    : "Ask a colleague to complete it."));
        }
    }
}
