package com.clicknback.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.Plan;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditStoreTest {
    private static final Sql SQL = new Sql(TestServer.shared().createMigratedDatabase());

    /** Without an index of its own, a rare value would have the whole log read, newest first. */
    @ParameterizedTest
    @CsvSource({
        "action,        audit_log_of_action",
        "resource_type, audit_log_of_type",
        "resource_id,   audit_log_of_resource",
        "actor_id,      audit_log_of_actor"
    })
    void readsAListByOneFilterInItsOrderFromAnIndex(String filter, String index) {
        String list = "SELECT a.id FROM audit_log a WHERE (a." + filter + " = $1) "
                + "ORDER BY a.occurred_at DESC, a.id DESC LIMIT 21 OFFSET 0";

        assertThat(Plan.of(SQL, list, 1))
                .anyMatch(line -> line.contains(index))
                .noneMatch(line -> line.startsWith("Sort"));
    }
}
