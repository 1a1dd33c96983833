package com.clicknback.bench;

import com.clicknback.bench.LoadResult.Latency;
import com.clicknback.bench.Requests.Prepared;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Sends the requests of one phase from one thread. In a closed loop every connection sends its next request when the
 * last is answered; at a fixed rate each request has a time at which it is due, and waits for a free connection at the
 * cost of its own latency, so that a service that stalls does not slow its own measurement down.
 */
final class Driver {
    private static final long ANSWERS_WAIT_NS = TimeUnit.SECONDS.toNanos(15);
    private static final long LATENCY_MAX_US = TimeUnit.MINUTES.toMicros(5);
    private static final long CLOSED_LOOP_SELECT_MS = 50;
    private static final int DIGITS = 3;
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;
    private static final double US_PER_MS = 1_000;

    private final Load load;
    private final Prepared[] prepared;
    private final List<InetSocketAddress> targets;
    private final Selector selector;
    private final ArrayDeque<Connection> free = new ArrayDeque<>();
    private final Histogram answered = new Histogram(LATENCY_MAX_US, DIGITS);
    private final Histogram refused = new Histogram(LATENCY_MAX_US, DIGITS);
    private final Map<String, Integer> failures = new TreeMap<>();

    /** Purchases that the service has acknowledged, counted from the first number of the phase. */
    private final BitSet acknowledged = new BitSet();

    private long accepted;
    private long duplicates;
    private long acceptedInTime;
    private long answeredInTime;
    private long endNs;
    private int sent;

    /**
     * @param targets share the connections
     */
    Driver(Load load, Prepared[] prepared, List<InetSocketAddress> targets) throws IOException {
        this.load = load;
        this.prepared = prepared;
        this.targets = targets;
        this.selector = Selector.open();
    }

    /** Runs the phase to its end, the last answers included. */
    LoadResult run() throws IOException {
        List<Connection> connections = new ArrayList<>();
        for (int i = 0; i < load.connections(); i++) {
            Connection connection = new Connection(selector, targets.get(i % targets.size()));
            connections.add(connection);
            free.add(connection);
        }
        long startNs = System.nanoTime();
        endNs = startNs + TimeUnit.SECONDS.toNanos(load.seconds());
        long stopNs = endNs + ANSWERS_WAIT_NS;
        while (System.nanoTime() < stopNs) {
            boolean more = load.ratePerSecond() == 0 ? sendToAllFree() : sendWhatIsDue(startNs);
            if (!more && free.size() == connections.size()) {
                break;
            }
            selector.select(load.ratePerSecond() == 0 ? CLOSED_LOOP_SELECT_MS : 1);
            for (SelectionKey key : selector.selectedKeys()) {
                serve((Connection) key.attachment());
            }
            selector.selectedKeys().clear();
        }
        int unanswered = connections.size() - free.size();
        if (unanswered > 0) {
            failures.merge("no answer", unanswered, Integer::sum);
        }
        for (Connection connection : connections) {
            connection.close();
        }
        selector.close();
        return result();
    }

    BitSet acknowledged() {
        return acknowledged;
    }

    /** False when the phase has nothing more to send. */
    private boolean sendToAllFree() throws IOException {
        long nowNs = System.nanoTime();
        if (nowNs >= endNs || exhausted()) {
            return false;
        }
        while (!free.isEmpty() && !exhausted()) {
            send(nowNs);
        }
        return true;
    }

    private boolean sendWhatIsDue(long startNs) throws IOException {
        long nowNs = System.nanoTime();
        while (true) {
            long dueNs = startNs + sent * TimeUnit.SECONDS.toNanos(1) / load.ratePerSecond();
            if (dueNs >= endNs || exhausted()) {
                return false;
            }
            if (dueNs > nowNs || free.isEmpty()) {
                return true;
            }
            send(dueNs);
        }
    }

    private boolean repeatable() {
        return load.kind() == Load.Kind.WALLET || load.kind() == Load.Kind.OWN_PURCHASES;
    }

    private boolean exhausted() {
        return !repeatable() && sent >= prepared.length;
    }

    private void send(long dueNs) throws IOException {
        free.poll().send(prepared[sent % prepared.length], dueNs);
        sent++;
    }

    private void serve(Connection connection) throws IOException {
        try {
            if (!connection.advance()) {
                return;
            }
            note(connection);
        } catch (IOException broken) {
            failures.merge("connection lost", 1, Integer::sum);
            connection.reconnect();
        }
        free.add(connection);
        if (load.ratePerSecond() == 0 && System.nanoTime() < endNs && !exhausted()) {
            send(System.nanoTime());
        }
    }

    private void note(Connection connection) throws IOException {
        long nowNs = System.nanoTime();
        long tookUs = Math.min(TimeUnit.NANOSECONDS.toMicros(nowNs - connection.dueNs()), LATENCY_MAX_US);
        int status = connection.status();
        if (status == CREATED || status == OK) {
            answered.recordValue(tookUs);
            int before = (int) accepted;
            count(connection, status);
            if (nowNs <= endNs) {
                answeredInTime++;
                acceptedInTime += accepted - before;
            }
        } else if (status == UNAVAILABLE || status == TOO_MANY_REQUESTS) {
            refused.recordValue(tookUs);
        } else {
            failures.merge(connection.refusal(), 1, Integer::sum);
        }
    }

    private void count(Connection connection, int status) throws IOException {
        Prepared request = connection.request();
        if (request.firstNumber() < 0) {
            return;
        }
        int first = (int) (request.firstNumber() - load.firstNumber());
        if (load.kind() != Load.Kind.BATCH_WEBHOOK) {
            acknowledged.set(first);
            accepted += status == CREATED ? 1 : 0;
            duplicates += status == CREATED ? 0 : 1;
            return;
        }
        BatchVerdicts verdicts = BatchVerdicts.of(connection.body());
        accepted += verdicts.accepted();
        duplicates += verdicts.duplicates();
        if (verdicts.accepted() + verdicts.duplicates() == request.purchases()) {
            acknowledged.set(first, first + request.purchases());
        } else {
            verdicts.stored().forEach(index -> acknowledged.set(first + index));
            failures.merge(
                    "rejected in a batch",
                    request.purchases() - verdicts.stored().size(),
                    Integer::sum);
        }
    }

    private LoadResult result() {
        long dueInAll = load.ratePerSecond() == 0 ? sent : (long) load.ratePerSecond() * load.seconds();
        return new LoadResult(
                acceptedInTime / (double) load.seconds(),
                answeredInTime / (double) load.seconds(),
                accepted,
                duplicates,
                refused.getTotalCount(),
                failures,
                latency(answered),
                latency(refused),
                Math.max(0, dueInAll - sent));
    }

    private static Latency latency(Histogram histogram) {
        return new Latency(
                histogram.getValueAtPercentile(50) / US_PER_MS,
                histogram.getValueAtPercentile(99) / US_PER_MS,
                histogram.getValueAtPercentile(99.9) / US_PER_MS,
                histogram.getMaxValue() / US_PER_MS);
    }
}
