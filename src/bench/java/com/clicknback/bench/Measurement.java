package com.clicknback.bench;

import com.clicknback.testing.Sql;
import com.clicknback.testing.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One phase and everything that is to be known about it.
 *
 * @param name of the scenario
 * @param creditedPerSecond purchases, from the first request to the last credit, draining included
 * @param lag between the commits of a purchase and of its credit, in milliseconds
 * @param lagAtEnd the same for the last third of the phase; more than at first means that crediting falls behind
 */
record Measurement(
        String name,
        Load load,
        LoadResult result,
        double creditedPerSecond,
        Lag lag,
        Lag lagAtStart,
        Lag lagAtEnd,
        Usage used) {
    private static final Duration DRAIN_MAX = Duration.ofMinutes(5);
    private static final double ANSWER_MS_MAX = 1_000;
    private static final double CREDIT_MS_MAX = 1_000;
    private static final double GROWTH_MAX = 1.25;

    /** Over 40 seconds: crediting that is a hundredth too slow falls behind by 400. */
    private static final double GROWTH_IGNORED_MS = 250;

    private static final Duration POLL = Duration.ofMillis(50);

    private static final String BEHIND = """
            SELECT count(*) FROM (SELECT FROM crediting_batches LIMIT 1) first
            """;

    /** By the server's own record of when transactions committed; nothing updates a row before it is measured. */
    private static final String LAG = """
            SELECT coalesce(percentile_disc(0.5) WITHIN GROUP (ORDER BY lag), 0) AS p50,
                   coalesce(percentile_disc(0.99) WITHIN GROUP (ORDER BY lag), 0) AS p99
            FROM (
                SELECT 1000 * extract(epoch FROM
                    pg_xact_commit_timestamp(c.xmin) - pg_xact_commit_timestamp(p.xmin))::float8 AS lag
                FROM purchases p JOIN cashback_credits c ON c.purchase_id = p.id
                WHERE p.created_at >= ? AND p.created_at < ?) lags
            """;

    record Lag(double p50, double p99) {
        static final Lag NONE = new Lag(0, 0);
    }

    /** Runs a phase and waits until all that it brought in is credited. */
    static Measurement take(String name, Load load, Service service, Optional<Long> serverProcessId, Sql sql)
            throws IOException, InterruptedException {
        service.prepare(load);
        Usage before = Usage.now(service, serverProcessId, sql);
        OffsetDateTime start = OffsetDateTime.now(ZoneOffset.UTC);
        long startNs = System.nanoTime();
        LoadResult result = service.send();
        awaitCredits(sql);
        double seconds = (System.nanoTime() - startNs) / (double) TimeUnit.SECONDS.toNanos(1);
        OffsetDateTime end = OffsetDateTime.now(ZoneOffset.UTC);
        Usage used = Usage.now(service, serverProcessId, sql).since(before);
        boolean purchases = result.accepted() > 0;
        OffsetDateTime third = start.plusSeconds(load.seconds() / 3);
        OffsetDateTime twoThirds = start.plusSeconds(load.seconds() * 2L / 3);
        return new Measurement(
                name,
                load,
                result,
                result.accepted() / seconds,
                purchases ? lag(sql, start, end) : Lag.NONE,
                purchases ? lag(sql, start, third) : Lag.NONE,
                purchases ? lag(sql, twoThirds, end) : Lag.NONE,
                used);
    }

    /** CPU microseconds of the service and of PostgreSQL for each accepted purchase, crediting included. */
    List<Long> cpuMicrosecondsAPurchase() {
        double purchases = Math.max(1, result.accepted());
        return List.of(
                Math.round(used.serviceCpuSeconds() * 1_000_000 / purchases),
                Math.round(used.serverCpuSeconds() * 1_000_000 / purchases));
    }

    /** CPU microseconds of PostgreSQL for each accepted purchase, crediting included; 0 for a server elsewhere. */
    double serverMicrosecondsAPurchase() {
        return used.serverCpuSeconds() * 1_000_000 / Math.max(1, result.accepted());
    }

    private static void awaitCredits(Sql sql) {
        Waiting.until("all that was accepted is credited", DRAIN_MAX, POLL, () -> sql.count(BEHIND) == 0);
    }

    private static Lag lag(Sql sql, OffsetDateTime from, OffsetDateTime to) {
        if ("off".equals(sql.value("SHOW track_commit_timestamp"))) {
            return Lag.NONE;
        }
        Map<String, ?> row = sql.rows(LAG, from, to).get(0);
        return new Lag((Double) row.get("p50"), (Double) row.get("p99"));
    }

    /**
     * Everything was answered and credited soon, and crediting kept up: the median of what came last did not wait for much
     * longer than that of what came first. A single stall decides about the p99 of a third, so that does not tell growth.
     */
    boolean isSustained() {
        boolean answered = result.backlog() == 0
                && result.refused() == 0
                && result.answered().p99() < ANSWER_MS_MAX;
        boolean credited = lag.p99() < CREDIT_MS_MAX;
        return answered && credited && lagAtEnd.p50() < Math.max(GROWTH_IGNORED_MS, GROWTH_MAX * lagAtStart.p50());
    }
}
