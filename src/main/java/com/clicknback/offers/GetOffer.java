package com.clicknback.offers;

import com.clicknback.platform.bus.Request;
import java.util.UUID;

/**
 * Asks for one offer, whatever its window. Fails with {@code NOT_FOUND}, {@code FORBIDDEN}.
 *
 * @param openOnly whether the asker may see only active offers of active merchants
 */
public record GetOffer(UUID id, boolean openOnly) implements Request<Offer> {}
