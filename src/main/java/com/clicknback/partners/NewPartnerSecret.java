package com.clicknback.partners;

import java.time.Instant;
import java.util.UUID;

/** A secret just added, with the only view of its value there will ever be; also the form on the wire. */
public record NewPartnerSecret(UUID id, Instant createdAt, WebhookSecret secret) {}
