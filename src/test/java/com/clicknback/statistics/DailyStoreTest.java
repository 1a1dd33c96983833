package com.clicknback.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.Plan;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;

class DailyStoreTest {
    private static final String FILL = """
            INSERT INTO statistics_days (day, merchant_id, partner_id, accepted, accepted_minor, credited,
                credited_minor, changed_minor, confirmed, confirmed_minor, rejected, rejected_minor, reversed,
                reversed_minor, refunded, corrected)
            SELECT current_date - day, md5('m' || merchant)::uuid, md5('p' || partner)::uuid,
                   1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1
            FROM generate_series(1, 20) day, generate_series(1, 200) merchant, generate_series(1, 5) partner
            """;

    /** Without a sort, or with one of each day alone, reading ends once a page is full. */
    @Test
    void readsDaysInTheOrderOfTheKey() {
        Sql sql = new Sql(TestServer.shared().createMigratedDatabase());
        sql.execute(FILL);
        sql.execute("ANALYZE statistics_days");

        assertThat(plan(sql, DailyStore.LIST_BY_MERCHANT))
                .anyMatch(line -> line.contains("Index Scan Backward using statistics_days_key"))
                .noneMatch(line -> line.contains("Sort") || line.contains("Hash"));
        assertThat(plan(sql, DailyStore.LIST_BY_PARTNER))
                .anyMatch(line -> line.contains("Index Scan Backward using statistics_days_key"))
                .contains("Presorted Key: day");
    }

    private static List<String> plan(Sql sql, String statement) {
        return Plan.of(sql, statement, 5);
    }
}
