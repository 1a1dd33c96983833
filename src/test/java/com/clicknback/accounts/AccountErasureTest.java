package com.clicknback.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.HeldCrediting;
import com.clicknback.testing.PayoutScenario;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.TestService;
import com.clicknback.testing.Waiting;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ServiceExtension.class)
class AccountErasureTest {
    private static final JsonObject EVEN_IF_OWED = JsonObject.of("even_if_owed", true);

    private final TestService service;
    private final ApiClient api;
    private final Scenario given;
    private final Sql sql;
    private final PayoutScenario payouts;

    AccountErasureTest(TestService service, ApiClient api, Scenario given, Sql sql) {
        this.service = service;
        this.api = api;
        this.given = given;
        this.sql = sql;
        this.payouts = given.payouts();
    }

    private static String path(Session user) {
        return "/users/" + user.userId() + "/erasure";
    }

    private Reply erase(Session user) {
        return given.asAdmin().send("POST", path(user), null);
    }

    @Test
    void endsSessionsAndFreesTheAddress() {
        Session user = given.user();

        erase(user).expect(200);

        api.as(user).get("/users/me").expectError(401, "USER_INACTIVE");
        api.post("/auth/refresh", JsonObject.of("refresh_token", user.refreshToken()))
                .expectError(401, "USER_INACTIVE");
        JsonObject credentials = JsonObject.of("email", user.email(), "password", Session.PASSWORD);
        api.post("/auth/login", credentials).expectError(401, "INVALID_CREDENTIALS");
        JsonObject found =
                given.asAdmin().get("/search?q=" + user.email()).expect(200).json();
        assertThat(found.getJsonArray("data")).isEmpty();
        String anew = api.post("/users", credentials).expect(201).json().getString("id");
        assertThat(anew).isNotEqualTo(user.userId().toString());
    }

    /** In one statement, hundreds of thousands would take longer than a statement may. */
    @Test
    void replacesManyNamesOfPurchasesSomeAtATime() {
        Session user = given.user();
        UUID merchant = given.merchant();
        sql.execute("""
                INSERT INTO purchases (id, external_id, user_id, merchant_id, amount_minor, currency, purchased_at,
                    purchased_at_stated, cashback_type, cashback_value_e4, cashback_minor, created_at, updated_at)
                SELECT gen_random_uuid(), 'secret-' || ? || n, ?, ?, 1, 'EUR', now(), false, 'percent', 50000, 0, now(), now()
                FROM generate_series(1, 12000) n
                """, user.userId().toString(), user.userId(), merchant);
        try {
            erase(user).expect(200);

            assertThat(sql.count(
                            "SELECT count(*) FROM purchases WHERE user_id = ? AND external_id <> 'erased-' || id",
                            user.userId()))
                    .isZero();
            assertThat(sql.count("SELECT count(DISTINCT xmin::text) FROM purchases WHERE user_id = ?", user.userId()))
                    .as("transactions")
                    .isEqualTo(3);
        } finally {
            sql.execute("DELETE FROM purchases WHERE user_id = ?", user.userId());
        }
    }

    @Test
    void isAuditedWithoutPersonalDataAndOnce() {
        Session user = given.user();

        String first = erase(user).expect(200).json().getString("erased_at");
        String again = erase(user).expect(200).json().getString("erased_at");

        assertThat(again).isEqualTo(first);
        assertThat(sql.<String>column(
                        "SELECT actor_id || ' ' || details FROM audit_log WHERE resource_id = ? AND action = 'USER_ERASED'",
                        user.userId().toString()))
                .containsExactly(
                        given.admin().userId() + " {\"pending_balance\": \"0.00\", \"available_balance\": \"0.00\"}");
    }

    @Test
    void isForEver() {
        Session user = given.user();
        erase(user).expect(200);

        for (JsonObject change : List.of(JsonObject.of("active", true), JsonObject.of("role", "admin"))) {
            given.asAdmin().patch("/users/" + user.userId(), change).expectError(409, "ACCOUNT_ERASED");
        }
        assertThat(sql.refusal("UPDATE users SET active = true WHERE id = ?", user.userId()))
                .isEqualTo("23514");
    }

    /** Between its looks at what awaits a credit and at the wallet, the credit goes from the one to the other. */
    @Test
    void foretellsNoSettledAccountWhoseCashbackIsJustCredited() throws SQLException {
        Session user = given.member();
        UUID merchant = given.merchant();
        CompletableFuture<Reply> foretold;
        try (Connection crediting = sql.connect();
                Connection looks = sql.connect()) {
            crediting.setAutoCommit(false);
            crediting.createStatement().execute(HeldCrediting.HOLD);
            given.report(given.partner(), List.of(given.purchase(user.userId(), merchant, "10.00")))
                    .expect(200);
            looks.setAutoCommit(false);
            looks.createStatement().execute("LOCK TABLE crediting_setbacks");
            foretold = CompletableFuture.supplyAsync(() -> given.asAdmin().get(path(user)));
            Waiting.until(
                    "it looks for what awaits a credit",
                    () -> sql.count("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                                    + " AND wait_event_type = 'Lock' AND query LIKE '%AS awaits%'")
                            > 0);
            crediting.rollback();
            Waiting.until(
                    "the purchase is credited",
                    () -> sql.count("SELECT pending_minor FROM wallets WHERE user_id = ?", user.userId()) == 50);
            looks.rollback();
        }

        JsonObject erasure = foretold.join().expect(200).json();
        assertThat(erasure.getBoolean("settled")).isFalse();
        assertThat(erasure.getJsonObject("wallet").getString("pending_balance")).isEqualTo("0.50");
    }

    @Test
    void isRefusedWhileTheUserIsOwedCashbackUnlessTold() {
        Session user = payouts.userWith("12.50");

        JsonObject details = erase(user).expectError(409, "ACCOUNT_NOT_SETTLED");

        assertThat(details.getString("available_balance")).isEqualTo("12.50");
        api.as(user).get("/users/me").expect(200);
        assertThat(given.asAdmin().get(path(user)).expect(200).json().getBoolean("settled"))
                .isFalse();
        given.asAdmin().post(path(user), EVEN_IF_OWED).expect(200);
        assertThat(given.asAdmin()
                        .get("/users/" + user.userId() + "/wallet")
                        .expect(200)
                        .json()
                        .getString("available_balance"))
                .isEqualTo("12.50");
    }

    @Test
    void isRefusedWhileTheUserOwesSomething() {
        Session user = given.user();
        UUID purchase = payouts.earn(user, "20.00");
        payouts.setStatus(payouts.payout(user, "20.00"), "completed").expect(200);
        given.asAdmin()
                .patch("/purchases/" + purchase + "/reverse", new JsonObject())
                .expect(200);

        assertThat(erase(user).expectError(409, "ACCOUNT_NOT_SETTLED").getString("available_balance"))
                .isEqualTo("-20.00");
    }

    @Test
    void isRefusedWhileAPayoutIsUnderWayWhateverIsTold() {
        Session user = payouts.userWith("15.00");
        String payout = payouts.payout(user, "15.00");

        assertThat(given.asAdmin()
                        .post(path(user), EVEN_IF_OWED)
                        .expectError(409, "ACCOUNT_NOT_SETTLED")
                        .getString("action"))
                .startsWith("A payout is under way.");
        payouts.setStatus(payout, "failed").expect(200);
        given.asAdmin().post(path(user), EVEN_IF_OWED).expect(200);
    }

    /** In a database of its own, where nothing is credited meanwhile. */
    @Test
    void isRefusedWhileAPurchaseIsAcceptedAndNotCredited() throws SQLException {
        try (TestService alone = TestService.start(TestServer.shared().createMigratedDatabase(), new TestClock());
                Connection hold = alone.sql().connect()) {
            Scenario there = new Scenario(alone);
            Session user = there.user();
            UUID merchant = there.merchant();
            hold.setAutoCommit(false);
            hold.createStatement().execute(HeldCrediting.HOLD);
            there.buy(user, merchant, "10.00");

            JsonObject details =
                    there.asAdmin().post(path(user), new JsonObject()).expectError(409, "ACCOUNT_NOT_SETTLED");

            assertThat(details.getBoolean("awaits_credit")).isTrue();
            assertThat(details.getString("pending_balance")).isEqualTo("0.00");
            there.asAdmin().post(path(user), EVEN_IF_OWED).expect(200);
            hold.rollback();
            alone.awaitCredits();
            alone.requireCleanLedger();
        }
    }

    @Test
    void keepsAPayoutFromBeingRequestedThatWasAdmittedBefore() throws SQLException {
        Session user = payouts.userWith("40.00");
        try (Connection lock = sql.connect()) {
            lock.setAutoCommit(false);
            lock.createStatement().execute("SELECT FROM wallets WHERE user_id = '" + user.userId() + "' FOR UPDATE");
            CompletableFuture<Reply> erased = given.asAdmin().sendAsync("POST", path(user), EVEN_IF_OWED);
            Waiting.until("the erasure waits", () -> waitingForWallets() == 1);
            CompletableFuture<Reply> requested = payouts.requestAsync(api.as(user), PayoutScenario.body("40.00"));
            Waiting.until("the payout waits", () -> waitingForWallets() == 2);
            lock.rollback();

            erased.join().expect(200);
            requested.join().expectError(401, "USER_INACTIVE");
        }
        assertThat(sql.count("SELECT count(*) FROM payouts WHERE user_id = ?", user.userId()))
                .isZero();
        service.requireCleanLedger();
    }

    private long waitingForWallets() {
        return sql.count("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                + " AND wait_event_type = 'Lock' AND query LIKE '%FROM wallets%FOR UPDATE%'");
    }

    @Test
    void letsNoSessionBeOpenedThatPassedItsPasswordBefore() throws SQLException {
        Session user = given.user();
        try (Connection lock = sql.connect()) {
            lock.setAutoCommit(false);
            lock.createStatement().execute("SELECT FROM users WHERE id = '" + user.userId() + "' FOR UPDATE");
            CompletableFuture<Reply> erased = given.asAdmin().sendAsync("POST", path(user), new JsonObject());
            Waiting.until("the erasure waits", () -> waitingForUsers("%FOR NO KEY UPDATE%") == 1);
            CompletableFuture<Reply> login = api.sendAsync(
                    "POST", "/auth/login", JsonObject.of("email", user.email(), "password", Session.PASSWORD));
            Waiting.until("the login waits", () -> waitingForUsers("%FOR SHARE%") == 1);
            lock.rollback();

            erased.join().expect(200);
            login.join().expectError(401, "USER_INACTIVE");
        }
    }

    private long waitingForUsers(String query) {
        return sql.count(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                        + " AND wait_event_type = 'Lock' AND query LIKE '%users%' AND query LIKE ?",
                query);
    }

    @Test
    void refusesPurchasesOfTheErased() {
        Session user = given.user();
        UUID merchant = given.merchant();
        erase(user).expect(200);

        given.report(given.partner(), given.purchase(user.userId(), merchant, "10.00"))
                .expectError(422, "USER_NOT_ELIGIBLE");
    }

    @Test
    void keepsAdministratorsFromErasingThemselves() {
        Session admin = given.newAdmin();

        given.as(admin).post(path(admin), new JsonObject()).expectError(409, "OWN_ACCOUNT");
        given.asAdmin().post(path(admin), new JsonObject()).expect(200);
        assertThat(given.asAdmin()
                        .get("/users/" + admin.userId())
                        .expect(200)
                        .json()
                        .getString("role"))
                .isEqualTo("user");
    }

    @Test
    void isForAdministratorsAndUsersWhoExist() {
        Session user = given.user();
        String nobody = "/users/" + UUID.randomUUID() + "/erasure";

        given.as(user).post(path(user), new JsonObject()).expectError(403, "FORBIDDEN");
        given.as(user).get(path(user)).expectError(403, "FORBIDDEN");
        given.asAdmin().post(nobody, new JsonObject()).expectError(404, "NOT_FOUND");
        given.asAdmin().get(nobody).expectError(404, "NOT_FOUND");
    }
}
