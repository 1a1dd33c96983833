package com.clicknback.purchases;

import com.clicknback.audit.Actor;
import com.clicknback.money.Money;
import com.clicknback.platform.bus.Request;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks to move a purchase to its next state, with its wallet movement and its audit row in one transaction. Fails with
 * NOT_FOUND; PURCHASE_NOT_PENDING (confirm, reject); PURCHASE_ALREADY_REVERSED, PURCHASE_NOT_REVERSIBLE (reverse).
 *
 * @param reason required for a rejection
 */
public record DecidePurchase(
        UUID id, Decision decision, @Nullable String reason, Actor actor) implements Request<DecidePurchase.Decided> {

    /**
     * What the decision made of the purchase.
     *
     * @param cashback after the decision: what is kept or was kept on record, zero once reversed
     */
    public record Decided(UUID id, PurchaseStatus status, Money cashback) {}
}
