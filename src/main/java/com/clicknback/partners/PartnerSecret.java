package com.clicknback.partners;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A secret that a partner may sign with, without its value; also its form on the wire.
 *
 * @param expiresAt from when on it no longer counts; null for never
 * @param lastUsedAt null until it was signed with; a minute behind at most
 */
public record PartnerSecret(
        UUID id,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt) {}
