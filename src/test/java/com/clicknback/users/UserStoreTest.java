package com.clicknback.users;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.Plan;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Sql;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ServiceExtension.class)
class UserStoreTest {
    @Test
    void findsTheBeginningOfAMailInItsIndex(Sql sql) {
        assertThat(Plan.of(sql, UserStore.FIND_BY_EMAIL_PREFIX, 3))
                .anyMatch(line -> line.endsWith("Index Scan using users_email_key on users"))
                .anyMatch(line -> line.startsWith("Index Cond: ((email_key >= "))
                .noneMatch(line -> line.contains("Sort"));
    }
}
