package com.clicknback.offers;

import com.clicknback.platform.bus.Request;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.PageRequest;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a page of the offers that match every filter that is given.
 *
 * @param openOnly whether the asker may see only active offers of active merchants
 * @param from keeps windows that end on this day or later
 * @param to keeps windows that start on this day or earlier
 */
public record ListOffers(
        PageRequest page,
        boolean openOnly,
        @Nullable Boolean active,
        @Nullable UUID merchantId,
        @Nullable LocalDate from,
        @Nullable LocalDate to)
        implements Request<ListOffers.Listed> {

    public record Listed(Page<Offer> offers) {}
}
