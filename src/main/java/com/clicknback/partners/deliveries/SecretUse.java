package com.clicknback.partners.deliveries;

import java.time.Instant;
import java.util.UUID;

/** The latest time at which a message was signed with a secret. */
public record SecretUse(UUID secretId, Instant at) {}
