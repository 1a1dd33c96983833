package com.clicknback.platform.db;

import com.clicknback.money.Money;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The arguments of a statement's numbered parameters, from the types that the domains use. */
public final class Arguments {
    private Arguments() {}

    /**
     * Binds values in their order: an {@link Instant} as a UTC time, {@link Money} in minor units, an enumerated value as
     * its {@link Words word}, and all else as the client does.
     */
    public static Tuple of(@Nullable Object... values) {
        Tuple arguments = Tuple.tuple();
        for (Object value : values) {
            arguments.addValue(bound(value));
        }
        return arguments;
    }

    private static @Nullable Object bound(@Nullable Object value) {
        if (value instanceof Instant time) {
            return utc(time);
        }
        if (value instanceof Money amount) {
            return amount.minor();
        }
        if (value instanceof Enum<?> word) {
            return Words.of(word);
        }
        return value;
    }

    /** The argument of a {@code uuid[]} parameter. */
    public static UUID[] ids(Collection<UUID> ids) {
        return ids.toArray(UUID[]::new);
    }

    /** A time as the driver takes it. */
    public static @Nullable OffsetDateTime utc(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }
}
