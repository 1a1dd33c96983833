package com.clicknback.platform.http;

import com.clicknback.platform.errors.DomainException;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The header with which a client makes a request safe to repeat, and the one that marks the answer to a repeat. */
final class IdempotencyKey {
    static final String HEADER = "Idempotency-Key";
    static final String REPLAYED_HEADER = "Idempotency-Replayed";

    private static final Pattern FORM = Pattern.compile("[ -~]{1,255}");

    private IdempotencyKey() {}

    /** The key of a request, or null when it has none; fails with {@code VALIDATION_ERROR} for a malformed one. */
    static @Nullable String of(MultiMap headers) {
        List<String> keys = headers.getAll(HEADER);
        if (keys.isEmpty()) {
            return null;
        }
        if (keys.size() > 1 || !FORM.matcher(keys.get(0)).matches()) {
            throw DomainException.validation(HEADER, "must be one key of 1 to 255 printable ASCII characters");
        }
        return keys.get(0);
    }
}
