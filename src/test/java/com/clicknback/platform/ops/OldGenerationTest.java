package com.clicknback.platform.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.MemoryUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OldGenerationTest {
    private static final int INITIAL = 40;

    @ParameterizedTest
    @CsvSource({
        "40,  0, false", // not collected yet
        "41,  0, true",
        "40, 40, false",
        "62, 40, true",
        "62, 62, false", // all of it is in use
        "63, 62, true",
        "40, 62, false" // has become smaller
    })
    void hasGrownWhenItTakesMoreThanAfterItsCollection(int committed, int afterCollection, boolean grown) {
        assertThat(OldGeneration.hasGrown(taking(committed), taking(afterCollection)))
                .isEqualTo(grown);
    }

    @Test
    void isLeftAloneWhereTheJvmDoesNotTell() {
        assertThat(OldGeneration.hasGrown(taking(62), null)).isFalse();
    }

    private static MemoryUsage taking(int committed) {
        return new MemoryUsage(INITIAL, committed, committed, 224);
    }
}
