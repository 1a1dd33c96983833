package com.clicknback.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.platform.errors.Violation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTest {

    @ParameterizedTest
    @ValueSource(strings = {"Str0ng!Pass", "Aa1!Aa1!", "Aa1 Aa1 ", "Aa1äAa1a", "Aa1😀aaaa", "Pässw0rt"})
    void acceptsOneOfEachKind(String password) {
        assertThat(PasswordRules.broken(password)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Aa1!Aa1, must have at least 8 characters",
        "Aa1😀aaa, must have at least 8 characters",
        "str0ng!pass, must have a capital letter A to Z",
        "Ästr0ng!pass, must have a capital letter A to Z",
        "STR0NG!PASS, must have a small letter a to z",
        "STR0NGßPASS, must have a small letter a to z",
        "Strong!Pass, must have a digit 0 to 9",
        "Strong!Pass٣, must have a digit 0 to 9",
        "Str0ngPass1, must have another character than these"
    })
    void namesTheRuleThatIsBroken(String password, String reason) {
        assertThat(PasswordRules.broken(password)).containsExactly(reason);
    }

    @Test
    void namesAllRulesThatAreBroken() {
        assertThat(PasswordRules.broken("")).hasSize(5);
        assertThat(PasswordRules.broken("abc")).hasSize(4);
        assertThatThrownBy(() -> PasswordRules.require("new_password", "abcdefgh"))
                .isInstanceOfSatisfying(DomainException.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(ErrorCode.PASSWORD_NOT_COMPLEX_ENOUGH);
                    assertThat((List<?>) refusal.details().get("violations"))
                            .hasSize(3)
                            .allSatisfy(violation ->
                                    assertThat(((Violation) violation).field()).isEqualTo("new_password"));
                    assertThat(refusal.getMessage()).doesNotContain("abcdefgh");
                });
    }
}
