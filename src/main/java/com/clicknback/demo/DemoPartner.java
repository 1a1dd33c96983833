package com.clicknback.demo;

import com.clicknback.partners.signing.WebhookSecret;
import com.clicknback.partners.signing.WebhookSignature;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** The partner of the demo data, and the address and signature of its webhooks. Its secret is public. */
final class DemoPartner {
    static final String ID = "ee000001-0000-0000-0000-000000000001";
    static final UUID SECRET_ID = UUID.fromString("ee000001-0000-0000-0000-000000000011");
    static final WebhookSecret SECRET = WebhookSecret.ofText("whsec_Y2xpY2tuYmFjay1kZW1vLXBhcnRuZXItc2VjcmV0LTE=");

    private DemoPartner() {}

    /** The URL of the partner's single purchases. */
    static String purchasesUrl(String baseUrl) {
        return baseUrl + "/api/v1/webhooks/" + ID + "/purchases";
    }

    /** The headers of a webhook that is sent at a time, its signature included. */
    static Map<String, String> headers(DemoPurchase purchase, Instant sentAt) {
        String timestamp = Long.toString(sentAt.getEpochSecond());
        byte[] body = purchase.body().getBytes(StandardCharsets.UTF_8);
        return Map.of(
                "content-type",
                "application/json",
                "webhook-id",
                purchase.messageId(),
                "webhook-timestamp",
                timestamp,
                "webhook-signature",
                WebhookSignature.sign(SECRET, purchase.messageId(), timestamp, body));
    }
}
