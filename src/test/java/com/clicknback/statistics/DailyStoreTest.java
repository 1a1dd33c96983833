package com.clicknback.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.Plan;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Sql;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ServiceExtension.class)
class DailyStoreTest {
    /** Without a sort, a page ends once it is full. */
    @Test
    void readsGroupsInTheOrderOfAnIndex(Sql sql) {
        assertThat(plan(sql, DailyStore.LIST_BY_MERCHANT))
                .anyMatch(line -> line.contains("Index Scan Backward using statistics_days_key"))
                .noneMatch(line -> line.contains("Sort") || line.contains("Hash"));
        assertThat(plan(sql, DailyStore.LIST_BY_PARTNER))
                .anyMatch(line -> line.contains("Index Scan Backward using statistics_days_by_partner"))
                .noneMatch(line -> line.contains("Sort") || line.contains("Hash"));
    }

    private static List<String> plan(Sql sql, String statement) {
        return Plan.of(sql, statement, 5);
    }
}
