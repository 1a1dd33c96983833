package com.clicknback.auth;

import com.clicknback.platform.errors.DomainException;

/** The ends of an attempt to log in, named as in the metric. */
enum LoginOutcome {
    SUCCEEDED,
    WRONG_CREDENTIALS,
    USER_INACTIVE,
    RATE_LIMITED,
    /** For a cause on the side of the service. */
    FAILED;

    static LoginOutcome of(Throwable failure) {
        if (!(failure instanceof DomainException refusal)) {
            return FAILED;
        }
        return switch (refusal.code()) {
            case INVALID_CREDENTIALS -> WRONG_CREDENTIALS;
            case USER_INACTIVE -> USER_INACTIVE;
            case RATE_LIMITED -> RATE_LIMITED;
            default -> FAILED;
        };
    }
}
