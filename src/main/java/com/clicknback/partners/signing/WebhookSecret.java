package com.clicknback.partners.signing;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.vertx.core.buffer.Buffer;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.spec.SecretKeySpec;

/** The key that a partner signs its webhooks with. Only {@link #text()} shows it; {@code toString} hides it. */
public final class WebhookSecret {
    private static final String PREFIX = "whsec_";
    private static final int RANDOM_BYTES = 32;

    private final byte[] key;

    private WebhookSecret(byte[] key) {
        this.key = key;
    }

    public static WebhookSecret random(SecureRandom random) {
        byte[] key = new byte[RANDOM_BYTES];
        random.nextBytes(key);
        return new WebhookSecret(key);
    }

    public static WebhookSecret ofKey(byte[] key) {
        return new WebhookSecret(key.clone());
    }

    /** Parses a secret from its text, {@code whsec_} and base64; fails with IllegalArgumentException for another text. */
    @JsonCreator
    public static WebhookSecret ofText(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException("a secret starts with " + PREFIX);
        }
        return new WebhookSecret(Base64.getDecoder().decode(text.substring(PREFIX.length())));
    }

    /** The form in which the partner is given the secret. */
    @JsonValue
    public String text() {
        return PREFIX + Base64.getEncoder().encodeToString(key);
    }

    public Buffer key() {
        return Buffer.buffer(key);
    }

    SecretKeySpec keyFor(String algorithm) {
        return new SecretKeySpec(key, algorithm);
    }

    @Override
    public String toString() {
        return PREFIX + "***";
    }
}
