package com.clicknback.platform.bus;

import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import java.util.Map;

/** A {@link DomainException} on its way back to the asker. */
record Refusal(ErrorCode code, String message, Map<String, ?> details) {
    static Refusal of(DomainException e) {
        return new Refusal(e.code(), e.getMessage(), e.details());
    }

    DomainException toException() {
        return new DomainException(code, message, details);
    }
}
