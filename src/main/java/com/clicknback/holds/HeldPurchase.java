package com.clicknback.holds;

import java.time.Instant;
import java.util.UUID;

/**
 * A confirmed purchase whose cashback is pending.
 *
 * @param byPerson true when an administrator confirmed it
 */
public record HeldPurchase(UUID purchaseId, UUID userId, UUID merchantId, Instant payableAt, boolean byPerson) {}
