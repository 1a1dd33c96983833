package com.clicknback.auth;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Makes and checks JSON web tokens of one type, signed with HS256, with the claims that both types have. */
final class SignedTokens {
    private static final String ALGORITHM = "HS256";
    private static final String ISSUER = "clicknback";

    /** Refuses padding, empty parts and anything behind the third part: decoders tend to overlook them. */
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.([A-Za-z0-9_-]+)");

    /** The attribute in which the library puts the claims of a verified token. */
    private static final String CLAIMS = "accessToken";

    private final JWTAuth jwt;
    private final JWTOptions options =
            new JWTOptions().setAlgorithm(ALGORITHM).setIssuer(ISSUER).setNoTimestamp(true);
    private final String type;
    private final Duration lifetime;
    private final Clock clock;

    /** @param type the value of the claim {@code token_type} */
    SignedTokens(Vertx vertx, String secret, String type, Duration lifetime, Clock clock) {
        // Expiry is checked here, by the injected clock.
        this.jwt = JWTAuth.create(
                vertx,
                new JWTAuthOptions()
                        .addPubSecKey(
                                new PubSecKeyOptions().setAlgorithm(ALGORITHM).setBuffer(Buffer.buffer(secret)))
                        .setJWTOptions(new JWTOptions().setIgnoreExpiration(true)));
        this.type = type;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /** A token that this service has signed. */
    record Signed(String text, UUID id, Instant issuedAt, Instant expiresAt) {

        /** Without the token itself. */
        @Override
        public String toString() {
            return "Signed[expires " + expiresAt + "]";
        }
    }

    /** The claims of a token whose signature is right, expired or not. */
    record Claims(UUID userId, boolean expired, JsonObject all) {}

    /** @param more claims beside those that every token has */
    Signed sign(UUID userId, JsonObject more) {
        Instant issuedAt = Instant.ofEpochSecond(clock.instant().getEpochSecond());
        return sign(userId, more, UUID.randomUUID(), issuedAt, issuedAt.plus(lifetime));
    }

    /** Signs with all claims given: the same ones make the same text. */
    Signed sign(UUID userId, JsonObject more, UUID id, Instant issuedAt, Instant expiresAt) {
        JsonObject claims = more.copy()
                .put("sub", userId.toString())
                .put("user_id", userId.toString())
                .put("token_type", type)
                .put("iat", issuedAt.getEpochSecond())
                .put("exp", expiresAt.getEpochSecond())
                .put("jti", id.toString());
        return new Signed(jwt.generateToken(claims, options), id, issuedAt, expiresAt);
    }

    /** Reads the claims; empty when the text is no complete token of this type that this service has signed. */
    Future<Optional<Claims>> read(String token) {
        return verified(token).map(claims -> claims.flatMap(this::checked));
    }

    private Future<Optional<JsonObject>> verified(String token) {
        var form = FORM.matcher(token);
        if (!form.matches() || !isCanonical(form.group(1))) {
            return Future.succeededFuture(Optional.empty());
        }
        // The library fails in many types, some of them thrown. The bearer gets one refusal for all.
        return Future.succeededFuture(new TokenCredentials(token))
                .compose(jwt::authenticate)
                .map(bearer -> Optional.ofNullable(bearer.attributes().getJsonObject(CLAIMS)))
                .otherwise(Optional.empty());
    }

    /** True when a text is the one spelling of its bytes; decoders accept others. */
    private static boolean isCanonical(String base64Url) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(base64Url);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(base64Url);
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private Optional<Claims> checked(JsonObject claims) {
        Object userId = claims.getValue("user_id");
        boolean complete = ISSUER.equals(claims.getValue("iss"))
                && type.equals(claims.getValue("token_type"))
                && userId instanceof String
                && userId.equals(claims.getValue("sub"))
                && claims.getValue("jti") instanceof String jti
                && !jti.isEmpty()
                && isWholeNumber(claims.getValue("iat"))
                && isWholeNumber(claims.getValue("exp"));
        if (!complete) {
            return Optional.empty();
        }
        boolean expired = clock.instant().getEpochSecond() >= claims.getLong("exp");
        return uuid((String) userId).map(id -> new Claims(id, expired, claims));
    }

    private static boolean isWholeNumber(Object value) {
        return value instanceof Integer || value instanceof Long;
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text)).filter(id -> id.toString().equals(text));
        } catch (IllegalArgumentException notUuid) {
            return Optional.empty();
        }
    }
}
