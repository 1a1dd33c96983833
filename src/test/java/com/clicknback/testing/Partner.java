package com.clicknback.testing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A partner that a test created, and how it signs. */
public record Partner(UUID id, String secret) {
    private static final String SECRET_PREFIX = "whsec_";

    /** The path of its single purchases. */
    public String purchasesPath() {
        return "/webhooks/" + id + "/purchases";
    }

    public String batchPath() {
        return purchasesPath() + "/batch";
    }

    /** The headers that sign a body. */
    public Map<String, String> sign(String body, Instant at) {
        return sign(body.getBytes(StandardCharsets.UTF_8), at);
    }

    public Map<String, String> sign(byte[] body, Instant at) {
        String messageId = "msg_" + UUID.randomUUID();
        String timestamp = Long.toString(at.getEpochSecond());
        return Map.of(
                "webhook-id", messageId,
                "webhook-timestamp", timestamp,
                "webhook-signature", "v1," + signature(messageId + "." + timestamp + ".", body));
    }

    private String signature(String head, byte[] body) {
        try {
            byte[] key = Base64.getDecoder().decode(secret.substring(SECRET_PREFIX.length()));
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(head.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
