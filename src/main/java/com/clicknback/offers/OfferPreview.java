package com.clicknback.offers;

import com.clicknback.cashback.Calculation;
import com.clicknback.cashback.CapDraw;
import com.clicknback.money.Money;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * The cashback that a purchase would earn under an offer; also its form on the wire.
 *
 * @param inForce whether the offer applies to the purchase at all
 * @param obstacles the reasons for which it does not; empty while it does
 * @param calculation of the offer's terms, in force or not
 * @param creditedAmount after the cap; zero unless the offer is in force
 */
public record OfferPreview(
        UUID offerId,
        UUID userId,
        LocalDate date,
        boolean inForce,
        List<Obstacle> obstacles,
        Calculation calculation,
        CapDraw cap,
        Money creditedAmount) {

    /** A reason for which an offer is not in force on a day. */
    public enum Obstacle {
        OFFER_INACTIVE,
        MERCHANT_INACTIVE,
        NOT_STARTED,
        ENDED
    }
}
