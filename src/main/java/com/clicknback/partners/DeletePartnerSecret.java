package com.clicknback.partners;

import com.clicknback.audit.Actor;
import com.clicknback.platform.bus.Done;
import com.clicknback.platform.bus.Request;
import java.util.UUID;

/**
 * Deletes a secret, which may be the partner's last. Fails with {@code NOT_FOUND} of the partner, then of the secret.
 *
 * @param secretId as the client sent it, since what is no UUID names no secret of an existing partner
 */
public record DeletePartnerSecret(UUID partnerId, String secretId, Actor actor) implements Request<Done> {}
