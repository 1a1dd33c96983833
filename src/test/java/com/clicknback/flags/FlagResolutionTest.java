package com.clicknback.flags;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlagResolutionTest {
    @ParameterizedTest(name = "scoped {0}, global {1}: {2}")
    @CsvSource({
        "true,  true,  true",
        "true,  false, true",
        "true,  ,      true",
        "false, true,  false",
        "false, false, false",
        "false, ,      false",
        ",      true,  true",
        ",      false, false",
        ",      ,      true"
    })
    void prefersTheExactScopeThenTheGlobalValueThenTrue(
            @Nullable Boolean scoped, @Nullable Boolean global, boolean inForce) {
        assertThat(FlagResolution.resolve(scoped, global)).isEqualTo(inForce);
    }
}
