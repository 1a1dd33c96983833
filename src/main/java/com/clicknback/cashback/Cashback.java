package com.clicknback.cashback;

import com.clicknback.money.Money;
import com.clicknback.platform.bus.Done;
import com.clicknback.platform.bus.Request;
import java.time.LocalDate;
import java.util.UUID;

/** The messages that the cashback domain answers. */
public final class Cashback {
    private Cashback() {}

    /**
     * Calculates the credit of a purchase that does not exist, by the steps that credit a real one.
     *
     * @param terms of an offer
     * @param date the UTC day of the purchase
     */
    public record Preview(CashbackTerms terms, Money amount, UUID userId, LocalDate date)
            implements Request<Previewed> {}

    /**
     * The credit that a purchase would get now, and how it comes about.
     *
     * @param credited after the cap
     */
    public record Previewed(Calculation calculation, CapDraw cap, Money credited) {}

    /** Waits until a purchase is credited, at most for half a second; answered then, credited or not. */
    public record AwaitCredit(UUID purchaseId) implements Request<Done> {}
}
