package com.clicknback.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlagKeyTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "purchase_auto_confirm", "a1__", "z9"})
    void acceptsLowerCaseWords(String key) {
        assertThat(FlagKey.isValid(key)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "1a", "_a", "a-b", "a b", "a\n", "a\u0000", "é", "a.b", "ａ"})
    void refusesEverythingElse(String key) {
        assertThat(FlagKey.isValid(key)).isFalse();
    }

    @Test
    void endsAtAHundredCharacters() {
        assertThat(FlagKey.isValid("a".repeat(100))).isTrue();
        assertThat(FlagKey.isValid("a".repeat(101))).isFalse();
    }

    @Test
    void showsTheRefusedKey() {
        DomainException refusal = catchThrowableOfType(DomainException.class, () -> FlagKey.require("Purchase-Auto"));
        assertThat(refusal.code()).isEqualTo(ErrorCode.VALIDATION_ERROR);
        assertThat(refusal.details().get("key")).isEqualTo("Purchase-Auto");
    }
}
