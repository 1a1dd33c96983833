package com.clicknback.payouts;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.Session;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** The scene of payout tests: users with an available balance. */
final class Scene {
    static final String IBAN = "DE89370400440532013000";
    static final String HOLDER = "Erika Example";

    /** Gives one euro of cashback for five of purchase. */
    private static final String PERCENT = "20";

    private static final BigDecimal PURCHASE_PER_CASHBACK = BigDecimal.valueOf(5);

    private final TestService service;
    private final Scenario given;

    Scene(TestService service, Scenario given) {
        this.service = service;
        this.given = given;
    }

    ApiClient as(Session user) {
        return service.api().as(user);
    }

    ApiClient admin() {
        return given.asAdmin();
    }

    /** A new user with this available balance. */
    Session userWith(String available) {
        Session user = given.user();
        earn(user, available);
        return user;
    }

    /** Makes a user earn confirmed cashback; returns the purchase's id. */
    UUID earn(Session user, String cashback) {
        UUID purchase = pendingPurchase(user, cashback);
        admin().post("/purchases/" + purchase + "/confirmation").expect(200);
        return purchase;
    }

    UUID pendingPurchase(Session user, String cashback) {
        String amount = new BigDecimal(cashback).multiply(PURCHASE_PER_CASHBACK).toPlainString();
        return given.buy(user, given.merchant(PERCENT), amount);
    }

    static JsonObject body(String amount) {
        return body(amount, IBAN, HOLDER);
    }

    static JsonObject body(String amount, String iban, String holder) {
        return JsonObject.of(
                "amount",
                amount,
                "method",
                "bank_transfer",
                "details",
                JsonObject.of("iban", iban, "account_holder", holder));
    }

    /** Requests a payout with this body and returns the reply. */
    Reply request(Session user, JsonObject body) {
        return as(user).post("/users/me/payouts", body);
    }

    Reply request(Session user, String key, JsonObject body) {
        return as(user).with("Idempotency-Key", key).post("/users/me/payouts", body);
    }

    CompletableFuture<Reply> requestAsync(ApiClient user, JsonObject body) {
        return user.sendAsync("POST", "/users/me/payouts", body);
    }

    /** Requests a payout that is granted; returns its id. */
    String payout(Session user, String amount) {
        return request(user, body(amount)).expect(201).json().getString("id");
    }

    Reply setStatus(String payout, String status) {
        JsonObject body = JsonObject.of("status", status);
        return setStatus(payout, "failed".equals(status) ? body.put("failure_reason", "The account is closed.") : body);
    }

    Reply setStatus(String payout, JsonObject body) {
        return admin().patch("/payouts/" + payout + "/status", body);
    }

    /** Pending, available, reserved and paid of a user's wallet. */
    String wallet(Session user) {
        JsonObject wallet = given.wallet(user);
        return "pending %s available %s reserved %s paid %s"
                .formatted(
                        wallet.getString("pending_balance"),
                        wallet.getString("available_balance"),
                        wallet.getString("reserved_balance"),
                        wallet.getString("paid_balance"));
    }
}
