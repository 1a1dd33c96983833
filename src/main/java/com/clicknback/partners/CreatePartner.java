package com.clicknback.partners;

import com.clicknback.audit.Actor;
import com.clicknback.platform.bus.Request;

/** Creates an active partner with one secret. */
public record CreatePartner(String name, ConfirmedBy confirmedBy, Actor actor) implements Request<NewPartner> {}
