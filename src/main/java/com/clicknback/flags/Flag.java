package com.clicknback.flags;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A switch that operators set for everything, for one merchant or for one user.
 *
 * @param updatedAt the time of the last change that made a difference
 */
public record Flag(
        UUID id,
        String key,
        FlagScope scope,
        boolean enabled,
        @Nullable String description,
        Instant createdAt,
        Instant updatedAt) {}
