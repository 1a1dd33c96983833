package com.clicknback.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TenThousandthsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0.0",
        "0E+2000000000, 0, 0.0",
        "5, 50000, 5.0",
        "5.0000000, 50000, 5.0",
        "2E+1, 200000, 20.0",
        "3.5, 35000, 3.5",
        "0.0001, 1, 0.0001",
        "9999999999.99, 99999999999900, 9999999999.99"
    })
    void keepsFourFractionDigitsExactly(BigDecimal decimal, long valueE4, String shown) {
        assertThat(TenThousandths.of(decimal)).isEqualTo(valueE4);
        assertThat(TenThousandths.toDecimal(valueE4)).hasToString(shown);
    }

    @Test
    void refusesAFifthFractionDigit() {
        BigDecimal tooFine = new BigDecimal("0.00001");
        assertThatThrownBy(() -> TenThousandths.of(tooFine)).isInstanceOf(ArithmeticException.class);
    }
}
