package com.clicknback.bench;

import com.clicknback.bench.Load.Kind;
import com.clicknback.testing.Sql;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The cost of single webhooks, plain and with what they may carry: an order, a click, a hold. All take turns, since the
 * machine changes from minute to minute.
 */
final class Carried {
    private static final int CONNECTIONS = 256;
    private static final int ROUNDS = 3;

    private final Phases phases;
    private final Sql sql;
    private final Report report;
    private final Map<String, List<Double>> costs = new LinkedHashMap<>();

    /** The way in which phases are measured. */
    @FunctionalInterface
    interface Phases {
        Measurement take(String name, Load load) throws IOException, InterruptedException;
    }

    Carried(Phases phases, Sql sql, Report report) {
        this.phases = phases;
        this.sql = sql;
        this.report = report;
    }

    void measure(int seconds) throws IOException, InterruptedException {
        Seed.clicks(sql);
        for (int round = 1; round <= ROUNDS; round++) {
            take("plain", round, Load.closed(Kind.WEBHOOK, CONNECTIONS, seconds));
            take("with an order", round, Load.closed(Kind.ORDER_WEBHOOK, CONNECTIONS, seconds));
            take("by a click", round, Load.closed(Kind.CLICK_WEBHOOK, CONNECTIONS, seconds));
            sql.execute("UPDATE merchants SET hold_days = 30");
            take("with a hold", round, Load.closed(Kind.WEBHOOK, CONNECTIONS, seconds));
            sql.execute("UPDATE merchants SET hold_days = NULL");
        }
        Optional<Double> plain = Optional.of(average(costs.get("plain")));
        for (Map.Entry<String, List<Double>> carried : costs.entrySet()) {
            double cost = average(carried.getValue());
            report.figure("CPU microseconds a purchase " + carried.getKey(), Math.round(cost));
            report.ratio("CPU of a purchase " + carried.getKey(), Optional.of(cost), plain, "a plain one");
        }
    }

    private void take(String carried, int round, Load load) throws IOException, InterruptedException {
        Measurement taken = phases.take("purchases " + carried + ", " + round, load);
        double cost = taken.cpuMicrosecondsAPurchase().stream()
                .mapToLong(Long::longValue)
                .sum();
        costs.computeIfAbsent(carried, key -> new ArrayList<>()).add(cost);
    }

    private static double average(List<Double> all) {
        return all.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
}
