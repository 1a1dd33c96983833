package com.clicknback.platform.db;

import com.clicknback.money.Money;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collector;
import org.jspecify.annotations.Nullable;

/** Reads rows into the types that the domains use; for {@code mapping} and {@code collecting} of a query. */
public final class Rows {
    private Rows() {}

    /** A column of minor units. */
    public static Money money(Row row, String column) {
        return Money.ofMinor(row.getLong(column));
    }

    public static @Nullable Money moneyOrNull(Row row, String column) {
        Long minor = row.getLong(column);
        return minor == null ? null : Money.ofMinor(minor);
    }

    public static Instant instant(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }

    public static @Nullable Instant instantOrNull(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }

    /** A column of {@link Words}. */
    public static <E extends Enum<E>> E word(Row row, String column, Class<E> type) {
        return Words.parse(type, row.getString(column));
    }

    public static <E extends Enum<E>> @Nullable E wordOrNull(Row row, String column, Class<E> type) {
        String word = row.getString(column);
        return word == null ? null : Words.parse(type, word);
    }

    /** All rows in their order; may be changed. */
    public static <T> List<T> list(RowSet<T> rows) {
        List<T> all = new ArrayList<>(rows.size());
        rows.forEach(all::add);
        return all;
    }

    public static <T> Optional<T> first(RowSet<T> rows) {
        return rows.size() == 0 ? Optional.empty() : Optional.of(rows.iterator().next());
    }

    /** Collects rows by a key; of two with one key the later stands. */
    public static <K, V> Collector<Row, ?, Map<K, V>> byKey(Function<Row, K> key, Function<Row, V> value) {
        return Collector.of(HashMap::new, (map, row) -> map.put(key.apply(row), value.apply(row)), (one, other) -> {
            one.putAll(other);
            return one;
        });
    }
}
