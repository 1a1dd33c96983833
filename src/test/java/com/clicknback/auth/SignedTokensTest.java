package com.clicknback.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.users.PasswordVersion;
import com.clicknback.users.Role;
import com.clicknback.users.User;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignedTokensTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final String SECRET = "a secret of the tests, 32 bytes or more";
    private static final Instant NOW = Instant.parse("2026-04-22T10:00:00.9Z");
    private static final AuthSettings SETTINGS =
            new AuthSettings(SECRET, Duration.ofMinutes(15), Duration.ofDays(30), Duration.ZERO);
    private static final UUID ID = UUID.fromString("b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d");
    private static final User USER = new User(ID, "a@b.co", Role.ADMIN, true, NOW, new PasswordVersion(0, null), null);
    private static final AccessTokens.Bearer BEARER = new AccessTokens.Bearer(ID, 0, null);
    private static final UUID SESSION = UUID.fromString("0874c212-40b0-4b25-9da3-a071af603050");
    private static final JsonObject HEADER =
            new JsonObject().put("alg", "HS256").put("typ", "JWT");

    private final AccessTokens access = new AccessTokens(VERTX, SETTINGS, at(NOW));
    private final RefreshTokens refresh = new RefreshTokens(VERTX, SETTINGS, at(NOW));

    @AfterAll
    static void closeVertx() {
        VERTX.close().await();
    }

    @Test
    void anAccessTokenHasTheClaimsOfTheContract() {
        String token = access.issue(USER, SESSION);
        JsonObject claims = ForgedTokens.part(token, 1);

        assertThat(ForgedTokens.part(token, 0).getString("alg")).isEqualTo("HS256");
        assertThat(ForgedTokens.part(token, 0).getString("typ")).isEqualTo("JWT");
        assertThat(UUID.fromString(claims.getString("jti"))).isNotNull();
        assertThat(claims.getMap())
                .containsEntry("sub", USER.id().toString())
                .containsEntry("user_id", USER.id().toString())
                .containsEntry("user_role", "admin")
                .containsEntry("token_type", "access")
                .containsEntry("iat", 1776852000)
                .containsEntry("exp", 1776852000 + 900)
                .containsEntry("iss", "clicknback")
                .containsEntry("session_id", SESSION.toString())
                .containsEntry("password_version", 0)
                .hasSize(10);
    }

    @Test
    void aRefreshTokenHasTheClaimsOfTheContract() {
        JsonObject claims = ForgedTokens.part(refresh.issue(USER.id()).text(), 1);

        assertThat(UUID.fromString(claims.getString("jti"))).isNotNull();
        assertThat(claims.getMap())
                .containsEntry("sub", USER.id().toString())
                .containsEntry("user_id", USER.id().toString())
                .containsEntry("token_type", "refresh")
                .containsEntry("iat", 1776852000)
                .containsEntry("exp", 1776852000 + 30 * 86400)
                .containsEntry("iss", "clicknback")
                .hasSize(7);
    }

    @Test
    void noTwoTokensAreEqual() {
        assertThat(refresh.issue(USER.id()).text())
                .isNotEqualTo(refresh.issue(USER.id()).text());
    }

    @Test
    void tellsWhoseTokenItIs() {
        assertThat(access.verify(access.issue(USER, SESSION)).await())
                .isEqualTo(new AccessTokens.Bearer(USER.id(), 0, SESSION));
        assertThat(refresh.verify(refresh.issue(USER.id()).text()).await()).isEqualTo(USER.id());
        assertThat(access.verify(ForgedTokens.sign(HEADER, accessClaims(), SECRET))
                        .await())
                .isEqualTo(BEARER);
        assertThat(access.verify(ForgedTokens.sign(HEADER.copy().put("kid", "1"), accessClaims(), SECRET))
                        .await())
                .isEqualTo(BEARER);
    }

    @Test
    void expiresToTheSecondWithoutLeeway() {
        String accessToken = access.issue(USER, SESSION);
        String refreshToken = refresh.issue(USER.id()).text();
        Instant accessEnd = Instant.parse("2026-04-22T10:15:00Z");
        Instant refreshEnd = Instant.parse("2026-05-22T10:00:00Z");

        assertThatCode(() ->
                        accessAt(accessEnd.minusMillis(1)).verify(accessToken).await())
                .doesNotThrowAnyException();
        assertRefused(
                ErrorCode.EXPIRED_TOKEN,
                () -> accessAt(accessEnd).verify(accessToken).await());
        assertThatCode(() -> refreshAt(refreshEnd.minusMillis(1))
                        .verify(refreshToken)
                        .await())
                .doesNotThrowAnyException();
        assertRefused(
                ErrorCode.EXPIRED_REFRESH_TOKEN,
                () -> refreshAt(refreshEnd).verify(refreshToken).await());
    }

    @Test
    void oneTypeOfTokenDoesNotServeAsTheOther() {
        String accessToken = access.issue(USER, SESSION);
        String refreshToken = refresh.issue(USER.id()).text();

        assertRefused(ErrorCode.INVALID_TOKEN, () -> access.verify(refreshToken).await());
        assertRefused(
                ErrorCode.INVALID_REFRESH_TOKEN,
                () -> refresh.verify(accessToken).await());
        assertRefused(
                ErrorCode.INVALID_REFRESH_TOKEN,
                () -> refreshAt(NOW.plus(Duration.ofDays(1)))
                        .verify(accessToken)
                        .await());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "x", "a.b", "a.b.c", "a.b.c.d", "{}", "e30.e30.", "e30.e30.e30", "ä.b.c"})
    void refusesWhatIsNoToken(String token) {
        assertRefused(ErrorCode.INVALID_TOKEN, () -> access.verify(token).await());
        assertRefused(
                ErrorCode.INVALID_REFRESH_TOKEN, () -> refresh.verify(token).await());
    }

    @Test
    void refusesEveryOtherSpellingOfASignature() {
        String token = access.issue(USER, SESSION);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=";

        for (char c : alphabet.toCharArray()) {
            String other = token.substring(0, token.length() - 1) + c;
            if (!other.equals(token)) {
                assertRefused(
                        ErrorCode.INVALID_TOKEN, () -> access.verify(other).await());
            }
        }
        assertRefused(ErrorCode.INVALID_TOKEN, () -> access.verify(token + "=").await());
        assertRefused(ErrorCode.INVALID_TOKEN, () -> access.verify(token + ".").await());
        assertRefused(ErrorCode.INVALID_TOKEN, () -> access.verify(token + ".x").await());
        assertRefused(ErrorCode.INVALID_TOKEN, () -> access.verify(" " + token).await());
    }

    @Test
    void refusesOtherKeysAndAlgorithms() {
        JsonObject none = new JsonObject().put("alg", "none").put("typ", "JWT");
        String unsigned = ForgedTokens.encoded(none) + "." + ForgedTokens.encoded(accessClaims()) + ".";

        assertRefused(
                ErrorCode.INVALID_TOKEN,
                () -> access.verify(ForgedTokens.sign(HEADER, accessClaims(), SECRET + "x"))
                        .await());
        assertRefused(ErrorCode.INVALID_TOKEN, () -> access.verify(unsigned).await());
        assertRefused(
                ErrorCode.INVALID_TOKEN, () -> access.verify(unsigned + "x").await());
        assertRefused(
                ErrorCode.INVALID_TOKEN,
                () -> access.verify(ForgedTokens.sign(none, accessClaims(), SECRET))
                        .await());
        assertRefused(
                ErrorCode.INVALID_TOKEN,
                () -> access.verify(ForgedTokens.sign(HEADER.copy().put("alg", "HS512"), accessClaims(), SECRET))
                        .await());
        assertRefused(
                ErrorCode.INVALID_TOKEN,
                () -> access.verify(ForgedTokens.sign(HEADER.copy().put("alg", "hs256"), accessClaims(), SECRET))
                        .await());
        assertRefused(
                ErrorCode.INVALID_TOKEN,
                () -> access.verify(ForgedTokens.sign(new JsonObject(), accessClaims(), SECRET))
                        .await());
    }

    @Test
    void refusesChangedClaims() {
        String[] parts = access.issue(USER, SESSION).split("\\.");
        String other = ForgedTokens.encoded(
                ForgedTokens.part(access.issue(USER, SESSION), 1).put("user_role", "user"));

        assertRefused(
                ErrorCode.INVALID_TOKEN,
                () -> access.verify(parts[0] + "." + other + "." + parts[2]).await());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sub", "user_id", "user_role", "token_type", "iat", "exp", "jti", "iss"})
    void refusesAMissingClaim(String name) {
        JsonObject claims = accessClaims();
        claims.remove(name);

        assertRefused(
                ErrorCode.INVALID_TOKEN,
                () -> access.verify(ForgedTokens.sign(HEADER, claims, SECRET)).await());
        assertRefused(
                ErrorCode.INVALID_TOKEN,
                () -> access.verify(ForgedTokens.sign(HEADER, claims.copy().putNull(name), SECRET))
                        .await());
    }

    @ParameterizedTest
    @CsvSource({
        "sub, '\"11111111-1111-4111-8111-111111111111\"'",
        "sub, 1",
        "user_id, '\"11111111-1111-4111-8111-111111111111\"'",
        "user_role, '\"root\"'",
        "user_role, '\"ADMIN\"'",
        "user_role, true",
        "token_type, '\"refresh\"'",
        "iss, '\"another\"'",
        "iss, '[\"clicknback\"]'",
        "iat, '\"1776852000\"'",
        "exp, '\"1776852900\"'",
        "exp, 1776852900.5",
        "jti, 1",
        "jti, '\"\"'"
    })
    void refusesAWrongClaim(String name, String json) {
        JsonObject claims = accessClaims().mergeIn(new JsonObject("{\"" + name + "\":" + json + "}"));

        assertRefused(
                ErrorCode.INVALID_TOKEN,
                () -> access.verify(ForgedTokens.sign(HEADER, claims, SECRET)).await());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"42", "B7E2C1A2-4F3A-4E2B-9C1A-8D2E3F4B5C6D", "b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6", "1-1-1-1-1"
            })
    void refusesAUserIdThatIsNone(String id) {
        JsonObject claims = accessClaims().put("sub", id).put("user_id", id);

        assertRefused(
                ErrorCode.INVALID_TOKEN,
                () -> access.verify(ForgedTokens.sign(HEADER, claims, SECRET)).await());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "\"text\"", "null", "{", "\u00ff"})
    void refusesClaimsThatAreNoObject(String claims) {
        assertRefused(
                ErrorCode.INVALID_TOKEN,
                () -> access.verify(ForgedTokens.sign(HEADER.encode(), claims, SECRET))
                        .await());
        assertRefused(
                ErrorCode.INVALID_TOKEN,
                () -> access.verify(ForgedTokens.sign(claims, accessClaims().encode(), SECRET))
                        .await());
    }

    @Test
    void farFutureAndFarPastAreNoDefects() {
        JsonObject never = accessClaims().put("exp", Long.MAX_VALUE);
        JsonObject ever = accessClaims().put("exp", Long.MIN_VALUE);

        assertThat(access.verify(ForgedTokens.sign(HEADER, never, SECRET)).await())
                .isEqualTo(BEARER);
        assertRefused(
                ErrorCode.EXPIRED_TOKEN,
                () -> access.verify(ForgedTokens.sign(HEADER, ever, SECRET)).await());
    }

    @Test
    void anIncompleteTokenIsInvalidBeforeItIsExpired() {
        JsonObject claims = accessClaims().put("exp", 1);
        claims.remove("user_role");

        assertRefused(
                ErrorCode.INVALID_TOKEN,
                () -> access.verify(ForgedTokens.sign(HEADER, claims, SECRET)).await());
    }

    @Test
    void showsNoSecretAndNoToken() {
        assertThat(SETTINGS.toString()).doesNotContain(SECRET);
        assertThat(refresh.issue(USER.id()).toString()).doesNotContain("eyJ");
        assertThat(new Auth.Tokens(USER, "eyJa", "eyJr").toString()).doesNotContain("eyJ");
        assertThat(new Auth.Refresh("eyJr").toString()).doesNotContain("eyJ");
        assertThat(new Auth.Logout("eyJr").toString()).doesNotContain("eyJ");
        assertThat(new AuthRoutes.TokenBody("eyJr").toString()).doesNotContain("eyJ");
        assertThat(new AuthRoutes.Credentials("a@b.co", "Str0ng!Pass").toString())
                .doesNotContain("Str0ng");
    }

    @Test
    void insistsOnAStrongSecret() {
        String tooShort = "ä".repeat(15) + "x";

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new AuthSettings(tooShort, Duration.ofMinutes(15), Duration.ofDays(30), Duration.ZERO))
                .withMessageNotContaining(tooShort);
        assertThatCode(() ->
                        new AuthSettings(tooShort + "y", Duration.ofMinutes(15), Duration.ofDays(30), Duration.ZERO))
                .doesNotThrowAnyException();
    }

    private static JsonObject accessClaims() {
        return new JsonObject()
                .put("sub", USER.id().toString())
                .put("user_id", USER.id().toString())
                .put("user_role", "user")
                .put("token_type", "access")
                .put("iat", NOW.getEpochSecond())
                .put("exp", NOW.getEpochSecond() + 900)
                .put("jti", "a")
                .put("iss", "clicknback");
    }

    private static AccessTokens accessAt(Instant time) {
        return new AccessTokens(VERTX, SETTINGS, at(time));
    }

    private static RefreshTokens refreshAt(Instant time) {
        return new RefreshTokens(VERTX, SETTINGS, at(time));
    }

    private static Clock at(Instant time) {
        return Clock.fixed(time, ZoneOffset.UTC);
    }

    private static void assertRefused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        DomainException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
