package com.clicknback.partners;

import com.clicknback.audit.Actor;
import com.clicknback.platform.bus.Request;
import java.util.UUID;

/** Sets who decides about a partner's purchases; the present choice again changes nothing. Fails with NOT_FOUND. */
public record SetPartnerConfirmation(UUID partnerId, ConfirmedBy confirmedBy, Actor actor)
        implements Request<Partner> {}
