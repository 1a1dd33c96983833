package com.clicknback.partners;

import com.clicknback.platform.bus.Request;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.PageRequest;
import java.util.UUID;

/** Asks for one page of a partner's secrets, without their values, newest first. Fails with {@code NOT_FOUND}. */
public record ListPartnerSecrets(UUID partnerId, PageRequest page) implements Request<ListPartnerSecrets.Listed> {

    public record Listed(Page<PartnerSecret> secrets) {}
}
