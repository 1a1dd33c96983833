package com.clicknback.purchases;

import com.clicknback.platform.bus.Request;
import java.util.UUID;

/** Asks for one purchase; fails with NOT_FOUND. */
public record FindPurchase(UUID id) implements Request<Purchase> {}
