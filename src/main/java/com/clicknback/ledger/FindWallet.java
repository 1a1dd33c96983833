package com.clicknback.ledger;

import com.clicknback.platform.bus.Request;
import java.util.UUID;

/** Asks what a user holds; somebody unknown holds nothing. Fails with {@code OVERLOADED}. */
public record FindWallet(UUID userId) implements Request<Balances> {}
