package com.clicknback.flags;

import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.platform.errors.Violation;
import java.util.List;
import java.util.regex.Pattern;

/** The form of a flag's key; a text of another form names no flag. */
final class FlagKey {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9_]{0,99}");

    private FlagKey() {}

    static boolean isValid(String key) {
        return FORM.matcher(key).matches();
    }

    /** Fails with VALIDATION_ERROR, whose details show the key. */
    static void require(String key) {
        if (!isValid(key)) {
            Violation violation = new Violation("key", "must match [a-z][a-z0-9_]* and have 1 to 100 characters");
            throw new DomainException(
                    ErrorCode.VALIDATION_ERROR,
                    "The key of the flag is not valid.",
                    DomainException.details("key", key, "violations", List.of(violation)));
        }
    }
}
