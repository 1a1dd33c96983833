package com.clicknback.cashback;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.TestService;
import com.clicknback.testing.Waiting;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A wallet that a forgotten session of somebody else keeps locked: the work of all other users goes on. */
class LockedWalletTest {
    private static TestService service;
    private static Scenario given;
    private static Sql sql;
    private Session held;
    private Session other;
    private UUID merchant;

    @BeforeAll
    static void startService() {
        Address database = TestServer.shared().createMigratedDatabase();
        service = TestService.start(
                database, new TestClock(), Map.of("CLICKNBACK_DATABASE_STATEMENT_TIMEOUT_MS", "3000"));
        given = new Scenario(service);
        sql = service.sql();
    }

    @AfterAll
    static void closeService() {
        service.requireCleanLedger();
        service.close();
    }

    @BeforeEach
    void twoUsersAtAMerchantOfFivePercent() {
        held = given.member();
        other = given.member();
        merchant = given.merchant();
    }

    @Test
    void purchasesOfOthersAreCredited() throws SQLException {
        try (Connection holder = lock(held)) {
            report(20);
            Waiting.until("the others are credited", () -> credits(other) == 19);
            report(20);
            Waiting.until("others are credited on", () -> credits(other) == 38);
            assertThat(credits(held)).isZero();
            holder.rollback();
        }
        Waiting.until("credited once the lock is gone", () -> {
            service.clock().advance(Duration.ofMinutes(1));
            return credits(held) == 2;
        });
    }

    /** More of them than a run would find one by one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT FROM wallets WHERE user_id = '%s' FOR UPDATE",
                "SELECT FROM purchases WHERE user_id = '%s' FOR UPDATE"
            })
    void purchasesOfOthersAreConfirmedAndTheirCashbackIsReleased(String lock) throws SQLException {
        sql.execute("UPDATE merchants SET hold_days = 30 WHERE id = ?", merchant);
        report(60, place -> place % 3 == 0 ? other : held);
        service.awaitCredits();
        try (Connection holder = lock(lock, held)) {
            service.clock().advance(Duration.ofHours(1));
            service.runVerification();
            assertThat(withStatus("confirmed")).isEqualTo(20);
            holder.rollback();
        }
        service.clock().advance(Duration.ofHours(1));
        service.runVerification();
        assertThat(withStatus("confirmed")).isEqualTo(60);

        service.clock().advance(Duration.ofDays(31));
        try (Connection holder = lock(lock, held)) {
            service.runReleases();
            assertThat(available(other)).isEqualTo(20 * 50);
            holder.rollback();
        }
        service.clock().advance(Duration.ofMinutes(1));
        service.runReleases();
        assertThat(available(held)).isEqualTo(40 * 50);
    }

    private long withStatus(String status) {
        return sql.count("SELECT count(*) FROM purchases WHERE merchant_id = ? AND status = ?", merchant, status);
    }

    private static long available(Session user) {
        return sql.count("SELECT available_minor FROM wallets WHERE user_id = ?", user.userId());
    }

    private static Connection lock(Session user) throws SQLException {
        return lock("SELECT FROM wallets WHERE user_id = '%s' FOR UPDATE", user);
    }

    private static Connection lock(String lock, Session user) throws SQLException {
        Connection holder = sql.connect();
        holder.setAutoCommit(false);
        try (Statement statement = holder.createStatement()) {
            statement.execute(lock.formatted(user.userId()));
        }
        return holder;
    }

    /** One of them is of the user whose wallet is locked. */
    private void report(int purchases) {
        report(purchases, place -> place == purchases / 2 ? held : other);
    }

    private void report(int purchases, IntFunction<Session> owner) {
        List<JsonObject> items = new ArrayList<>();
        for (int i = 0; i < purchases; i++) {
            items.add(given.purchase(owner.apply(i).userId(), merchant, "10.00"));
        }
        given.report(given.partner(), items).expect(200);
    }

    private static long credits(Session user) {
        return sql.count("SELECT count(*) FROM cashback_credits WHERE user_id = ?", user.userId());
    }
}
