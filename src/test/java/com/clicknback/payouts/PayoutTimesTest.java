package com.clicknback.payouts;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.PayoutScenario;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.Session;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rules that depend on the passing of days, on a service with a clock of its own. */
class PayoutTimesTest {
    private static TestClock clock;
    private static TestService service;
    private static Scenario given;
    private static PayoutScenario payouts;

    @BeforeAll
    static void start() {
        clock = new TestClock();
        service = TestService.start(TestServer.shared().createMigratedDatabase(), clock);
        given = new Scenario(service);
        payouts = given.payouts();
    }

    @AfterAll
    static void close() {
        service.requireCleanLedger();
        service.close();
    }

    /** A client of the user, with a fresh token. */
    private ApiClient as(Session user) {
        return given.as(given.login(user.userId(), user.email()));
    }

    private Reply request(Session user, String amount) {
        return as(user).post("/users/me/payouts", PayoutScenario.body(amount));
    }

    @Test
    void countsThePayoutsOfTheLast30DaysOnly() {
        Session user = payouts.userWith("3000");
        request(user, "600").expect(201);
        clock.advance(Duration.ofDays(10));
        request(user, "400").expect(201);
        clock.advance(Duration.ofDays(20).minusMinutes(5));

        JsonObject details = request(user, "10").expectError(422, "PAYOUT_POLICY_VIOLATION");
        assertThat(details.getJsonArray("violations"))
                .isEqualTo(JsonArray.of(
                        JsonObject.of("rule", "maximum_30_days", "limit", "1000.00", "actual", "1010.00")));

        clock.advance(Duration.ofMinutes(5));
        request(user, "600.01").expectError(422, "PAYOUT_POLICY_VIOLATION");
        request(user, "600").expect(201);
        clock.advance(Duration.ofDays(10));
        request(user, "400").expect(201);
        assertThat(given.wallet(given.login(user.userId(), user.email())).getString("available_balance"))
                .isEqualTo("1000.00");
    }

    @Test
    void keepsAnIdempotencyKeyForMoreThanADayAndForgetsItLater() {
        purge();
        Session user = payouts.userWith("100");
        Reply first = as(user).with("Idempotency-Key", "k").post("/users/me/payouts", PayoutScenario.body("10"));
        clock.advance(Duration.ofHours(24));
        assertThat(purge()).isZero();
        Reply repeat = as(user).with("Idempotency-Key", "k").post("/users/me/payouts", PayoutScenario.body("10"));
        assertThat(repeat.expect(201).text()).isEqualTo(first.text());

        clock.advance(Duration.ofHours(24));
        assertThat(purge()).isEqualTo(1);
        Reply anew = as(user).with("Idempotency-Key", "k").post("/users/me/payouts", PayoutScenario.body("20"));
        assertThat(anew.expect(201).header("Idempotency-Replayed")).isNull();
        assertThat(purge()).isZero();
    }

    @Test
    void forgetsAnyNumberOfKeysOnceHoweverOftenItIsAsked() {
        purge();
        UUID user = given.users(1).get(0);
        service.sql().execute("""
                WITH granted AS (
                    INSERT INTO payouts (id, user_id, amount_minor, currency, method, destination, key_id, iban_last4,
                                         status, requested_at)
                    SELECT gen_random_uuid(), ?, 1000, 'EUR', 'bank_transfer', '\\x00', '-', '3000', 'requested', now()
                    FROM generate_series(1, 1203)
                    RETURNING id, user_id
                )
                INSERT INTO payout_idempotency_keys (user_id, key, fingerprint, payout_id, created_at)
                SELECT user_id, id::text, sha256(''), id, now() - interval '3 days' FROM granted
                """, user);
        assertThat(purge()).isEqualTo(1_203);
        assertThat(service.sql().count("SELECT count(*) FROM payout_idempotency_keys WHERE user_id = ?", user))
                .isZero();
        service.sql().execute("DELETE FROM payouts WHERE user_id = ?", user);
    }

    private int purge() {
        return TestService.await(new KeyPurge(service.app().database(), clock).run());
    }

    @Test
    void filtersTheAdminsListByUtcDays() {
        Session user = payouts.userWith("100");
        String first = request(user, "10").expect(201).json().getString("id");
        String firstDay = clock.today().toString();
        clock.advance(Duration.ofDays(3));
        String second = request(user, "10").expect(201).json().getString("id");
        String secondDay = clock.today().toString();

        assertThat(ids(user, "end_date=" + firstDay)).isEqualTo(first);
        assertThat(ids(user, "start_date=" + secondDay)).isEqualTo(second);
        assertThat(ids(user, "start_date=" + firstDay + "&end_date=" + secondDay))
                .isEqualTo(second + " " + first);
    }

    private static String ids(Session user, String filter) {
        return String.join(
                " ",
                given.asAdmin().get("/payouts?user_id=" + user.userId() + "&" + filter).data().stream()
                        .map(p -> p.getString("id"))
                        .toList());
    }
}
