package com.clicknback.demo;

import com.clicknback.money.Money;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A purchase that the demo partner reports. Every retry sends the same bytes. */
record DemoPurchase(String externalId, String userId, String merchantId, Money amount, Instant reportedAt) {

    String messageId() {
        return "msg_" + externalId;
    }

    String body() {
        JsonObject data = new JsonObject()
                .put("external_id", externalId)
                .put("user_id", userId)
                .put("merchant_id", merchantId)
                .put("amount", amount.toString())
                .put("currency", amount.currency().name());
        return new JsonObject()
                .put("type", "purchase.created")
                .put("timestamp", reportedAt.truncatedTo(ChronoUnit.SECONDS).toString())
                .put("data", data)
                .encode();
    }
}
