package com.clicknback.platform.db;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Builds and runs the query of one page of a list: filters that are present are ANDed, order is the list's time
 * descending, then id descending; by offset (with the total) or by keyset (without).
 */
public final class ListQuery {
    private final String columns;
    private final String from;
    private final String timeColumn;
    private final String idColumn;
    private String countedFrom;
    private final StringBuilder where = new StringBuilder();
    private final List<Object> arguments = new ArrayList<>();

    /**
     * @param from the table and its joins, without the word FROM
     * @param timeColumn qualified column of the list's time; an index on it and the id serves the order
     */
    public ListQuery(String columns, String from, String timeColumn, String idColumn) {
        this.columns = columns;
        this.from = from;
        this.timeColumn = timeColumn;
        this.idColumn = idColumn;
        this.countedFrom = from;
    }

    /** Counts without joins that neither add nor remove rows. */
    public ListQuery countedFrom(String tables) {
        countedFrom = tables;
        return this;
    }

    /** Adds a condition with one placeholder written {@code ?}, unless its argument is null. */
    public ListQuery where(String condition, @Nullable Object argument) {
        if (argument != null) {
            arguments.add(argument);
            and(condition.replace("?", "$" + arguments.size()));
        }
        return this;
    }

    /** Adds a condition without a placeholder. */
    public ListQuery where(String condition) {
        and(condition);
        return this;
    }

    /** Keeps items from the start to the end, both inclusive UTC days. */
    public ListQuery between(@Nullable LocalDate start, @Nullable LocalDate end) {
        where(timeColumn + " >= ?", start == null ? null : startOf(start));
        return where(timeColumn + " < ?", end == null ? null : startOf(end.plusDays(1)));
    }

    private static Instant startOf(LocalDate day) {
        return day.atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    /** Fetches the page and, unless it is fetched by cursor, the total. */
    public <T> Future<Page<T>> fetch(Database database, PageRequest page, Function<Row, T> read) {
        Future<RowSet<Row>> rows = database.list(pageSql(page), pageArguments(page));
        if (page.after() != null) {
            return rows.map(found -> page(found, page, null, read));
        }
        Future<Long> total = database.list(
                        "SELECT count(*) FROM " + countedFrom + where, Arguments.of(arguments.toArray()))
                .map(counted -> counted.iterator().next().getLong(0));
        return Future.all(rows, total).map(all -> page(rows.result(), page, total.result(), read));
    }

    private void and(String condition) {
        where.append(where.isEmpty() ? " WHERE " : " AND ")
                .append('(')
                .append(condition)
                .append(')');
    }

    private String pageSql(PageRequest page) {
        String select = "SELECT %s, %s AS page_time, %s AS page_id FROM %s%s"
                .formatted(columns, timeColumn, idColumn, from, where);
        String newestFirst = " ORDER BY %s DESC, %s DESC".formatted(timeColumn, idColumn);
        String limit = " LIMIT " + (page.limit() + 1);
        String and = where.isEmpty() ? " WHERE " : " AND ";
        if (page.after() != null) {
            int given = arguments.size();
            return "%s%s(%s, %s) < ($%s, $%s)%s%s"
                    .formatted(select, and, timeColumn, idColumn, given + 1, given + 2, newestFirst, limit);
        }
        if (page.offset() == 0 || countedFrom.equals(from)) {
            return select + newestFirst + limit + " OFFSET " + page.offset();
        }
        // The items that are passed over need no joins.
        return "%s%s%s = ANY (ARRAY(SELECT %s FROM %s%s%s%s OFFSET %s))%s"
                .formatted(
                        select,
                        and,
                        idColumn,
                        idColumn,
                        countedFrom,
                        where,
                        newestFirst,
                        limit,
                        page.offset(),
                        newestFirst);
    }

    private Tuple pageArguments(PageRequest page) {
        List<Object> all = new ArrayList<>(arguments);
        if (page.after() != null) {
            all.add(page.after().at());
            all.add(page.after().id());
        }
        return Arguments.of(all.toArray());
    }

    private static <T> Page<T> page(RowSet<Row> rows, PageRequest page, @Nullable Long total, Function<Row, T> read) {
        List<T> items = new ArrayList<>(page.limit());
        PageRequest.Key last = null;
        for (Row row : rows) {
            if (items.size() == page.limit()) {
                return new Page<>(List.copyOf(items), page, total, last);
            }
            items.add(read.apply(row));
            last = new PageRequest.Key(Rows.instant(row, "page_time"), row.getUUID("page_id"));
        }
        return new Page<>(List.copyOf(items), page, total, null);
    }
}
