package com.clicknback.auth;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens with any header, claims and key, made without the library that the service uses. */
final class ForgedTokens {
    /** The header of a good token; not to be changed. */
    static final JsonObject HEADER = JsonObject.of("alg", "HS256", "typ", "JWT");

    private ForgedTokens() {}

    static String sign(JsonObject header, JsonObject claims, String secret) {
        return sign(header.encode(), claims.encode(), secret);
    }

    static String sign(String header, String claims, String secret) {
        String content = encoded(header) + "." + encoded(claims);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] signature = mac.doFinal(content.getBytes(StandardCharsets.UTF_8));
            return content + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The claims of a token with any signature. */
    static JsonObject claims(String token) {
        return part(token, 1);
    }

    static JsonObject part(String token, int number) {
        byte[] json = Base64.getUrlDecoder().decode(token.split("\\.")[number]);
        return new JsonObject(new String(json, StandardCharsets.UTF_8));
    }

    static String encoded(JsonObject json) {
        return encoded(json.encode());
    }

    static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
