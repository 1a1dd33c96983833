package com.clicknback.payouts;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.PayoutScenario;
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
    private final PayoutScenario payouts;

    PayoutsTest(TestService service, Scenario given) {
        this.service = service;
        this.given = given;
        this.payouts = given.payouts();
    }

    @Test
    void reservesWhatIsRequested() {
        Session user = payouts.userWith("100");
        Instant before = service.clock().instant();

        JsonObject payout = payouts.request(
                        user, PayoutScenario.body("25.00", "de89 3704 0044 0532 0130 00", "  Zoë  "))
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
        assertThat(payouts.wallet(user)).isEqualTo("pending 0.00 available 75.00 reserved 25.00 paid 0.00");
        assertThat(given.as(user).get("/payouts/" + payout.getString("id")).json())
                .isEqualTo(payout);
    }

    @Test
    void takesTheAmountAsANumberToo() {
        Session user = payouts.userWith("20");
        JsonObject payout = payouts.request(user, PayoutScenario.body("0").put("amount", 12.5))
                .expect(201)
                .json();
        assertThat(payout.getString("amount")).isEqualTo("12.50");
    }

    @Test
    void letsAnAdminWithdrawTheirOwnCashback() {
        Session admin = given.newAdmin();
        payouts.earn(admin, "20");
        String payout = payouts.payout(admin, "20");
        JsonObject entry =
                given.asAdmin().get("/audit-logs?resource_id=" + payout).data().get(0);
        assertThat(entry.getString("actor_type")).isEqualTo("admin");
        assertThat(entry.getString("actor_id")).isEqualTo(admin.userId().toString());
    }

    @Test
    void refusesMoreThanIsAvailable() {
        Session user = payouts.userWith("15");
        payouts.pendingPurchase(user, "19.05");
        service.awaitCredits();

        JsonObject details =
                payouts.request(user, PayoutScenario.body("15.01")).expectError(409, "INSUFFICIENT_BALANCE");

        assertThat(details.getString("requested_amount")).isEqualTo("15.01");
        assertThat(details.getString("available_balance")).isEqualTo("15.00");
        assertThat(details.getString("pending_balance")).isEqualTo("19.05");
        assertThat(payouts.wallet(user)).isEqualTo("pending 19.05 available 15.00 reserved 0.00 paid 0.00");
        assertThat(given.as(user).get(MINE).data()).isEmpty();
        payouts.request(user, PayoutScenario.body("15.00")).expect(201);
        details = payouts.request(user, PayoutScenario.body("10")).expectError(409, "INSUFFICIENT_BALANCE");
        assertThat(details.getString("available_balance")).isEqualTo("0.00");
    }

    @Test
    void refusesAUserWhoNeverHadAnything() {
        JsonObject details =
                payouts.request(given.user(), PayoutScenario.body("10")).expectError(409, "INSUFFICIENT_BALANCE");
        assertThat(details.getString("available_balance")).isEqualTo("0.00");
        assertThat(details.getString("pending_balance")).isEqualTo("0.00");
    }

    @Test
    void refusesLessThanTheMinimum() {
        JsonObject details = payouts.request(payouts.userWith("50"), PayoutScenario.body("9.99"))
                .expectError(422, "PAYOUT_POLICY_VIOLATION");
        assertThat(details.getJsonArray("violations"))
                .isEqualTo(JsonArray.of(JsonObject.of("rule", "minimum_amount", "limit", "10.00", "actual", "9.99")));
    }

    @Test
    void refusesMoreThanTheMaximumOf30Days() {
        Session user = payouts.userWith("1500");
        payouts.payout(user, "600");
        payouts.setStatus(payouts.payout(user, "300"), "completed").expect(200);

        JsonObject details =
                payouts.request(user, PayoutScenario.body("100.01")).expectError(422, "PAYOUT_POLICY_VIOLATION");
        assertThat(details.getJsonArray("violations"))
                .isEqualTo(JsonArray.of(
                        JsonObject.of("rule", "maximum_30_days", "limit", "1000.00", "actual", "1000.01")));
        payouts.request(user, PayoutScenario.body("100.00")).expect(201);
    }

    @Test
    void namesAllRulesThatARequestBreaks() {
        Session user = payouts.userWith("1500");
        payouts.payout(user, "995");
        JsonObject details =
                payouts.request(user, PayoutScenario.body("5.01")).expectError(422, "PAYOUT_POLICY_VIOLATION");
        assertThat(details.getJsonArray("violations"))
                .isEqualTo(JsonArray.of(
                        JsonObject.of("rule", "minimum_amount", "limit", "10.00", "actual", "5.01"),
                        JsonObject.of("rule", "maximum_30_days", "limit", "1000.00", "actual", "1000.01")));
    }

    @Test
    void looksAtThePolicyBeforeTheBalance() {
        payouts.request(given.user(), PayoutScenario.body("5")).expectError(422, "PAYOUT_POLICY_VIOLATION");
        payouts.request(given.user(), PayoutScenario.body("1000.01")).expectError(422, "PAYOUT_POLICY_VIOLATION");
    }

    @Test
    void doesNotCountFailedPayoutsAgainstTheMaximum() {
        Session user = payouts.userWith("1000");
        payouts.setStatus(payouts.payout(user, "1000"), "failed").expect(200);
        payouts.request(user, PayoutScenario.body("1000")).expect(201);
    }

    @Test
    void namesEveryViolationOfHeaderAndBodyAtOnce() {
        Session user = given.user();
        JsonObject body = PayoutScenario.body("1.001", "DE00", "").put("method", "cash");
        assertThat(payouts.request(user, "k".repeat(256), body).expectViolations(422))
                .containsExactly("Idempotency-Key", "amount", "method", "details.iban", "details.account_holder");
    }

    @Test
    void showsAPayoutToItsOwnerAndToAdminsOnly() {
        Session owner = payouts.userWith("20");
        String payout = payouts.payout(owner, "20");
        assertThat(given.as(owner).get("/payouts/" + payout).expect(200).json())
                .isEqualTo(given.asAdmin().get("/payouts/" + payout).expect(200).json());
        JsonObject details = given.as(given.user()).get("/payouts/" + payout).expectError(403, "FORBIDDEN");
        assertThat(details).isEqualTo(JsonObject.of("resource_type", "payout", "resource_id", payout));
    }

    @Test
    void listsAUsersOwnPayoutsNewestFirst() {
        Session user = payouts.userWith("100");
        String first = payouts.payout(user, "10");
        String second = payouts.payout(user, "20");
        String third = payouts.payout(user, "30");
        payouts.setStatus(second, "completed").expect(200);
        payouts.payout(payouts.userWith("20"), "20");

        assertThat(ids(given.as(user).get(MINE))).containsExactly(third, second, first);
        assertThat(ids(given.as(user).get(MINE + "?status=requested"))).containsExactly(third, first);
        assertThat(ids(given.as(user).get(MINE + "?status=failed"))).isEmpty();
        JsonObject page = given.as(user).get(MINE + "?limit=2").expect(200).json();
        JsonObject pagination = page.getJsonObject("pagination");
        assertThat(pagination.getInteger("total")).isEqualTo(3);
        Reply rest = given.as(user).get(MINE + "?limit=2&cursor=" + pagination.getString("next_cursor"));
        assertThat(ids(rest)).containsExactly(first);
        assertThat(rest.json().getJsonObject("pagination").getString("next_cursor"))
                .isNull();
    }

    @Test
    void listsAllPayoutsForAdmins() {
        Session one = payouts.userWith("50");
        Session other = payouts.userWith("50");
        String first = payouts.payout(one, "10");
        String second = payouts.payout(other, "20");
        String third = payouts.payout(one, "30");
        payouts.setStatus(first, "failed").expect(200);
        String ofOne = "/payouts?user_id=" + one.userId();

        assertThat(ids(given.asAdmin().get("/payouts?limit=100"))).containsSubsequence(third, second, first);
        assertThat(ids(given.asAdmin().get(ofOne))).containsExactly(third, first);
        assertThat(ids(given.asAdmin().get(ofOne + "&status=failed"))).containsExactly(first);
        String today = service.clock().today().toString();
        String tomorrow = service.clock().today().plusDays(1).toString();
        String yesterday = service.clock().today().minusDays(1).toString();
        assertThat(ids(given.asAdmin().get(ofOne + "&start_date=" + yesterday + "&end_date=" + tomorrow)))
                .containsExactly(third, first);
        assertThat(ids(given.asAdmin().get(ofOne + "&start_date=" + tomorrow))).isEmpty();
        assertThat(ids(given.asAdmin().get(ofOne + "&start_date=" + tomorrow + "&end_date=" + today)))
                .isEmpty();
    }

    @Test
    void theQueueSaysWhoAsks() {
        Session one = payouts.userWith("50");
        Session other = payouts.userWith("50");
        payouts.payout(one, "10");
        payouts.payout(other, "20");

        assertThat(given.asAdmin().get("/payouts?limit=2").expect(200).data())
                .extracting(payout -> payout.getString("user_email"))
                .containsExactly(other.email(), one.email());
    }

    @Test
    void theQueueNamesNobodyWhoIsErased() {
        Session user = payouts.userWith("50");
        payouts.setStatus(payouts.payout(user, "50"), JsonObject.of("status", "completed", "external_reference", "x"))
                .expect(200);
        given.asAdmin()
                .post("/users/" + user.userId() + "/erasure", new JsonObject())
                .expect(200);

        JsonObject payout = given.asAdmin()
                .get("/payouts?user_id=" + user.userId())
                .expect(200)
                .data()
                .get(0);
        assertThat(payout.containsKey("user_email")).isTrue();
        assertThat(payout.getString("user_email")).isNull();
    }

    private static List<String> ids(Reply list) {
        return list.data().stream().map(p -> p.getString("id")).toList();
    }
}
