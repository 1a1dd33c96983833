package com.clicknback.flags;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A flag in the words of the contract. */
public record FlagView(
        UUID id,
        String key,
        boolean enabled,
        FlagScope.Type scopeType,
        @Nullable UUID scopeId,
        @Nullable String description,
        Instant createdAt,
        Instant updatedAt) {

    public static FlagView of(Flag flag) {
        return new FlagView(
                flag.id(),
                flag.key(),
                flag.enabled(),
                flag.scope().type(),
                flag.scope().id(),
                flag.description(),
                flag.createdAt(),
                flag.updatedAt());
    }
}
