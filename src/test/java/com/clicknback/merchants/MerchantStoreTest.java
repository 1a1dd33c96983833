package com.clicknback.merchants;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.Plan;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Sql;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ServiceExtension.class)
class MerchantStoreTest {
    @Test
    void findsTheBeginningOfANameInItsIndex(Sql sql) {
        assertThat(Plan.of(sql, MerchantStore.FIND_BY_NAME_PREFIX, 2))
                .anyMatch(line -> line.contains("Index Scan using merchants_name_key"))
                .anyMatch(line -> line.startsWith("Index Cond: (((lower("))
                .noneMatch(line -> line.contains("Sort"));
    }
}
