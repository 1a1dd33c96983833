package com.clicknback.purchases;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestService;
import com.clicknback.testing.Waiting;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Lists that take the database long, as those of a large account do. A lock makes them so. */
@ExtendWith(ServiceExtension.class)
class SlowListsTest {
    private static final int FLOOD = 20;

    private final TestService service;
    private final Scenario given;
    private final Sql sql;

    SlowListsTest(TestService service, Scenario given, Sql sql) {
        this.service = service;
        this.given = given;
        this.sql = sql;
    }

    @Test
    void leaveConnectionsToAllElse() throws SQLException {
        try (TestService small = service.another(Map.of("CLICKNBACK_DATABASE_POOL_SIZE", "3"))) {
            ApiClient other = small.api().as(given.user());
            flooded(small, 2, () -> other.get("/users/me/wallet").expect(200));
        }
    }

    @Test
    void ofOneUserLeaveConnectionsToListsOfOthers() throws SQLException {
        ApiClient other = service.api().as(given.user());
        flooded(service, 6, () -> other.get("/users/me/purchases").expect(200));
    }

    /**
     * Asks for lists of payouts as one user, and does something else meanwhile.
     *
     * @param waiting queries that have to wait before that
     */
    private void flooded(TestService server, int waiting, Runnable meanwhile) throws SQLException {
        Session flooder = given.user();
        List<CompletableFuture<Reply>> lists = new ArrayList<>();
        try (Connection holder = sql.connect();
                Statement lock = holder.createStatement()) {
            holder.setAutoCommit(false);
            lock.execute("LOCK TABLE payouts IN ACCESS EXCLUSIVE MODE");
            for (int i = 0; i < FLOOD; i++) {
                lists.add(server.api().as(flooder).sendAsync("GET", "/users/me/payouts", null));
            }
            Waiting.until("lists wait for the lock", () -> waitingLists() >= waiting);

            meanwhile.run();
            holder.rollback();
        }
        // Those that waited for too long were refused.
        assertThat(lists.stream().map(list -> list.join().status()))
                .isNotEmpty()
                .isSubsetOf(200, 503);
    }

    private long waitingLists() {
        return sql.count("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                + " AND wait_event_type = 'Lock' AND query LIKE '%payouts%'");
    }
}
