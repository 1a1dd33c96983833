package com.clicknback.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FlagScopeTest {
    @ParameterizedTest
    @CsvSource({"MERCHANT, merchant", "USER, user"})
    void needsTheIdOfAMerchantOrUser(FlagScope.Type type, String wireName) {
        DomainException refusal =
                catchThrowableOfType(DomainException.class, () -> new FlagScope(type, null).requireFit());
        assertThat(refusal.code()).isEqualTo(ErrorCode.FEATURE_FLAG_SCOPE_ID_REQUIRED);
        assertThat(refusal.details()).hasToString("{scope_type=" + wireName + "}");
    }

    @Test
    void hasNoIdWhenGlobal() {
        FlagScope scope = new FlagScope(FlagScope.Type.GLOBAL, UUID.randomUUID());
        DomainException refusal = catchThrowableOfType(DomainException.class, scope::requireFit);
        assertThat(refusal.code()).isEqualTo(ErrorCode.VALIDATION_ERROR);
    }

    @ParameterizedTest
    @EnumSource
    void acceptsWhatFits(FlagScope.Type type) {
        FlagScope scope = type == FlagScope.Type.GLOBAL ? FlagScope.GLOBAL : new FlagScope(type, UUID.randomUUID());
        assertThatCode(scope::requireFit).doesNotThrowAnyException();
    }
}
