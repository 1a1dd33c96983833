package com.clicknback.statistics;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The live statistics of one process, as they go out.
 *
 * @param since the start of its counting
 * @param samples of the last quarter of an hour, the oldest first
 * @param partners the verdicts of that time, the busiest first
 * @param events the latest of the log, whichever process wrote them, the youngest first
 * @param databaseAvailable false when it has not told the latest events, which are then those of before
 */
record Live(
        UUID processId,
        Instant since,
        int intervalSeconds,
        List<LiveSample> samples,
        List<PartnerVerdicts> partners,
        List<LatestEvent> events,
        Books books,
        boolean databaseAvailable) {}
