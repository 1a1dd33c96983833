package com.clicknback.partnerevents;

import com.clicknback.platform.db.Database;
import com.clicknback.testing.Workbench;

/** Parts of the domain on a workbench. */
final class PartnerEventParts {
    private PartnerEventParts() {}

    static EventOutcomes outcomes(Workbench bench) {
        return new EventOutcomes(bench.audit, bench.metrics, bench.clock);
    }

    static PartnerEventIntake intake(Workbench bench, Database database, ParkedEvents parkedEvents) {
        ParkedLimits limits = new ParkedLimits(database, outcomes(bench), bench.clock, 1_000, 90);
        return new PartnerEventIntake(
                database, parkedEvents, limits, bench.ids, bench.events, bench.metrics, bench.clock);
    }

    static ParkedEvents parkedEvents(Workbench bench, Database database) {
        return new ParkedEvents(
                database,
                bench.earlyCredits,
                bench.changes,
                bench.ids,
                bench.events,
                bench.metrics,
                outcomes(bench),
                bench.clock);
    }
}
