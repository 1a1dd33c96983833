package com.clicknback.purchases;

import com.clicknback.platform.bus.Done;
import com.clicknback.platform.bus.Request;

/** Asks to be answered once the partner events that were parked for purchases accepted before are applied. */
public record AwaitPartnerEvents() implements Request<Done> {}
