package com.clicknback.purchases;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Partner;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.Session;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;

/** Steps of purchases in tests, and their explanations in one line each. */
public final class Story {
    private final TestService service;
    private final Scenario given;

    public Story(TestService service, Scenario given) {
        this.service = service;
        this.given = given;
    }

    public static String path(Object purchaseId) {
        return "/purchases/" + purchaseId + "/explanation";
    }

    public JsonObject explain(ApiClient reader, UUID purchaseId) {
        return reader.get(path(purchaseId)).expect(200).json();
    }

    public JsonObject explainToAdmin(UUID purchaseId) {
        return explain(given.asAdmin(), purchaseId);
    }

    public UUID buyCredited(Session user, UUID merchant, String amount) {
        UUID id = given.buy(user, merchant, amount);
        service.awaitCredits();
        return id;
    }

    public UUID reportCredited(Partner partner, JsonObject purchase) {
        String id = given.report(partner, purchase).expect(201).json().getString("id");
        service.awaitCredits();
        return UUID.fromString(id);
    }

    public void tell(Partner partner, String type, JsonObject data) {
        JsonObject event = JsonObject.of(
                "type", type, "timestamp", service.clock().instant().toString(), "data", data);
        given.signed(partner, partner.purchasesPath(), event.encode()).expect(200);
    }

    public void refund(Partner partner, JsonObject purchase, String refundId, String amount) {
        String event = refundEvent(purchase, refundId, amount).encode();
        given.signed(partner, partner.purchasesPath(), event).expect(200);
    }

    public JsonObject refundEvent(JsonObject purchase, String refundId, String amount) {
        String externalId = purchase.getString("external_id");
        return JsonObject.of(
                "type",
                "purchase.refunded",
                "timestamp",
                service.clock().instant().toString(),
                "data",
                JsonObject.of("external_id", externalId, "refund_id", refundId, "amount", amount));
    }

    public static List<JsonObject> objects(JsonObject from, String member) {
        return from.getJsonArray(member).stream().map(JsonObject.class::cast).toList();
    }

    public static List<String> movements(JsonObject explanation) {
        return objects(explanation, "journal").stream()
                .map(m -> "%s %s %s>%s"
                        .formatted(m.getString("type"), m.getString("amount"), m.getString("from"), m.getString("to")))
                .toList();
    }

    public static List<String> states(JsonObject explanation) {
        return objects(explanation, "history").stream()
                .map(c -> "%s>%s %s %s"
                        .formatted(
                                c.getString("from"),
                                c.getString("to"),
                                c.getString("actor_type"),
                                c.getString("reason")))
                .toList();
    }

    public static String step(JsonObject explanation) {
        return explanation.getJsonObject("next").getString("step");
    }

    public static long cents(String amount) {
        return Long.parseLong(amount.replace(".", ""));
    }
}
