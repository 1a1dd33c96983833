package com.clicknback.purchases;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.Plan;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Sql;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ServiceExtension.class)
class PurchaseStoreTest {
    @Test
    void findsAnExternalIdInItsIndex(Sql sql) {
        assertThat(Plan.of(sql, PurchaseStore.FIND_BY_EXTERNAL_ID, 2))
                .anyMatch(line -> line.contains("using purchases_external_id_key on purchases"))
                .anyMatch(line -> line.startsWith("Index Cond: (external_id = "))
                .noneMatch(line -> line.contains("purchases_newest"))
                .noneMatch(line -> line.contains("Seq Scan"));
    }
}
