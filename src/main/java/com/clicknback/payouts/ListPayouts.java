package com.clicknback.payouts;

import com.clicknback.platform.bus.Request;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.PageRequest;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Asks for a page of payouts; null filters do not filter; the days are inclusive UTC days of the request. */
public record ListPayouts(
        PageRequest page,
        @Nullable PayoutStatus status,
        @Nullable UUID userId,
        @Nullable LocalDate startDate,
        @Nullable LocalDate endDate)
        implements Request<Page<Payout>> {}
