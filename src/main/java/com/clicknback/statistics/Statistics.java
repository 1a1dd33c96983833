package com.clicknback.statistics;

import com.clicknback.platform.bus.Request;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.PageRequest;
import java.time.LocalDate;

/** The messages that the domain of statistics answers. */
final class Statistics {
    private Statistics() {}

    /** The subject that the rows of a day are added up by. */
    enum GroupBy {
        MERCHANT,
        PARTNER
    }

    /** Lists a page of the days from the first to the last, both inclusive, the latest first. */
    record Daily(LocalDate from, LocalDate to, GroupBy groupBy, PageRequest page) implements Request<Page<DayView>> {}
}
