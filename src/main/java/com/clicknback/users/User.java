package com.clicknback.users;

import java.time.Instant;
import java.util.UUID;

/**
 * An account.
 *
 * @param email as registered: the local part as typed, the domain in lower case
 */
public record User(UUID id, String email, Role role, boolean active, Instant createdAt, PasswordVersion password) {
    boolean administers() {
        return active && role == Role.ADMIN;
    }

    User with(Role newRole, boolean newActive) {
        return new User(id, email, newRole, newActive, createdAt, password);
    }
}
