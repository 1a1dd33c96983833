package com.clicknback.purchases;

import com.clicknback.platform.bus.Request;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.PageRequest;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Asks for a page of purchases; null filters do not filter; the days are inclusive UTC days of creation. */
public record ListPurchases(
        PageRequest page,
        @Nullable PurchaseStatus status,
        @Nullable UUID userId,
        @Nullable UUID merchantId,
        @Nullable LocalDate startDate,
        @Nullable LocalDate endDate)
        implements Request<Page<Purchase>> {}
