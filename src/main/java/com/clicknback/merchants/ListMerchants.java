package com.clicknback.merchants;

import com.clicknback.platform.bus.Request;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.PageRequest;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a page of the merchants that match every filter that is given.
 *
 * @param namePart contained in the name, ignoring case
 */
public record ListMerchants(
        PageRequest page,
        @Nullable Boolean active,
        @Nullable String namePart) implements Request<ListMerchants.Listed> {

    public record Listed(Page<Merchant> merchants) {}
}
