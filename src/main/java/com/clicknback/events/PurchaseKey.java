package com.clicknback.events;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The name of a purchase outside of this product, unique for ever.
 *
 * @param partnerId null for a purchase that its user submitted
 * @param externalId given by the partner or the user
 */
public record PurchaseKey(@Nullable UUID partnerId, String externalId) {}
