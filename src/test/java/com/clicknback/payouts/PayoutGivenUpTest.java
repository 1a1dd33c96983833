package com.clicknback.payouts;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.PayoutScenario;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestService;
import com.clicknback.testing.Waiting;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A payout that the database cannot make in time. */
@ExtendWith(ServiceExtension.class)
class PayoutGivenUpTest {
    private final TestService service;
    private final Scenario given;
    private final Sql sql;

    PayoutGivenUpTest(TestService service, Scenario given, Sql sql) {
        this.service = service;
        this.given = given;
        this.sql = sql;
    }

    @Test
    void isNotMadeOnceItHasBeenAnswered503SoARetryMakesExactlyOne() throws SQLException {
        Session user = given.payouts().userWith("100");
        try (TestService hasty = service.another(Map.of("CLICKNBACK_DATABASE_STATEMENT_TIMEOUT_MS", "500"))) {
            PayoutScenario payouts = new Scenario(hasty).payouts();
            try (Connection other = sql.connect()) {
                other.setAutoCommit(false);
                lockWallet(other, user);
                payouts.request(user, PayoutScenario.body("25.00")).expect(503);
                other.rollback();
            }
            payouts.request(user, PayoutScenario.body("25.00")).expect(201);

            assertThat(sql.count("SELECT count(*) FROM payouts WHERE user_id = ?", user.userId()))
                    .isEqualTo(1);
            assertThat(payouts.wallet(user)).isEqualTo("pending 0.00 available 75.00 reserved 25.00 paid 0.00");
        }
    }

    /** Two connections of three at most wait for the wallet. */
    @Test
    void manyOfOneUserLeaveConnectionsToOthers() throws SQLException {
        Session user = given.payouts().userWith("100");
        Session other = given.user();
        try (TestService small = service.another(Map.of("CLICKNBACK_DATABASE_POOL_SIZE", "3"))) {
            List<CompletableFuture<Reply>> requests = new ArrayList<>();
            try (Connection holder = sql.connect()) {
                holder.setAutoCommit(false);
                lockWallet(holder, user);
                PayoutScenario payouts = new Scenario(small).payouts();
                for (int i = 0; i < 8; i++) {
                    requests.add(payouts.requestAsync(small.api().as(user), PayoutScenario.body("10.00")));
                }
                Waiting.until("payouts wait for the wallet", () -> waitingForWallets() >= 2);

                small.api().as(other).get("/users/me/wallet").expect(200);
                holder.rollback();
            }
            assertThat(requests.stream().map(request -> request.join().status()))
                    .containsOnly(201);
        }
    }

    private long waitingForWallets() {
        return sql.count("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                + " AND wait_event_type = 'Lock' AND query LIKE '%wallets%'");
    }

    private static void lockWallet(Connection connection, Session user) throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("SELECT 1 FROM wallets WHERE user_id = ? FOR UPDATE")) {
            lock.setObject(1, user.userId());
            lock.executeQuery();
        }
    }
}
