package com.clicknback.users;

import java.time.Instant;
import java.util.UUID;

/**
 * An account.
 *
 * @param email as registered: the local part as typed, the domain in lower case
 */
public record User(UUID id, String email, Role role, boolean active, Instant createdAt, PasswordVersion password) {}
