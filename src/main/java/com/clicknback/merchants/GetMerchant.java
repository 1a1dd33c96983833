package com.clicknback.merchants;

import com.clicknback.platform.bus.Request;
import java.util.UUID;

/** Asks for one merchant. Fails with {@code NOT_FOUND}. */
public record GetMerchant(UUID id) implements Request<Merchant> {}
