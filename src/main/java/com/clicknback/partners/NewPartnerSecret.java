package com.clicknback.partners;

import com.clicknback.partners.signing.WebhookSecret;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A secret just added, also its form on the wire. No later answer shows its value again. */
public record NewPartnerSecret(
        UUID id, Instant createdAt, @Nullable Instant expiresAt, WebhookSecret secret) {}
