package com.clicknback.explanations;

import com.clicknback.platform.bus.Request;
import java.util.UUID;

/** Asks why a purchase has its amount and its state; fails with NOT_FOUND. */
public record ExplainPurchase(UUID id) implements Request<Explanation> {}
