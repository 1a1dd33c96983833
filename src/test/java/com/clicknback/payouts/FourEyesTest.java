package com.clicknback.payouts;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.money.Money;
import com.clicknback.testing.ApiClient;
import com.clicknback.testing.PayoutScenario;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(ServiceExtension.class)
class FourEyesTest {
    private final TestService service;
    private final ApiClient api;
    private final Scenario given;
    private final PayoutScenario payouts;

    FourEyesTest(TestService service, ApiClient api, Scenario given) {
        this.service = service;
        this.api = api;
        this.given = given;
        this.payouts = given.payouts();
    }

    @Test
    void takesAnotherAdminToCompleteALargePayout() {
        Session user = payouts.userWith("600");
        String payout = payouts.payout(user, "500");
        Session first = given.newAdmin();
        Session second = given.newAdmin();

        assertThat(set(api, first, payout, "completed").expectError(409, "FOUR_EYES_REQUIRED"))
                .isEqualTo(JsonObject.of(
                        "payout_id",
                        payout,
                        "amount",
                        "500.00",
                        "four_eyes_minimum",
                        "500.00",
                        "action",
                        "Take it to processing, then ask a colleague to complete it."));
        set(api, first, payout, "processing").expect(200);
        assertThat(set(api, first, payout, "completed")
                        .expectError(409, "FOUR_EYES_REQUIRED")
                        .getString("action"))
                .isEqualTo("Ask a colleague to complete it.");
        assertThat(payouts.wallet(user)).isEqualTo("pending 0.00 available 100.00 reserved 500.00 paid 0.00");
        set(api, second, payout, "completed").expect(200);
        assertThat(payouts.wallet(user)).isEqualTo("pending 0.00 available 100.00 reserved 0.00 paid 500.00");
        set(api, first, payout, "completed").expectError(409, "INVALID_PAYOUT_TRANSITION");
    }

    @Test
    void leavesFailureAndSmallPayoutsToOne() {
        Session user = payouts.userWith("1000");
        Session admin = given.newAdmin();
        String large = payouts.payout(user, "500");
        String small = payouts.payout(user, "499.99");

        set(api, admin, large, "failed").expect(200);
        set(api, admin, small, "completed").expect(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"processing", "completed", "failed"})
    void letsNobodyHandleTheirOwn(String status, Sql sql) {
        Session user = payouts.userWith("30");
        String payout = payouts.payout(user, "20");
        sql.execute("UPDATE users SET role = 'admin' WHERE id = ?", user.userId());

        assertThat(set(api, user, payout, status).expectError(409, "OWN_PAYOUT"))
                .isEqualTo(JsonObject.of("payout_id", payout));
        assertThat(payouts.wallet(user)).isEqualTo("pending 0.00 available 10.00 reserved 20.00 paid 0.00");
    }

    @Test
    void countsFromTheAmountThatIsSet() {
        Session user = payouts.userWith("800");
        String small = payouts.payout(user, "10");
        String large = payouts.payout(user, "700");
        Session admin = given.newAdmin();

        try (TestService always = service.another(Map.of("CLICKNBACK_PAYOUT_FOUR_EYES_MINIMUM", "0"))) {
            set(always.api(), admin, small, "completed").expectError(409, "FOUR_EYES_REQUIRED");
        }
        try (TestService larger = service.another(Map.of("CLICKNBACK_PAYOUT_FOUR_EYES_MINIMUM", "700.01"))) {
            set(larger.api(), admin, large, "completed").expect(200);
        }
    }

    @Test
    void countsForNoPayoutWithoutAnAmount() {
        Payout payout = Payout.requested(UUID.randomUUID(), UUID.randomUUID(), Money.MAX, "3000", Instant.EPOCH);

        assertThat(new FourEyes(null).applies(payout, PayoutStatus.COMPLETED)).isFalse();
        assertThat(new FourEyes(Money.ZERO).applies(payout, PayoutStatus.COMPLETED))
                .isTrue();
        assertThat(new FourEyes(Money.ZERO).applies(payout, PayoutStatus.FAILED))
                .isFalse();
    }

    private static Reply set(ApiClient api, Session admin, String payout, String status) {
        JsonObject change = JsonObject.of("status", status);
        return api.as(admin)
                .patch(
                        "/payouts/" + payout + "/status",
                        status.equals("failed") ? change.put("failure_reason", "No such account.") : change);
    }
}
