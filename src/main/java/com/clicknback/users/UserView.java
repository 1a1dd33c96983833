package com.clicknback.users;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An account in the words of the contract. */
public record UserView(
        String email,
        boolean active,
        UUID id,
        Role role,
        Instant createdAt,
        @Nullable Instant erasedAt) {

    public static UserView of(User user) {
        return new UserView(user.email(), user.active(), user.id(), user.role(), user.createdAt(), user.erasedAt());
    }
}
