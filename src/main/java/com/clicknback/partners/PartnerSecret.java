package com.clicknback.partners;

import java.time.Instant;
import java.util.UUID;

/** A secret that a partner may sign with, without its value; also its form on the wire. */
public record PartnerSecret(UUID id, Instant createdAt) {}
