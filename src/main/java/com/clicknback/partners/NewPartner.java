package com.clicknback.partners;

import com.clicknback.partners.signing.WebhookSecret;
import java.time.Instant;
import java.util.UUID;

/** A partner just created, also its form on the wire. No later answer shows the secret again. */
public record NewPartner(
        UUID id, String name, boolean active, ConfirmedBy confirmedBy, Instant createdAt, WebhookSecret secret) {}
