package com.clicknback.platform.db;

import com.clicknback.money.Money;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The columns of the rows that a set-based statement takes: each has a name and a type beside the value that it binds.
 * The text of the statement says where they stand, and their parameters follow its numbered ones.
 *
 * @param <R> the type of a row
 */
public final class Unnest<R> {
    private static final Pattern PARAMETER = Pattern.compile("\\$([0-9]+)");

    private final List<Column<R, ?>> columns = new ArrayList<>();
    private @Nullable String place;

    private Unnest() {}

    private record Column<R, V>(
            String name, String type, Function<R, ? extends @Nullable V> value, IntFunction<V[]> array) {
        /** Binds null instead of nulls alone: the server fills the columns of shorter arrays with null. */
        void bind(List<R> rows, boolean counts, Tuple arguments) {
            V[] values = array.apply(rows.size());
            boolean empty = !counts;
            for (int i = 0; i < values.length; i++) {
                values[i] = value.apply(rows.get(i));
                empty &= values[i] == null;
            }
            arguments.addValue(empty ? null : values);
        }
    }

    /** Without columns yet; they are added in any order. */
    public static <R> Unnest<R> of(Class<R> row) {
        return new Unnest<>();
    }

    public Unnest<R> uuid(String name, Function<R, ? extends @Nullable UUID> value) {
        return column(name, "uuid", value, UUID[]::new);
    }

    public Unnest<R> text(String name, Function<R, ? extends @Nullable String> value) {
        return column(name, "text", value, String[]::new);
    }

    /** An enumerated value as its {@link Words word}. */
    public Unnest<R> word(String name, Function<R, ? extends @Nullable Enum<?>> value) {
        return column(name, "text", row -> Words.of(value.apply(row)), String[]::new);
    }

    public Unnest<R> bigint(String name, Function<R, ? extends @Nullable Long> value) {
        return column(name, "bigint", value, Long[]::new);
    }

    /** An amount in minor units. */
    public Unnest<R> minor(String name, Function<R, ? extends @Nullable Money> value) {
        return column(
                name,
                "bigint",
                row -> {
                    Money amount = value.apply(row);
                    return amount == null ? null : amount.minor();
                },
                Long[]::new);
    }

    public Unnest<R> integer(String name, Function<R, ? extends @Nullable Integer> value) {
        return column(name, "integer", value, Integer[]::new);
    }

    public Unnest<R> bool(String name, Function<R, ? extends @Nullable Boolean> value) {
        return column(name, "boolean", value, Boolean[]::new);
    }

    public Unnest<R> date(String name, Function<R, ? extends @Nullable LocalDate> value) {
        return column(name, "date", value, LocalDate[]::new);
    }

    public Unnest<R> timestamptz(String name, Function<R, ? extends @Nullable Instant> value) {
        return column(name, "timestamptz", row -> Arguments.utc(value.apply(row)), OffsetDateTime[]::new);
    }

    public Unnest<R> bytea(String name, Function<R, ? extends @Nullable Buffer> value) {
        return column(name, "bytea", value, Buffer[]::new);
    }

    private <V> Unnest<R> column(
            String name, String type, Function<R, ? extends @Nullable V> value, IntFunction<V[]> array) {
        columns.add(new Column<>(name, type, value, array));
        return this;
    }

    /** A last column that numbers the rows from 1 in the order in which they are bound. */
    public Unnest<R> ordinality(String name) {
        place = name;
        return this;
    }

    /** The text of a statement with the rows, as a table of the given alias, where it says {@code {alias}}. */
    public String into(String alias, String sql) {
        int taken = PARAMETER
                .matcher(sql)
                .results()
                .map(MatchResult::group)
                .mapToInt(parameter -> Integer.parseInt(parameter.substring(1)))
                .max()
                .orElse(0);
        String mark = "{" + alias + "}";
        if (!sql.contains(mark)) {
            throw new IllegalArgumentException("the statement takes no rows: it lacks " + mark);
        }
        return sql.replace(mark, table(alias, taken + 1));
    }

    /**
     * In the list of a SELECT the arrays are read side by side. A FROM alone can number the rows, but the server copies each
     * array there first.
     */
    private String table(String alias, int first) {
        return place == null
                ? "(SELECT %s) AS %s"
                        .formatted(list(i -> "unnest(%s) AS %s".formatted(array(first, i), name(i))), alias)
                : "unnest(%s) WITH ORDINALITY AS %s (%s, %s)"
                        .formatted(list(i -> array(first, i)), alias, list(this::name), place);
    }

    private String list(IntFunction<String> item) {
        return IntStream.range(0, columns.size()).mapToObj(item).collect(Collectors.joining(", "));
    }

    private String array(int first, int column) {
        return "$" + (first + column) + "::" + columns.get(column).type() + "[]";
    }

    private String name(int column) {
        return columns.get(column).name();
    }

    /**
     * The arguments of a statement that {@link #into} made.
     *
     * @param numbered the values of its numbered parameters, in their order, bound as by {@link Arguments#of}
     */
    public Tuple bind(Collection<R> rows, @Nullable Object... numbered) {
        Tuple arguments = Arguments.of(numbered);
        List<R> inOrder = rows instanceof List<R> list ? list : List.copyOf(rows);
        for (Column<R, ?> column : columns) {
            // The first array has a place for each row: the server counts by it.
            column.bind(inOrder, column == columns.get(0), arguments);
        }
        return arguments;
    }
}
