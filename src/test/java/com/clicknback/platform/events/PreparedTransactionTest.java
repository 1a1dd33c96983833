package com.clicknback.platform.events;

import static com.clicknback.testing.TestService.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.OwnPostgres;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestService;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A transaction that somebody has prepared and forgotten: it has no session that a glance at the server would show. */
class PreparedTransactionTest {
    @Test
    void isNamedAndHoldsUpNoCredit() throws SQLException {
        try (OwnPostgres postgres = OwnPostgres.startWith(Map.of("max_prepared_transactions", "2"));
                TestService service = TestService.start(postgres.address(), new TestClock())) {
            Scenario given = new Scenario(service);
            try (Connection forgetful = service.sql().connect();
                    Statement statement = forgetful.createStatement()) {
                forgetful.setAutoCommit(false);
                statement.execute("SELECT pg_current_xact_id()");
                statement.execute("PREPARE TRANSACTION 'month-end'");
            }

            given.buyCredited(given.user(), given.merchant(), "20.00");

            assertThat(await(EventLogStore.findBlockers(service.app().database())))
                    .anySatisfy(blocker -> assertThat(blocker).contains("prepared transaction month-end"));
            service.sql().execute("ROLLBACK PREPARED 'month-end'");
            assertThat(await(EventLogStore.findBlockers(service.app().database())))
                    .noneSatisfy(blocker -> assertThat(blocker).contains("month-end"));
        }
    }
}
