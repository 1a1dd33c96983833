package com.clicknback.platform.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.Waiting;
import com.clicknback.testing.Workbench;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Statistics of growing tables, renewed by a role that owns none of them. */
class TableStatisticsTest {
    private static final String ADD = """
            INSERT INTO merchants (id, name, default_percentage_e4, active, created_at)
            SELECT gen_random_uuid(), gen_random_uuid()::text, 0, true, now() FROM generate_series(1, ?)
            """;

    private static Workbench bench;

    @BeforeAll
    static void openBench() {
        bench = Workbench.open();
    }

    @AfterAll
    static void closeBench() {
        bench.close();
    }

    @Test
    void areRenewedWhenATableHasGrownTenfold() throws SQLException {
        bench.sql.execute("ALTER TABLE merchants SET (autovacuum_enabled = off)");
        add(999, 999);
        renewByAnotherRole();
        assertThat(rowsByStatistics()).as("a thousand rows are the least").isNotEqualTo(999f);

        add(1, 1_000);
        renewByAnotherRole();
        assertThat(rowsByStatistics()).isEqualTo(1_000f);

        add(8_999, 8_999);
        renewByAnotherRole();
        assertThat(rowsByStatistics()).isEqualTo(1_000f);

        add(1, 9_000);
        renewByAnotherRole();
        assertThat(rowsByStatistics()).isEqualTo(10_000f);
    }

    /** Adds rows, and waits until the server has counted them: sessions tell at their end, after the client has gone. */
    private static void add(int rows, long changesSinceAnalyze) {
        bench.sql.execute(ADD, rows);
        Waiting.until(
                "the new rows count as changes",
                () -> bench.sql.count("SELECT pg_stat_get_mod_since_analyze('merchants'::regclass)")
                        == changesSinceAnalyze);
    }

    private static void renewByAnotherRole() throws SQLException {
        try (Connection connection = bench.sql.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("CREATE ROLE stranger");
            statement.execute("SET LOCAL ROLE stranger");
            statement.execute("SELECT renew_statistics()");
            statement.execute("RESET ROLE");
            statement.execute("DROP ROLE stranger");
            connection.commit();
        }
    }

    private static float rowsByStatistics() {
        return bench.sql.<Float>value("SELECT reltuples FROM pg_class WHERE oid = 'merchants'::regclass");
    }
}
