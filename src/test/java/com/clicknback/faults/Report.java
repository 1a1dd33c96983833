package com.clicknback.faults;

import com.clicknback.testing.Scenario;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** One webhook of a partner: purchases in one event or in a batch. Its text never changes, however often it is sent. */
record Report(List<ReportedPurchase> purchases, String text) {

    /** A purchase as its user made it. */
    record ReportedPurchase(String externalId, UUID userId, UUID merchantId, BigDecimal amount) {
        static ReportedPurchase of(UUID userId, UUID merchantId, BigDecimal amount) {
            return new ReportedPurchase(Scenario.unique("fault"), userId, merchantId, amount);
        }

        JsonObject json() {
            return JsonObject.of(
                    "external_id", externalId,
                    "user_id", userId.toString(),
                    "merchant_id", merchantId.toString(),
                    "amount", amount.toPlainString(),
                    "currency", "EUR");
        }
    }

    static Report of(List<ReportedPurchase> purchases) {
        return new Report(
                List.copyOf(purchases), (purchases.size() == 1 ? single(purchases.get(0)) : batch(purchases)));
    }

    private static String single(ReportedPurchase purchase) {
        return event("purchase.created", purchase.json());
    }

    private static String batch(List<ReportedPurchase> purchases) {
        List<JsonObject> items = purchases.stream().map(ReportedPurchase::json).toList();
        return event("purchase.batch", JsonObject.of("purchases", new JsonArray(items)));
    }

    private static String event(String type, JsonObject data) {
        return JsonObject.of("type", type, "timestamp", Instant.now().toString(), "data", data)
                .encode();
    }

    boolean isBatch() {
        return purchases.size() > 1;
    }
}
