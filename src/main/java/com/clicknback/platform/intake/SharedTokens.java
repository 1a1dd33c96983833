package com.clicknback.platform.intake;

import com.clicknback.platform.bus.Bus;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Rate limits that count on all nodes together. Each node decides by its own buckets and never waits. It tells the others
 * what it took, and takes from its buckets what they tell, into debt if need be. So a client that turns to several
 * nodes at once may exceed a limit for some milliseconds, and waits for that afterwards. Without other nodes nothing is
 * told.
 */
public final class SharedTokens {
    private static final long GATHER_MS = 10;

    /** Keys that one message tells of; in a flood of different keys, further ones count on their own node alone. */
    private static final int KEYS_MAX = 1_000;

    private record Taken(String limit, Object key) {}

    private final Vertx vertx;
    private final Bus bus;
    private final Map<String, RateLimiter> limits = new ConcurrentHashMap<>();
    private final Map<Taken, Integer> untold = new ConcurrentHashMap<>();
    private final AtomicBoolean gathering = new AtomicBoolean();

    public SharedTokens(Vertx vertx, Bus bus) {
        this.vertx = vertx;
        this.bus = bus;
        bus.listen(TokensTaken.class, this::takenElsewhere);
    }

    /**
     * A limit with buckets of its own.
     *
     * @param name the same on all nodes
     * @param perMinute 0 for no limit
     */
    public RateLimiter limit(String name, int perMinute, Clock clock) {
        RateLimiter limit = new RateLimiter(perMinute, clock, (key, tokens) -> taken(name, key, tokens));
        limits.put(name, limit);
        return limit;
    }

    private void taken(String limit, Object key, int tokens) {
        if (!bus.hasOtherNodes() || untold.size() >= KEYS_MAX) {
            return;
        }
        untold.merge(new Taken(limit, key), tokens, Integer::sum);
        if (gathering.compareAndSet(false, true)) {
            vertx.setTimer(GATHER_MS, timer -> tell());
        }
    }

    private void tell() {
        gathering.set(false);
        Map<String, Map<String, Integer>> byLimit = new HashMap<>();
        for (Taken taken : untold.keySet()) {
            Integer tokens = untold.remove(taken);
            if (tokens != null && tokens != 0) {
                byLimit.computeIfAbsent(taken.limit(), name -> new HashMap<>()).put(LimitKey.text(taken.key()), tokens);
            }
        }
        bus.tellOtherNodes(new TokensTaken(byLimit));
    }

    private void takenElsewhere(TokensTaken notice) {
        notice.byLimit().forEach((name, tokensByKey) -> {
            RateLimiter limit = limits.get(name);
            if (limit != null && tokensByKey != null) {
                tokensByKey.forEach((key, tokens) -> takenElsewhere(limit, LimitKey.parse(key), tokens));
            }
        });
    }

    private static void takenElsewhere(RateLimiter limit, @Nullable Object key, @Nullable Integer tokens) {
        if (key != null && tokens != null) {
            limit.takenElsewhere(key, tokens);
        }
    }
}
