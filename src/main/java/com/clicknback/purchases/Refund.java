package com.clicknback.purchases;

import com.clicknback.audit.Actor;
import com.clicknback.money.Money;
import java.util.UUID;

/**
 * A part of a purchase, or all of it, that its buyer got back.
 *
 * @param externalId the partner's own id of the refund, which makes a repeat recognisable
 */
record Refund(UUID purchaseId, String externalId, Money amount, Actor actor) {}
