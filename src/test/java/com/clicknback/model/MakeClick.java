package com.clicknback.model;

import com.clicknback.testing.Reply;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/** A user goes to a merchant by a click; the receipt must promise what the model does. */
record MakeClick(String user, String merchant) implements Operation {
    @Override
    public ExpectedAnswer inModel(World world) {
        return world.click(user, merchant);
    }

    @Override
    public ExpectedAnswer onService(Stage stage) {
        Reply reply = stage.as(user).post("/users/me/clicks", JsonObject.of("merchant_id", stage.id(merchant)));
        if (reply.status() >= 400) {
            return stage.refusal(reply);
        }
        JsonObject made = reply.json();
        stage.meetClick(made.getString("id"));
        String payload = made.getString("receipt").split("\\.")[1];
        JsonObject receipt = new JsonObject(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8));
        if (!receipt.getString("jti").equals(made.getString("id"))) {
            throw new AssertionError("the receipt is of another click: " + receipt);
        }
        String offer = receipt.getString("offer_id");
        return ExpectedAnswer.of(
                reply.status(),
                stage.name(receipt.getString("sub")),
                stage.name(receipt.getString("merchant_id")),
                offer == null ? "default" : stage.name(offer),
                receipt.getString("cashback_type"),
                new BigDecimal(receipt.getValue("cashback_value").toString())
                        .stripTrailingZeros()
                        .toPlainString(),
                receipt.getInteger("hold_days").toString(),
                Instant.ofEpochSecond(receipt.getLong("exp")).toString());
    }
}
