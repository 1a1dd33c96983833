package com.clicknback.explanations;

import com.clicknback.audit.Actor;
import com.clicknback.platform.bus.Request;
import java.util.UUID;

/** The messages that the domain of explanations answers. */
public final class Explanations {
    private Explanations() {}

    /** Explains the amount and the state of a purchase. Fails with NOT_FOUND. */
    public record Explain(UUID id) implements Request<Explanation> {}

    /**
     * Computes the exact effect that reversing a purchase now would have; changes nothing. Fails as the reversal would:
     * NOT_FOUND, PURCHASE_ALREADY_REVERSED, PURCHASE_NOT_REVERSIBLE.
     */
    public record PreviewReversal(UUID id, Actor actor) implements Request<ReversalPreview> {}
}
