package com.clicknback.partners.signing;

import java.util.UUID;

/**
 * A secret that a tested signature may have been made with.
 *
 * @param removed whether it was deleted, so that nothing signed with it is let in
 */
public record TestedSecret(UUID id, WebhookSecret secret, boolean removed) {}
