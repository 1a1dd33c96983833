package com.clicknback.testing;

import com.clicknback.TestConfig;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Access tokens that tests sign themselves with {@link TestConfig#JWT_SECRET}, for users who never log in. */
public final class MintedToken {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final Duration LIFETIME = Duration.ofMinutes(15);

    private MintedToken() {}

    static String of(UUID userId, Instant now) {
        return of(userId, "user", now);
    }

    public static String of(UUID userId, String role, Instant now) {
        String header = encode(JsonObject.of("alg", "HS256", "typ", "JWT"));
        String claims = encode(JsonObject.of(
                "sub", userId.toString(),
                "user_id", userId.toString(),
                "user_role", role,
                "token_type", "access",
                "iat", now.getEpochSecond(),
                "exp", now.plus(LIFETIME).getEpochSecond(),
                "jti", UUID.randomUUID().toString(),
                "iss", "clicknback"));
        return header + "." + claims + "." + BASE64.encodeToString(signature(header + "." + claims));
    }

    private static String encode(JsonObject part) {
        return BASE64.encodeToString(part.encode().getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] signature(String content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(TestConfig.JWT_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(content.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
