package com.clicknback.payouts;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.PayoutScenario;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The debt of a user whose cashback was paid out before its purchase was reversed. */
@ExtendWith(ServiceExtension.class)
class DebtTest {
    private final TestService service;
    private final Scenario given;
    private final PayoutScenario payouts;

    DebtTest(TestService service, Scenario given) {
        this.service = service;
        this.given = given;
        this.payouts = given.payouts();
    }

    private void reverse(UUID purchase) {
        given.asAdmin().patch("/purchases/" + purchase + "/reverse", null).expect(200);
    }

    private JsonObject refused(Session user, String amount) {
        return payouts.request(user, PayoutScenario.body(amount)).expectError(409, "INSUFFICIENT_BALANCE");
    }

    @Test
    void isPaidOffByLaterCashbackBeforeAnythingCanBeWithdrawnAgain() {
        Session user = payouts.userWith("10");
        UUID returned = payouts.earn(user, "50");
        payouts.setStatus(payouts.payout(user, "60"), "completed").expect(200);

        reverse(returned);
        assertThat(payouts.wallet(user)).isEqualTo("pending 0.00 available -50.00 reserved 0.00 paid 60.00");
        assertThat(refused(user, "10").getString("available_balance")).isEqualTo("-50.00");

        UUID next = payouts.pendingPurchase(user, "30");
        assertThat(payouts.wallet(user)).isEqualTo("pending 30.00 available -50.00 reserved 0.00 paid 60.00");
        assertThat(refused(user, "10").getString("pending_balance")).isEqualTo("30.00");
        given.asAdmin().post("/purchases/" + next + "/confirmation").expect(200);
        assertThat(payouts.wallet(user)).isEqualTo("pending 0.00 available -20.00 reserved 0.00 paid 60.00");
        assertThat(refused(user, "10").getString("available_balance")).isEqualTo("-20.00");

        payouts.earn(user, "30");
        assertThat(payouts.wallet(user)).isEqualTo("pending 0.00 available 10.00 reserved 0.00 paid 60.00");
        assertThat(refused(user, "10.01").getString("available_balance")).isEqualTo("10.00");
        payouts.payout(user, "10");
        assertThat(payouts.wallet(user)).isEqualTo("pending 0.00 available 0.00 reserved 10.00 paid 60.00");
        service.requireCleanLedger();
    }

    @Test
    void arisesWhileThePayoutIsUnderWayAndShrinksWhenThatFails() {
        Session user = payouts.userWith("20");
        UUID returned = payouts.earn(user, "40");
        String payout = payouts.payout(user, "60");

        reverse(returned);
        assertThat(payouts.wallet(user)).isEqualTo("pending 0.00 available -40.00 reserved 60.00 paid 0.00");

        payouts.setStatus(payout, "processing").expect(200);
        payouts.setStatus(payout, "failed").expect(200);
        assertThat(payouts.wallet(user)).isEqualTo("pending 0.00 available 20.00 reserved 0.00 paid 0.00");
        payouts.payout(user, "20");
        service.requireCleanLedger();
    }

    @Test
    void staysWhenThePayoutUnderWayCompletes() {
        Session user = payouts.userWith("40");
        UUID returned = payouts.earn(user, "20");
        String payout = payouts.payout(user, "55");
        reverse(returned);
        payouts.setStatus(payout, "completed").expect(200);
        assertThat(payouts.wallet(user)).isEqualTo("pending 0.00 available -15.00 reserved 0.00 paid 55.00");
    }

    @Test
    void growsWithEveryReversalAndShowsInTheJournal() {
        Session user = payouts.userWith("10");
        UUID one = payouts.earn(user, "15");
        UUID other = payouts.earn(user, "25");
        payouts.setStatus(payouts.payout(user, "50"), "completed").expect(200);
        reverse(one);
        reverse(other);
        assertThat(payouts.wallet(user)).isEqualTo("pending 0.00 available -40.00 reserved 0.00 paid 50.00");
        assertThat(given.as(user).get("/users/me/wallet/transactions?limit=2").data().stream()
                        .map(t -> t.getString("type") + " " + t.getString("amount") + " from " + t.getString("from")))
                .containsExactly("cashback_reversed 25.00 from available", "cashback_reversed 15.00 from available");
    }
}
