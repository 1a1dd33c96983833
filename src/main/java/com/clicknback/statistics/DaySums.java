package com.clicknback.statistics;

import com.clicknback.statistics.DailyProjection.Happened;
import com.clicknback.statistics.DailyProjection.Kind;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The sums by which events raise one row of the daily statistics. */
final class DaySums {
    /**
     * The key of the row.
     *
     * @param partnerId null for purchases that their users submitted
     */
    record Key(LocalDate day, UUID merchantId, @Nullable UUID partnerId) {}

    private record Sum(long count, long minor) {
        static final Sum NONE = new Sum(0, 0);

        Sum plus(Sum other) {
            return new Sum(Math.addExact(count, other.count), Math.addExact(minor, other.minor));
        }
    }

    private final Key key;
    private final Map<Kind, Sum> sums = new EnumMap<>(Kind.class);

    DaySums(Key key) {
        this.key = key;
    }

    /**
     * Adds one thing that happened.
     *
     * @param acceptedMinor the amount of its purchase as it was reported first
     * @param movedMinor by the journal; null where the event says the amount
     */
    void add(Happened happened, long acceptedMinor, @Nullable Long movedMinor) {
        Long stated = happened.kind().isBooked() ? movedMinor : happened.amountMinor();
        long minor = happened.kind() == Kind.ACCEPTED ? acceptedMinor : stated == null ? 0 : stated;
        sums.merge(happened.kind(), new Sum(1, minor), Sum::plus);
    }

    Key key() {
        return key;
    }

    long count(Kind kind) {
        return sums.getOrDefault(kind, Sum.NONE).count();
    }

    long minor(Kind kind) {
        return sums.getOrDefault(kind, Sum.NONE).minor();
    }

    /** The cashback that became available. A confirmation with a hold makes nothing available; its release does. */
    long confirmedMinor() {
        return Math.addExact(minor(Kind.CONFIRMED), minor(Kind.RELEASED));
    }
}
