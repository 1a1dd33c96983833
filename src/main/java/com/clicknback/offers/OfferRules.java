package com.clicknback.offers;

import com.clicknback.cashback.CashbackType;
import com.clicknback.money.Money;
import com.clicknback.platform.errors.Violation;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/** The rules for a new offer, in their order: cashback value, start, end, monthly cap. */
final class OfferRules {
    private static final BigDecimal AMOUNT_MAX = Money.MAX.toDecimal();

    private final BigDecimal percentageMax;

    OfferRules(BigDecimal percentageMax) {
        this.percentageMax = percentageMax;
    }

    /** The first rule that an offer created today breaks, or empty when it keeps all. */
    Optional<Violation> firstBroken(Offers.Create offer, LocalDate today) {
        BigDecimal valueMax = offer.cashbackType() == CashbackType.PERCENT ? percentageMax : AMOUNT_MAX;
        if (!isWithin(offer.cashbackValue(), valueMax)) {
            return broken("cashback_value", "must be above 0 and at most " + valueMax.toPlainString());
        }
        if (offer.window().start().isBefore(today)) {
            return broken("start_date", "must not lie before today, " + today + " (UTC)");
        }
        if (offer.window().endedBefore(offer.window().start())) {
            return broken("end_date", "must not lie before start_date");
        }
        if (!isWithin(offer.monthlyCap(), AMOUNT_MAX)) {
            return broken("monthly_cap", "must be above 0 and at most " + AMOUNT_MAX.toPlainString());
        }
        return Optional.empty();
    }

    /** The first amount of a change that no offer could have. */
    static Optional<Violation> firstOutOfRange(Offers.Update change) {
        if (change.cashbackValue() != null && !isWithin(change.cashbackValue(), AMOUNT_MAX)) {
            return broken("cashback_value", "must be above 0 and at most " + AMOUNT_MAX.toPlainString());
        }
        if (change.monthlyCap() != null && !isWithin(change.monthlyCap(), AMOUNT_MAX)) {
            return broken("monthly_cap", "must be above 0 and at most " + AMOUNT_MAX.toPlainString());
        }
        return Optional.empty();
    }

    /** The first rule that a change of an offer breaks today. */
    Optional<Violation> firstBroken(Offer offer, Offers.Update change, LocalDate today) {
        if (change.endDate() != null && change.endDate().isBefore(today)) {
            return broken("end_date", "must not lie before today, " + today + " (UTC)");
        }
        if (change.endDate() != null && change.endDate().isBefore(offer.window().start())) {
            return broken("end_date", "must not lie before start_date");
        }
        return Optional.empty();
    }

    private static boolean isWithin(BigDecimal value, BigDecimal max) {
        return value.signum() > 0 && value.compareTo(max) <= 0;
    }

    private static Optional<Violation> broken(String field, String reason) {
        return Optional.of(new Violation(field, reason));
    }
}
