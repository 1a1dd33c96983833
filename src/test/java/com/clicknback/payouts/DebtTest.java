package com.clicknback.payouts;

import static org.assertj.core.api.Assertions.assertThat;

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
    private final Scene scene;

    DebtTest(TestService service, Scenario given) {
        this.service = service;
        this.scene = new Scene(service, given);
    }

    private void reverse(UUID purchase) {
        scene.admin().patch("/purchases/" + purchase + "/reverse", null).expect(200);
    }

    private JsonObject refused(Session user, String amount) {
        return scene.request(user, Scene.body(amount)).expectError(409, "INSUFFICIENT_BALANCE");
    }

    @Test
    void isPaidOffByLaterCashbackBeforeAnythingCanBeWithdrawnAgain() {
        Session user = scene.userWith("10");
        UUID returned = scene.earn(user, "50");
        scene.setStatus(scene.payout(user, "60"), "completed").expect(200);

        reverse(returned);
        assertThat(scene.wallet(user)).isEqualTo("pending 0.00 available -50.00 reserved 0.00 paid 60.00");
        assertThat(refused(user, "10").getString("available_balance")).isEqualTo("-50.00");

        UUID next = scene.pendingPurchase(user, "30");
        assertThat(scene.wallet(user)).isEqualTo("pending 30.00 available -50.00 reserved 0.00 paid 60.00");
        assertThat(refused(user, "10").getString("pending_balance")).isEqualTo("30.00");
        scene.admin().post("/purchases/" + next + "/confirmation").expect(200);
        assertThat(scene.wallet(user)).isEqualTo("pending 0.00 available -20.00 reserved 0.00 paid 60.00");
        assertThat(refused(user, "10").getString("available_balance")).isEqualTo("-20.00");

        scene.earn(user, "30");
        assertThat(scene.wallet(user)).isEqualTo("pending 0.00 available 10.00 reserved 0.00 paid 60.00");
        assertThat(refused(user, "10.01").getString("available_balance")).isEqualTo("10.00");
        scene.payout(user, "10");
        assertThat(scene.wallet(user)).isEqualTo("pending 0.00 available 0.00 reserved 10.00 paid 60.00");
        service.requireCleanLedger();
    }

    @Test
    void arisesWhileThePayoutIsUnderWayAndShrinksWhenThatFails() {
        Session user = scene.userWith("20");
        UUID returned = scene.earn(user, "40");
        String payout = scene.payout(user, "60");

        reverse(returned);
        assertThat(scene.wallet(user)).isEqualTo("pending 0.00 available -40.00 reserved 60.00 paid 0.00");

        scene.setStatus(payout, "processing").expect(200);
        scene.setStatus(payout, "failed").expect(200);
        assertThat(scene.wallet(user)).isEqualTo("pending 0.00 available 20.00 reserved 0.00 paid 0.00");
        scene.payout(user, "20");
        service.requireCleanLedger();
    }

    @Test
    void staysWhenThePayoutUnderWayCompletes() {
        Session user = scene.userWith("40");
        UUID returned = scene.earn(user, "20");
        String payout = scene.payout(user, "55");
        reverse(returned);
        scene.setStatus(payout, "completed").expect(200);
        assertThat(scene.wallet(user)).isEqualTo("pending 0.00 available -15.00 reserved 0.00 paid 55.00");
    }

    @Test
    void growsWithEveryReversalAndShowsInTheJournal() {
        Session user = scene.userWith("10");
        UUID one = scene.earn(user, "15");
        UUID other = scene.earn(user, "25");
        scene.setStatus(scene.payout(user, "50"), "completed").expect(200);
        reverse(one);
        reverse(other);
        assertThat(scene.wallet(user)).isEqualTo("pending 0.00 available -40.00 reserved 0.00 paid 50.00");
        assertThat(scene.as(user).get("/users/me/wallet/transactions?limit=2").data().stream()
                        .map(t -> t.getString("type") + " " + t.getString("amount") + " from " + t.getString("from")))
                .containsExactly("cashback_reversed 25.00 from available", "cashback_reversed 15.00 from available");
    }
}
