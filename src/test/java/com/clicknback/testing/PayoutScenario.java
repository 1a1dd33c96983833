package com.clicknback.testing;

import com.clicknback.TestConfig;
import com.clicknback.payouts.Destination;
import com.clicknback.payouts.DestinationCipher;
import com.clicknback.platform.crypto.Keyring;
import com.clicknback.platform.crypto.Sealed;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Payouts of a {@link Scenario}: users with an available balance, their requests, and what is stored of them. */
public final class PayoutScenario {
    public static final String IBAN = "DE89370400440532013000";
    public static final String HOLDER = "Erika Example";

    /** The cipher of the tests' service. */
    public static final DestinationCipher CIPHER = cipher(TestConfig.ENCRYPTION_KEY);

    private static final String MINE = "/users/me/payouts";

    /** Gives one euro of cashback for five of purchase. */
    private static final String PERCENT = "20";

    private static final BigDecimal PURCHASE_PER_CASHBACK = BigDecimal.valueOf(5);

    private final TestService service;
    private final Scenario given;

    PayoutScenario(TestService service, Scenario given) {
        this.service = service;
        this.given = given;
    }

    /** A new user with this available balance. */
    public Session userWith(String available) {
        Session user = given.user();
        earn(user, available);
        return user;
    }

    /** Makes a user earn confirmed cashback; returns the purchase's id. */
    public UUID earn(Session user, String cashback) {
        UUID purchase = pendingPurchase(user, cashback);
        given.asAdmin().post("/purchases/" + purchase + "/confirmation").expect(200);
        return purchase;
    }

    public UUID pendingPurchase(Session user, String cashback) {
        String amount = new BigDecimal(cashback).multiply(PURCHASE_PER_CASHBACK).toPlainString();
        return given.buy(user, given.merchant(PERCENT), amount);
    }

    public static JsonObject body(String amount) {
        return body(amount, IBAN, HOLDER);
    }

    public static JsonObject body(String amount, String iban, String holder) {
        return JsonObject.of(
                "amount",
                amount,
                "method",
                "bank_transfer",
                "details",
                JsonObject.of("iban", iban, "account_holder", holder));
    }

    /** Requests a payout with this body and returns the reply. */
    public Reply request(Session user, JsonObject body) {
        return given.as(user).post(MINE, body);
    }

    public Reply request(Session user, String key, JsonObject body) {
        return given.as(user).with("Idempotency-Key", key).post(MINE, body);
    }

    public CompletableFuture<Reply> requestAsync(ApiClient user, JsonObject body) {
        return user.sendAsync("POST", MINE, body);
    }

    /** Requests a payout that is granted; returns its id. */
    public String payout(Session user, String amount) {
        return request(user, body(amount)).expect(201).json().getString("id");
    }

    public Reply setStatus(String payout, String status) {
        JsonObject body = JsonObject.of("status", status);
        return setStatus(payout, "failed".equals(status) ? body.put("failure_reason", "The account is closed.") : body);
    }

    public Reply setStatus(String payout, JsonObject body) {
        return given.asAdmin().patch("/payouts/" + payout + "/status", body);
    }

    /** Pending, available, reserved and paid of a user's wallet. */
    public String wallet(Session user) {
        JsonObject wallet = given.wallet(user);
        return "pending %s available %s reserved %s paid %s"
                .formatted(
                        wallet.getString("pending_balance"),
                        wallet.getString("available_balance"),
                        wallet.getString("reserved_balance"),
                        wallet.getString("paid_balance"));
    }

    /** Encrypts with the first key and reads with all of them. */
    public static DestinationCipher cipher(String current, String... older) {
        return new DestinationCipher(keys(current, older));
    }

    /** Keys by their base64. */
    public static Keyring keys(String current, String... older) {
        return new Keyring(
                key(current), Stream.of(older).map(PayoutScenario::key).toList());
    }

    private static SecretKey key(String base64) {
        return new SecretKeySpec(Base64.getDecoder().decode(base64), "AES");
    }

    /** The stored destination of a payout, read with the keys at hand. */
    public Destination destination(String payout, DestinationCipher cipher) {
        return destination(
                service.sql()
                        .rows("SELECT id, destination, key_id FROM payouts WHERE id = ?", UUID.fromString(payout))
                        .get(0),
                cipher);
    }

    public static Destination destination(Map<String, Object> row, DestinationCipher cipher) {
        Sealed stored = new Sealed((String) row.get("key_id"), (byte[]) row.get("destination"));
        return cipher.decrypt((UUID) row.get("id"), stored);
    }
}
