package com.clicknback.testing;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The content of a database, for comparison: the number of rows of each table, and a digest of them. */
public final class DatabaseContent {
    /** The tables of the domain; followers and what they keep, and the record of deliveries, move by themselves. */
    private static final String TABLES = """
        SELECT tablename FROM pg_tables
        WHERE schemaname = 'public'
          AND tablename NOT IN ('event_cursors', 'flyway_schema_history', 'partner_deliveries', 'statistics_days')
        """;

    /**
     * A digest that does not depend on the order of the rows. The last use of a secret is noted along with the record of
     * deliveries, some time after the answer.
     */
    private static final String DIGEST = """
        SELECT '%1$s' AS name, count(*) || ' rows ' || coalesce(sum(hashtextextended(
            (to_jsonb(t) - 'last_used_at')::text, 0)), 0) AS content FROM %1$s t
        """;

    private DatabaseContent() {}

    /** The number of rows of each table and a digest of them. */
    public static Map<String, String> of(Sql sql) {
        String query =
                sql.<String>column(TABLES).stream().map(DIGEST::formatted).collect(Collectors.joining(" UNION ALL "));
        Map<String, String> content = new TreeMap<>();
        sql.rows(query).forEach(row -> content.put((String) row.get("name"), (String) row.get("content")));
        return content;
    }
}
