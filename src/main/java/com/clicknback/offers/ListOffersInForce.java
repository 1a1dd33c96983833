package com.clicknback.offers;

import com.clicknback.platform.bus.Request;
import com.clicknback.platform.db.PageRequest;

/** Asks for a page of the active offers of active merchants whose window holds today's UTC date. */
public record ListOffersInForce(PageRequest page) implements Request<ListOffers.Listed> {}
