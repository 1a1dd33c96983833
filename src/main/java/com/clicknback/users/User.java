package com.clicknback.users;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account.
 *
 * @param email as registered: the local part as typed, the domain in lower case
 * @param erasedAt when its personal data were erased; null while they are there
 */
public record User(
        UUID id,
        String email,
        Role role,
        boolean active,
        Instant createdAt,
        PasswordVersion password,
        @Nullable Instant erasedAt) {
    boolean administers() {
        return active && role == Role.ADMIN;
    }

    User with(Role newRole, boolean newActive) {
        return new User(id, email, newRole, newActive, createdAt, password, erasedAt);
    }
}
