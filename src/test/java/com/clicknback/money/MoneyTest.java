package com.clicknback.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {
    @ParameterizedTest(name = "{0} is {1} minor units, shown as {2}")
    @CsvSource({
        "0,             0,            0.00",
        "0.01,          1,            0.01",
        "2.5,           250,          2.50",
        "2.500000,      250,          2.50",
        "1E+3,          100000,       1000.00",
        "-3.1,          -310,         -3.10",
        "-0.05,         -5,           -0.05",
        "9999999999.99, 999999999999, 9999999999.99"
    })
    void holdsDecimalsExactlyAndShowsTwoFractionDigits(BigDecimal decimal, long minor, String shown) {
        assertThat(Money.ofDecimal(decimal)).isEqualTo(Money.ofMinor(minor)).hasToString(shown);
        assertThat(Money.ofMinor(minor).toDecimal()).isEqualByComparingTo(decimal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.001", "1.005", "1E-9", "92233720368547758.08"})
    void refusesWhatMinorUnitsCannotHold(BigDecimal decimal) {
        assertThatThrownBy(() -> Money.ofDecimal(decimal)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void addsAndSubtractsButNeverWrapsAround() {
        assertThat(Money.ofMinor(250).plus(Money.ofMinor(-310))).isEqualTo(Money.ofMinor(-60));
        assertThat(Money.ofMinor(250).minus(Money.ofMinor(310))).isEqualTo(Money.ofMinor(-60));
        Money most = Money.ofMinor(Long.MAX_VALUE);
        Money least = Money.ofMinor(Long.MIN_VALUE);
        Money cent = Money.ofMinor(1);
        assertThatThrownBy(() -> most.plus(cent)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> least.minus(cent)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void comparesByAmount() {
        Money debt = Money.ofMinor(-1);
        assertThat(debt).isLessThan(Money.ZERO);
        assertThat(Money.min(debt, Money.ZERO)).isEqualTo(debt);
        assertThat(Money.max(debt, Money.ZERO)).isEqualTo(Money.ZERO);
        assertThat(Money.ZERO.isZero()).isTrue();
        assertThat(debt.isZero()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"EUR", "eur", "eUr"})
    void knowsItsCurrencyInAnyCase(String code) {
        assertThat(Currency.ofCode(code)).contains(Currency.EUR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"USD", "EU", "EURO", "€", "ÉUR", "   ", ""})
    void acceptsNoOtherCurrency(String code) {
        assertThat(Currency.ofCode(code)).isEqualTo(Optional.empty());
    }
}
