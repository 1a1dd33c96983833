package com.clicknback.platform.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTest {
    private static boolean isVisible(String name) {
        return new Visible.Validator().isValid(name, null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Corner Shop",
                " Corner  Shop\n",
                "\u00a0Corner\u00a0Shop\u3000",
                "Corner\u2009\u202f Shop",
                "\u2028Corner Shop\u2029",
                "Corner\u2007Shop\t"
            })
    void blanksMakeNoOtherName(String typed) {
        assertThat(Names.normalise(typed)).isEqualTo("Corner Shop");
    }

    @ParameterizedTest
    @CsvSource({"Cafe\u0301, Caf\u00e9", "\u212bngstrom, \u00c5ngstrom"})
    void composedAndDecomposedAreOneName(String typed, String name) {
        assertThat(Names.normalise(typed)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u00a0", "\u3000\u2003", "\t\r\n"})
    void blanksAloneAreEmpty(String typed) {
        assertThat(Names.normalise(typed)).isEmpty();
    }

    @Test
    void anyNumberOfBlanksIsOne() {
        assertThat(Names.normalise("Corner" + " ".repeat(2_000) + "Shop")).isEqualTo("Corner Shop");
    }

    /** Normalising them would take an hour: the end is looked for at each blank, and marks are sorted one by one. */
    @ParameterizedTest
    @ValueSource(strings = {" ", "\u00a0", "\u0300\u0316"})
    void aBodyFullIsNoName(String part) {
        String typed = "x" + part.repeat(500_000) + "x";

        assertThat(Names.normalise(typed)).isSameAs(typed);
    }

    /** A body has room for hundreds of them, and each would take a hundredth of a second. */
    @ParameterizedTest
    @ValueSource(strings = {"\u0300\u0316", "\u0301\u0323\u0334", "\ud834\udd65\ud834\udd6e\u0300"})
    void manyMarksInARowAreNotSorted(String marks) {
        String typed = " e" + marks.repeat(30) + " ";

        assertThat(Names.normalise(typed)).isSameAs(typed);
        assertThat(Names.composed(typed)).isSameAs(typed);
        assertThat(Names.normalise(" e" + marks.repeat(6))).isNotEqualTo(" e" + marks.repeat(6));
        assertThat(Names.composed("Cafe\u0301")).isEqualTo("Caf\u00e9");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Corner\u200bShop",
                "Corner\u200dShop",
                "\ufeffShop",
                "Corner\u00adShop",
                "Corner\tShop",
                "Corner\nShop",
                "Corner\u0085Shop",
                "\u202eShop",
                "\u2060",
                "\u3164",
                "\u2800",
                "Shop\ufe0f",
                "\ue000",
                "Shop\udb40\udd00"
            })
    void whatShowsNothingIsRefused(String typed) {
        assertThat(isVisible(Names.normalise(typed))).isFalse();
    }

    @Test
    void namesOfAllScriptsAreVisible() {
        assertThat(new String[] {"Müller & Söhne", "Ελλάδα", "東京 書店", "مكتبة", "नमस्ते", "O’Neill – 24/7", "🛒"})
                .allMatch(name -> isVisible(Names.normalise(name)));
    }
}
