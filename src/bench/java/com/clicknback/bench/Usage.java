package com.clicknback.bench;

import com.clicknback.testing.Sql;
import java.io.IOException;
import java.util.Optional;

/**
 * The resources used by the service and its server, at one moment or between two.
 *
 * @param serviceCpuSeconds of the service's processes
 * @param serverCpuSeconds of the server's processes; zero when they are not on this machine
 * @param generatorCpuSeconds of the load generator
 * @param walBytes written
 * @param statements run in the service's database
 */
record Usage(
        double serviceCpuSeconds, double serverCpuSeconds, double generatorCpuSeconds, long walBytes, long statements) {
    private static final String WAL = "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint";

    private static final String STATEMENTS = """
            SELECT coalesce(sum(calls), 0)::bigint FROM pg_stat_statements
            WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
            """;

    private static final String HAS_STATEMENTS =
            "SELECT count(*) FROM pg_settings WHERE name = 'shared_preload_libraries' AND setting ~ 'pg_stat_statements'";

    /** Lets the server count statements, if it has been started with what it takes. */
    static void prepare(Sql sql) {
        if (sql.count(HAS_STATEMENTS) > 0) {
            sql.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
        }
    }

    private static long statements(Sql sql) {
        return sql.count("SELECT count(*) FROM pg_extension WHERE extname = 'pg_stat_statements'") > 0
                ? sql.<Long>value(STATEMENTS)
                : 0;
    }

    static Usage now(Service service, Optional<Long> serverProcessId, Sql sql) throws IOException {
        return new Usage(
                service.cpuSeconds(),
                serverProcessId.isPresent() ? Processes.cpuSeconds(serverProcessId.get()) : 0,
                Processes.cpuSeconds(service.generatorProcessId()),
                sql.<Long>value(WAL),
                statements(sql));
    }

    Usage since(Usage earlier) {
        return new Usage(
                serviceCpuSeconds - earlier.serviceCpuSeconds,
                serverCpuSeconds - earlier.serverCpuSeconds,
                generatorCpuSeconds - earlier.generatorCpuSeconds,
                walBytes - earlier.walBytes,
                statements - earlier.statements);
    }
}
