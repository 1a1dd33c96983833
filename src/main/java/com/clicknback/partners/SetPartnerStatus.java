package com.clicknback.partners;

import com.clicknback.audit.Actor;
import com.clicknback.platform.bus.Request;
import java.util.UUID;

/** Activates or deactivates a partner; the present status again changes nothing. Fails with {@code NOT_FOUND}. */
public record SetPartnerStatus(UUID partnerId, boolean active, Actor actor) implements Request<Partner> {}
