package com.clicknback.partners;

import com.clicknback.audit.Actor;
import com.clicknback.platform.bus.Request;
import java.util.UUID;

/** Adds a secret beside the present ones. Fails with {@code NOT_FOUND} or {@code PARTNER_SECRET_LIMIT_REACHED}. */
public record AddPartnerSecret(UUID partnerId, Actor actor) implements Request<NewPartnerSecret> {}
