package com.clicknback.offers;

import com.clicknback.money.Money;
import java.time.LocalDate;
import java.util.List;

/**
 * The cashback that a purchase would earn under an offer that does not exist yet, and the offers in its way.
 *
 * @param inWindow whether the offer would apply on the day of the purchase
 * @param unrounded the exact reward in currency units
 * @param clamped true when the reward was more than the amount; the cashback is then the amount
 * @param credited after the cap, of which nothing is used; zero outside of the window
 * @param overlaps some of the active offers of the merchant that share a day with it, the newest first
 */
record DraftPreview(
        LocalDate date,
        boolean inWindow,
        Money amount,
        String unrounded,
        Money rounded,
        boolean clamped,
        Money cashback,
        Money credited,
        List<Offer> overlaps) {}
