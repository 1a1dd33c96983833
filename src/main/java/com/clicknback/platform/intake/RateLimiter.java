package com.clicknback.platform.intake;

import com.clicknback.platform.clock.PassingTime;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjIntConsumer;

/**
 * One token bucket for each key (client address, account, user, partner), shared by the event loops of this process. Memory is
 * bounded: the least recently used buckets are forgotten, which only favours their keys. {@link SharedTokens} makes them.
 */
public final class RateLimiter {
    private static final int KEYS_MAX = 50_000;
    private static final Duration PERIOD = Duration.ofMinutes(1);
    private static final long NS_PER_S = TimeUnit.SECONDS.toNanos(1);

    private final int perMinute;

    /** In which one token comes back; 0 without a limit. */
    private final long tokenNs;

    /** Neither stands still when the clock is set back, nor refills when it is set forth. */
    private final PassingTime time;

    private final Cache<Object, TokenBucket> buckets;
    private final ObjIntConsumer<Object> taken;

    /**
     * @param perMinute 0 for no limit
     * @param taken hears of tokens that were taken or, below zero, given back; on any thread, and must not wait
     */
    RateLimiter(int perMinute, Clock clock, ObjIntConsumer<Object> taken) {
        this.perMinute = perMinute;
        this.taken = taken;
        this.tokenNs = perMinute == 0 ? 0 : PERIOD.toNanos() / perMinute;
        this.time = PassingTime.of(clock);
        this.buckets = Caffeine.newBuilder()
                .maximumSize(KEYS_MAX)
                .expireAfterAccess(PERIOD.multipliedBy(2))
                .build();
    }

    /** Takes one token; throws {@code RATE_LIMITED} when there is none. */
    public void take(Object key) {
        take(key, 1);
    }

    /** Takes several tokens, at most as many as there can be; throws {@code RATE_LIMITED} when there are not enough. */
    public void take(Object key, int tokens) {
        if (perMinute == 0) {
            return;
        }
        int wanted = Math.min(tokens, perMinute);
        long nowNs = time.nanos();
        long waitNs = bucket(key, nowNs).take(nowNs, wanted * tokenNs, perMinute * tokenNs);
        if (waitNs > 0) {
            throw new DomainException(
                    ErrorCode.RATE_LIMITED,
                    "Too many requests. Wait before sending the next one.",
                    Map.of("retry_after_seconds", wholeSeconds(waitNs)));
        }
        taken.accept(key, wanted);
    }

    /** Returns a token that was taken for something that does not count after all. */
    public void giveBack(Object key) {
        TokenBucket bucket = buckets.getIfPresent(key);
        if (bucket != null) {
            bucket.change(time.nanos(), -tokenNs);
            taken.accept(key, -1);
        }
    }

    /** Counts tokens that another node has granted or, below zero, got back. Those who exceed the limit wait for longer. */
    void takenElsewhere(Object key, int tokens) {
        if (perMinute == 0 || tokens == 0) {
            return;
        }
        long nowNs = time.nanos();
        int counted = Math.max(-perMinute, Math.min(tokens, perMinute));
        bucket(key, nowNs).change(nowNs, counted * tokenNs);
    }

    /** Rounded up: a client that waits for so long finds a token. */
    private static long wholeSeconds(long ns) {
        return (ns + NS_PER_S - 1) / NS_PER_S;
    }

    private TokenBucket bucket(Object key, long nowNs) {
        return buckets.get(key, first -> new TokenBucket(nowNs));
    }
}
