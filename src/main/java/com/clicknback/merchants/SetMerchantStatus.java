package com.clicknback.merchants;

import com.clicknback.audit.Actor;
import com.clicknback.platform.bus.Request;
import java.util.UUID;

/** Activates or deactivates a merchant; its offers and purchases stay as they are. Fails with {@code NOT_FOUND}. */
public record SetMerchantStatus(UUID id, boolean active, Actor actor) implements Request<Merchant> {}
