package com.clicknback.cashback;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.cashback.Calculation.Basis;
import com.clicknback.money.Money;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalculationTest {
    private static final UUID OFFER = UUID.fromString("f0e1d2c3-b4a5-4678-9012-3456789abcde");
    private static final Money CAP = Money.ofMinor(5_000);

    @ParameterizedTest
    @CsvSource({
        "PERCENT, 50000, 4950, 2.475, 248, false, 248",
        "PERCENT, 50000, 5000, 2.50, 250, false, 250",
        "PERCENT, 1, 1, 0.00000001, 0, false, 0",
        "PERCENT, 200000, 999999999999, 1999999999.998, 200000000000, false, 200000000000",
        "FIXED, 30000, 1, 3.00, 300, true, 1",
        "FIXED, 25150, 10000, 2.515, 252, false, 252",
        "FIXED, 99999999999900, 999999999999, 9999999999.99, 999999999999, false, 999999999999"
    })
    void showsEveryStep(
            CashbackType type,
            long valueE4,
            long amountMinor,
            String unrounded,
            long roundedMinor,
            boolean clamped,
            long cashbackMinor) {
        CashbackTerms terms = new CashbackTerms(OFFER, type, valueE4, CAP);
        Money amount = Money.ofMinor(amountMinor);

        Calculation calculation = Calculation.of(terms, amount);

        assertThat(calculation.unrounded()).isEqualTo(unrounded);
        assertThat(calculation.rounded()).isEqualTo(Money.ofMinor(roundedMinor));
        assertThat(calculation.clamped()).isEqualTo(clamped);
        assertThat(calculation.cashback())
                .isEqualTo(Money.ofMinor(cashbackMinor))
                .isEqualTo(CashbackCalculator.calculate(terms, amount));
    }

    @Test
    void namesWhereTheTermsComeFrom() {
        Calculation byOffer =
                Calculation.of(new CashbackTerms(OFFER, CashbackType.PERCENT, 25_000, CAP), Money.ofMinor(100));
        Calculation byDefault = Calculation.of(CashbackTerms.merchantDefault(35_000), Money.ofMinor(100));

        assertThat(byOffer.basis()).isEqualTo(Basis.OFFER);
        assertThat(byOffer.offerId()).isEqualTo(OFFER);
        assertThat(byOffer.cashbackValue()).isEqualTo(new BigDecimal("2.5"));
        assertThat(byOffer.monthlyCap()).isEqualByComparingTo("50");
        assertThat(byDefault.basis()).isEqualTo(Basis.MERCHANT_DEFAULT);
        assertThat(byDefault.offerId()).isNull();
        assertThat(byDefault.monthlyCap()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "600, 0, 500, 500, 600, 500, false",
        "600, 300, 500, 300, 300, 600, true",
        "600, 100, 500, 500, 500, 600, false",
        "600, 600, 500, 0, 0, 600, true",
        "600, 600, 0, 0, 0, 600, false"
    })
    void showsWhatACreditDrawsOnTheCap(
            long limit, long used, long cashback, long credited, long remaining, long after, boolean cut) {
        YearMonth month = YearMonth.of(2026, 4);

        CapDraw draw = CapDraw.of(
                month, Money.ofMinor(limit), Money.ofMinor(used), Money.ofMinor(cashback), Money.ofMinor(credited));

        assertThat(draw)
                .isEqualTo(new CapDraw(
                        month,
                        Money.ofMinor(limit),
                        Money.ofMinor(used),
                        Money.ofMinor(remaining),
                        Money.ofMinor(after),
                        cut));
        assertThat(draw.undrawn().usedAfter()).isEqualTo(Money.ofMinor(used));
        assertThat(draw.undrawn().cut()).isFalse();
    }
}
