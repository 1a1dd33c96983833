package com.clicknback.platform.bus;

import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A {@link DomainException} on its way back to the asker. */
record Refusal(
        ErrorCode code,
        String message,
        Map<String, ?> details,
        @Nullable Enum<?> reason) {
    static Refusal of(DomainException e) {
        return new Refusal(e.code(), e.getMessage(), e.details(), e.reason());
    }

    DomainException toException() {
        return new DomainException(code, message, details).because(reason);
    }
}
