package com.clicknback.partners;

import com.clicknback.platform.bus.Request;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.PageRequest;

/** Asks for one page of all partners, newest first. */
public record ListPartners(PageRequest page) implements Request<ListPartners.Listed> {

    public record Listed(Page<Partner> partners) {}
}
