package com.clicknback.flags;

import com.clicknback.audit.Actor;
import com.clicknback.platform.bus.Request;
import org.jspecify.annotations.Nullable;

/**
 * Creates or updates the flag of one key and scope. Fails with {@code VALIDATION_ERROR} (key, scope id), {@code
 * FEATURE_FLAG_SCOPE_ID_REQUIRED}.
 *
 * @param description null leaves it as it is
 */
public record SetFlag(
        String key,
        FlagScope scope,
        boolean enabled,
        @Nullable String description,
        Actor actor) implements Request<Flag> {}
