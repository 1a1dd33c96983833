package com.clicknback.partners;

import java.time.Instant;
import java.util.UUID;

/** A partner just created, with the only view of its first secret there will ever be; also the form on the wire. */
public record NewPartner(
        UUID id, String name, boolean active, ConfirmedBy confirmedBy, Instant createdAt, WebhookSecret secret) {}
