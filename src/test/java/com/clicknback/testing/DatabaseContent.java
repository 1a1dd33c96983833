package com.clicknback.testing;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a database holds, to be compared: how many rows each table has and what is in them, whichever write made them. */
public final class DatabaseContent {
    /** Those of the domain; the positions of followers move by themselves. */
    private static final String TABLES = """
        SELECT tablename FROM pg_tables
        WHERE schemaname = 'public' AND tablename NOT IN ('event_cursors', 'flyway_schema_history')
        """;

    private static final String DIGEST = """
        SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM %s t
        """;

    private DatabaseContent() {}

    /** The number of rows of each table and a digest of them. */
    public static Map<String, String> of(Sql sql) {
        List<String> tables = sql.column(TABLES);
        Map<String, String> content = new TreeMap<>();
        tables.forEach(table -> content.put(table, sql.value(DIGEST.formatted(table))));
        return content;
    }
}
