package com.clicknback.flags;

import com.clicknback.platform.clock.PassingTime;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Cache of the values that are set for keys and scopes, and of scopes that have none. Bounded in size and in age: a
 * change whose notice is lost goes unnoticed no longer than that. Used on one context.
 */
final class FlagValues {
    /** Less than any interval of the verification job, so that its next run sees each change. */
    static final Duration AGE_MAX = Duration.ofMillis(900);

    private static final int VALUES_MAX = 20_000;

    private record Key(String key, FlagScope scope) {}

    private final Cache<Key, Optional<Boolean>> values;
    private final BiFunction<String, Set<FlagScope>, Future<Map<FlagScope, Boolean>>> source;
    private long generation;

    /**
     * @param source reads the values that are set for scopes of a key
     */
    FlagValues(BiFunction<String, Set<FlagScope>, Future<Map<FlagScope, Boolean>>> source, Clock clock) {
        this.source = source;
        this.values = Caffeine.newBuilder()
                .maximumSize(VALUES_MAX)
                .expireAfterWrite(AGE_MAX)
                .ticker(PassingTime.of(clock)::nanos)
                .executor(Runnable::run)
                .build();
    }

    /** The value that is set for each scope, or empty where there is none. */
    Future<Map<FlagScope, Optional<Boolean>>> find(String key, Collection<FlagScope> scopes) {
        Map<FlagScope, Optional<Boolean>> found = new HashMap<>();
        Set<FlagScope> unknown = new HashSet<>();
        for (FlagScope scope : scopes) {
            Optional<Boolean> value = values.getIfPresent(new Key(key, scope));
            if (value == null) {
                unknown.add(scope);
            } else {
                found.put(scope, value);
            }
        }
        if (unknown.isEmpty()) {
            return Future.succeededFuture(found);
        }
        long asked = generation;
        return source.apply(key, unknown).map(read -> {
            for (FlagScope scope : unknown) {
                Optional<Boolean> value = Optional.ofNullable(read.get(scope));
                found.put(scope, value);
                // A value read before a change must not outlive the change.
                if (asked == generation) {
                    values.put(new Key(key, scope), value);
                }
            }
            return found;
        });
    }

    /** Forgets everything. */
    void forget() {
        generation++;
        values.invalidateAll();
    }
}
