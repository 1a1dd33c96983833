package com.clicknback.cashback;

import com.clicknback.money.Money;
import com.clicknback.platform.bus.Request;
import java.time.LocalDate;
import java.util.UUID;

/**
 * Asks what a purchase that does not exist would be credited with now, by the steps that credit a real one.
 *
 * @param terms of an offer
 * @param date the UTC day of the purchase
 */
public record PreviewCredit(CashbackTerms terms, Money amount, UUID userId, LocalDate date)
        implements Request<PreviewCredit.Previewed> {

    public record Previewed(Calculation calculation, CapDraw cap, Money credited) {}
}
