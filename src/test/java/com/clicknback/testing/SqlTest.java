package com.clicknback.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SqlTest {
    @Test
    void aRoleThatAKilledRunHasLeftIsMadeAnew() {
        Sql sql = new Sql(TestServer.shared().createDatabase());
        sql.execute("DROP ROLE IF EXISTS left_behind");
        sql.execute("CREATE ROLE left_behind LOGIN");
        try {
            sql.createRole("left_behind", "NOLOGIN");

            assertThat(sql.<Boolean>value("SELECT rolcanlogin FROM pg_roles WHERE rolname = 'left_behind'"))
                    .isFalse();
        } finally {
            sql.execute("DROP ROLE left_behind");
        }
    }
}
