package com.clicknback.explanations;

import com.clicknback.audit.Actor;
import com.clicknback.platform.bus.Request;
import java.util.UUID;

/**
 * Asks for the exact effect that reversing a purchase now would have; changes nothing. Fails as the reversal would:
 * NOT_FOUND, PURCHASE_ALREADY_REVERSED, PURCHASE_NOT_REVERSIBLE.
 */
public record PreviewReversal(UUID id, Actor actor) implements Request<ReversalPreview> {}
