package com.clicknback.payouts;

import com.clicknback.platform.bus.Request;
import java.util.UUID;

/** Asks for one payout. Fails with {@code NOT_FOUND}. */
public record FindPayout(UUID id) implements Request<Payout> {}
