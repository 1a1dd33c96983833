package com.clicknback.offers;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.audit.Actor;
import com.clicknback.cashback.CashbackType;
import com.clicknback.platform.errors.Violation;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OfferRulesTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-04-22");
    private static final OfferRules RULES = new OfferRules(new BigDecimal("20"));

    @ParameterizedTest(name = "{0} {1}, {2} to {3}, cap {4}: {5}")
    @CsvSource({
        "PERCENT, 0.0001,            2026-04-22, 2026-04-22, 0.01,           ",
        "PERCENT, 20,                2026-04-22, 2027-04-22, 9999999999.99,  ",
        "FIXED,   9999999999.99,     2026-05-01, 2026-05-31, 20,             ",
        "PERCENT, 0,                 2026-04-22, 2026-05-22, 20,             cashback_value",
        "PERCENT, -1,                2026-04-22, 2026-05-22, 20,             cashback_value",
        "PERCENT, 20.0001,           2026-04-22, 2026-05-22, 20,             cashback_value",
        "FIXED,   0,                 2026-04-22, 2026-05-22, 20,             cashback_value",
        "FIXED,   -3,                2026-04-22, 2026-05-22, 20,             cashback_value",
        "FIXED,   9999999999.9901,   2026-04-22, 2026-05-22, 20,             cashback_value",
        "FIXED,   1E+400,            2026-04-22, 2026-05-22, 20,             cashback_value",
        "PERCENT, 5,                 2026-04-21, 2026-05-22, 20,             start_date",
        "PERCENT, 5,                 2026-04-23, 2026-04-22, 20,             end_date",
        "PERCENT, 5,                 2026-04-22, 2026-05-22, 0,              monthly_cap",
        "PERCENT, 5,                 2026-04-22, 2026-05-22, -0.01,          monthly_cap",
        "PERCENT, 5,                 2026-04-22, 2026-05-22, 10000000000,    monthly_cap"
    })
    void namesTheFieldOfABrokenRule(
            CashbackType type, BigDecimal value, LocalDate start, LocalDate end, BigDecimal cap, String field) {
        assertThat(RULES.firstBroken(offer(type, value, start, end, cap), TODAY).map(Violation::field))
                .isEqualTo(Optional.ofNullable(field));
    }

    @ParameterizedTest(name = "{0}, {1} to {2}, cap {3}: {4}")
    @CsvSource({
        "0, 2026-04-01, 2026-03-01, 0, cashback_value",
        "5, 2026-04-01, 2026-03-01, 0, start_date",
        "5, 2026-05-01, 2026-03-01, 0, end_date",
        "5, 2026-05-01, 2026-06-01, 0, monthly_cap"
    })
    void namesOnlyTheFirstOfSeveral(BigDecimal value, LocalDate start, LocalDate end, BigDecimal cap, String field) {
        assertThat(RULES.firstBroken(offer(CashbackType.PERCENT, value, start, end, cap), TODAY))
                .map(Violation::field)
                .hasValue(field);
    }

    @Test
    void takesTheLargestPercentageFromItsSetting() {
        OfferRules strict = new OfferRules(new BigDecimal("2.5"));
        Offers.Create offer = offer(CashbackType.PERCENT, new BigDecimal("2.6"), TODAY, TODAY, BigDecimal.TEN);
        assertThat(strict.firstBroken(offer, TODAY))
                .hasValue(new Violation("cashback_value", "must be above 0 and at most 2.5"));
    }

    private static Offers.Create offer(
            CashbackType type, BigDecimal value, LocalDate start, LocalDate end, BigDecimal cap) {
        Actor admin = Actor.admin(UUID.randomUUID(), "request-1");
        return new Offers.Create(UUID.randomUUID(), type, value, new OfferWindow(start, end), cap, null, admin);
    }
}
