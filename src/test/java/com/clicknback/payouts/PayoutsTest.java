package com.clicknback.payouts;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ServiceExtension.class)
class PayoutsTest {
    private static final String MINE = "/users/me/payouts";

    private final TestService service;
    private final Scenario given;
    private final Scene scene;

    PayoutsTest(TestService service, Scenario given) {
        this.service = service;
        this.given = given;
        this.scene = new Scene(service, given);
    }

    @Test
    void reservesWhatIsRequested() {
        Session user = scene.userWith("100");
        Instant before = service.clock().instant();

        JsonObject payout = scene.request(user, Scene.body("25.00", "de89 3704 0044 0532 0130 00", "  Zoë  "))
                .expect(201)
                .json();

        assertThat(payout.getString("user_id")).isEqualTo(user.userId().toString());
        assertThat(payout.getString("amount")).isEqualTo("25.00");
        assertThat(payout.getString("method")).isEqualTo("bank_transfer");
        assertThat(payout.getString("iban_last4")).isEqualTo("3000");
        assertThat(payout.getString("status")).isEqualTo("requested");
        assertThat(payout.getInstant("requested_at"))
                .isBetween(before.minusMillis(1), service.clock().instant());
        assertThat(payout.getString("processed_at")).isNull();
        assertThat(payout.getString("external_reference")).isNull();
        assertThat(payout.getString("failure_reason")).isNull();
        assertThat(scene.wallet(user)).isEqualTo("pending 0.00 available 75.00 reserved 25.00 paid 0.00");
        assertThat(scene.as(user).get("/payouts/" + payout.getString("id")).json())
                .isEqualTo(payout);
    }

    @Test
    void takesTheAmountAsANumberToo() {
        Session user = scene.userWith("20");
        JsonObject payout = scene.request(user, Scene.body("0").put("amount", 12.5))
                .expect(201)
                .json();
        assertThat(payout.getString("amount")).isEqualTo("12.50");
    }

    @Test
    void letsAnAdminWithdrawTheirOwnCashback() {
        Session admin = given.newAdmin();
        scene.earn(admin, "20");
        String payout = scene.payout(admin, "20");
        JsonObject entry =
                scene.admin().get("/audit-logs?resource_id=" + payout).data().get(0);
        assertThat(entry.getString("actor_type")).isEqualTo("admin");
        assertThat(entry.getString("actor_id")).isEqualTo(admin.userId().toString());
    }

    @Test
    void refusesMoreThanIsAvailable() {
        Session user = scene.userWith("15");
        scene.pendingPurchase(user, "19.05");
        service.awaitCredits();

        JsonObject details = scene.request(user, Scene.body("15.01")).expectError(409, "INSUFFICIENT_BALANCE");

        assertThat(details.getString("requested_amount")).isEqualTo("15.01");
        assertThat(details.getString("available_balance")).isEqualTo("15.00");
        assertThat(details.getString("pending_balance")).isEqualTo("19.05");
        assertThat(scene.wallet(user)).isEqualTo("pending 19.05 available 15.00 reserved 0.00 paid 0.00");
        assertThat(scene.as(user).get(MINE).data()).isEmpty();
        scene.request(user, Scene.body("15.00")).expect(201);
        details = scene.request(user, Scene.body("10")).expectError(409, "INSUFFICIENT_BALANCE");
        assertThat(details.getString("available_balance")).isEqualTo("0.00");
    }

    @Test
    void refusesAUserWhoNeverHadAnything() {
        JsonObject details = scene.request(given.user(), Scene.body("10")).expectError(409, "INSUFFICIENT_BALANCE");
        assertThat(details.getString("available_balance")).isEqualTo("0.00");
        assertThat(details.getString("pending_balance")).isEqualTo("0.00");
    }

    @Test
    void refusesLessThanTheMinimum() {
        JsonObject details =
                scene.request(scene.userWith("50"), Scene.body("9.99")).expectError(422, "PAYOUT_POLICY_VIOLATION");
        assertThat(details.getJsonArray("violations"))
                .isEqualTo(JsonArray.of(JsonObject.of("rule", "minimum_amount", "limit", "10.00", "actual", "9.99")));
    }

    @Test
    void refusesMoreThanTheMaximumOf30Days() {
        Session user = scene.userWith("1500");
        scene.payout(user, "600");
        scene.setStatus(scene.payout(user, "300"), "completed").expect(200);

        JsonObject details = scene.request(user, Scene.body("100.01")).expectError(422, "PAYOUT_POLICY_VIOLATION");
        assertThat(details.getJsonArray("violations"))
                .isEqualTo(JsonArray.of(
                        JsonObject.of("rule", "maximum_30_days", "limit", "1000.00", "actual", "1000.01")));
        scene.request(user, Scene.body("100.00")).expect(201);
    }

    @Test
    void namesAllRulesThatARequestBreaks() {
        Session user = scene.userWith("1500");
        scene.payout(user, "995");
        JsonObject details = scene.request(user, Scene.body("5.01")).expectError(422, "PAYOUT_POLICY_VIOLATION");
        assertThat(details.getJsonArray("violations"))
                .isEqualTo(JsonArray.of(
                        JsonObject.of("rule", "minimum_amount", "limit", "10.00", "actual", "5.01"),
                        JsonObject.of("rule", "maximum_30_days", "limit", "1000.00", "actual", "1000.01")));
    }

    @Test
    void looksAtThePolicyBeforeTheBalance() {
        scene.request(given.user(), Scene.body("5")).expectError(422, "PAYOUT_POLICY_VIOLATION");
        scene.request(given.user(), Scene.body("1000.01")).expectError(422, "PAYOUT_POLICY_VIOLATION");
    }

    @Test
    void doesNotCountFailedPayoutsAgainstTheMaximum() {
        Session user = scene.userWith("1000");
        scene.setStatus(scene.payout(user, "1000"), "failed").expect(200);
        scene.request(user, Scene.body("1000")).expect(201);
    }

    @Test
    void namesEveryViolationOfHeaderAndBodyAtOnce() {
        Session user = given.user();
        JsonObject body = Scene.body("1.001", "DE00", "").put("method", "cash");
        assertThat(scene.request(user, "k".repeat(256), body).expectViolations(422))
                .containsExactly("Idempotency-Key", "amount", "method", "details.iban", "details.account_holder");
    }

    @Test
    void showsAPayoutToItsOwnerAndToAdminsOnly() {
        Session owner = scene.userWith("20");
        String payout = scene.payout(owner, "20");
        assertThat(scene.as(owner).get("/payouts/" + payout).expect(200).json())
                .isEqualTo(scene.admin().get("/payouts/" + payout).expect(200).json());
        JsonObject details = scene.as(given.user()).get("/payouts/" + payout).expectError(403, "FORBIDDEN");
        assertThat(details).isEqualTo(JsonObject.of("resource_type", "payout", "resource_id", payout));
    }

    @Test
    void listsAUsersOwnPayoutsNewestFirst() {
        Session user = scene.userWith("100");
        String first = scene.payout(user, "10");
        String second = scene.payout(user, "20");
        String third = scene.payout(user, "30");
        scene.setStatus(second, "completed").expect(200);
        scene.payout(scene.userWith("20"), "20");

        assertThat(ids(scene.as(user).get(MINE))).containsExactly(third, second, first);
        assertThat(ids(scene.as(user).get(MINE + "?status=requested"))).containsExactly(third, first);
        assertThat(ids(scene.as(user).get(MINE + "?status=failed"))).isEmpty();
        JsonObject page = scene.as(user).get(MINE + "?limit=2").expect(200).json();
        JsonObject pagination = page.getJsonObject("pagination");
        assertThat(pagination.getInteger("total")).isEqualTo(3);
        Reply rest = scene.as(user).get(MINE + "?limit=2&cursor=" + pagination.getString("next_cursor"));
        assertThat(ids(rest)).containsExactly(first);
        assertThat(rest.json().getJsonObject("pagination").getString("next_cursor"))
                .isNull();
    }

    @Test
    void listsAllPayoutsForAdmins() {
        Session one = scene.userWith("50");
        Session other = scene.userWith("50");
        String first = scene.payout(one, "10");
        String second = scene.payout(other, "20");
        String third = scene.payout(one, "30");
        scene.setStatus(first, "failed").expect(200);
        String ofOne = "/payouts?user_id=" + one.userId();

        assertThat(ids(scene.admin().get("/payouts?limit=100"))).containsSubsequence(third, second, first);
        assertThat(ids(scene.admin().get(ofOne))).containsExactly(third, first);
        assertThat(ids(scene.admin().get(ofOne + "&status=failed"))).containsExactly(first);
        String today = service.clock().today().toString();
        String tomorrow = service.clock().today().plusDays(1).toString();
        String yesterday = service.clock().today().minusDays(1).toString();
        assertThat(ids(scene.admin().get(ofOne + "&start_date=" + yesterday + "&end_date=" + tomorrow)))
                .containsExactly(third, first);
        assertThat(ids(scene.admin().get(ofOne + "&start_date=" + tomorrow))).isEmpty();
        assertThat(ids(scene.admin().get(ofOne + "&start_date=" + tomorrow + "&end_date=" + today)))
                .isEmpty();
    }

    private static List<String> ids(Reply list) {
        return list.data().stream().map(p -> p.getString("id")).toList();
    }
}
