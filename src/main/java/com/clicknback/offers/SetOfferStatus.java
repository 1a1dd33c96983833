package com.clicknback.offers;

import com.clicknback.audit.Actor;
import com.clicknback.platform.bus.Request;
import java.util.UUID;

/**
 * Activates or deactivates an offer; the present status again changes nothing. Fails with {@code NOT_FOUND}, and on
 * activation with {@code OFFER_EXPIRED}, {@code ACTIVE_OFFER_ALREADY_EXISTS}.
 */
public record SetOfferStatus(UUID id, boolean active, Actor actor) implements Request<Offer> {}
