package com.clicknback.auth;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A session of a user; also its form on the wire.
 *
 * @param createdAt the login
 * @param refreshedAt when its latest tokens were issued
 * @param expiresAt when it ends unless it is continued
 * @param endedAt null while it can be continued
 */
public record SessionView(
        UUID id,
        Instant createdAt,
        Instant refreshedAt,
        Instant expiresAt,
        @Nullable Instant endedAt) {}
