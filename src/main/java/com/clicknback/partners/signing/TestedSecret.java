package com.clicknback.partners.signing;

import java.util.UUID;

/** A secret that a signature may have been made with. */
public record TestedSecret(UUID id, WebhookSecret secret) {}
