package com.clicknback.auth;

import static com.clicknback.auth.RefreshCalls.LOGOUT;
import static com.clicknback.auth.RefreshCalls.REFRESH;
import static com.clicknback.auth.RefreshCalls.assertInvalid;
import static com.clicknback.auth.RefreshCalls.assertRevoked;
import static com.clicknback.auth.RefreshCalls.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.TestConfig;
import com.clicknback.platform.clock.TimeOrderedIds;
import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestService;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(ServiceExtension.class)
class SessionsTest {
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final TestService service;
    private final ApiClient api;
    private final Scenario given;
    private final Sql sql;
    private final TestClock clock;

    SessionsTest(TestService service, Scenario given, Sql sql, TestClock clock) {
        this.service = service;
        this.api = service.api();
        this.given = given;
        this.sql = sql;
        this.clock = clock;
    }

    @Test
    void aRefreshGivesNewTokensWithAFullLifetime() {
        Session user = given.user();
        clock.advance(Duration.ofDays(1));

        JsonObject tokens = refresh(user.refreshToken()).expect(200).json();

        JsonObject claims = ForgedTokens.claims(tokens.getString("refresh_token"));
        assertThat(tokens.getString("token_type")).isEqualTo("bearer");
        assertThat(claims.getLong("exp") - clock.instant().getEpochSecond())
                .isBetween(
                        Duration.ofDays(30).toSeconds() - 60,
                        Duration.ofDays(30).toSeconds());
        api.withToken(tokens.getString("access_token")).get("/users/me").expect(200);
        refresh(tokens.getString("refresh_token")).expect(200);
    }

    @Test
    void storesOnlyTheHashOfARefreshToken() throws NoSuchAlgorithmException {
        Session user = given.user();
        byte[] hash =
                MessageDigest.getInstance("SHA-256").digest(user.refreshToken().getBytes(StandardCharsets.UTF_8));

        assertThat(sql.count("""
                        SELECT count(*) FROM refresh_tokens t JOIN token_families f ON f.id = t.family_id
                        WHERE t.token_hash = ? AND f.user_id = ?
                        """, hash, user.userId())).isEqualTo(1);
    }

    @Test
    void aSecondUseRevokesTheWholeFamilyAndNoOther() {
        Session user = given.user();
        Session elsewhere = given.login(user.userId(), user.email());
        String second = refreshed(user.refreshToken());
        String third = refreshed(second);
        clock.advance(GRACE);

        assertRevoked(refresh(user.refreshToken()));

        assertRevoked(refresh(third));
        assertRevoked(refresh(second));
        refresh(elsewhere.refreshToken()).expect(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8})
    void simultaneousUsesAllGetTheOneSuccessor(int uses) {
        Session user = given.user();
        List<String> successors = simultaneously(uses, user.refreshToken());

        assertThat(successors).hasSize(uses).containsOnly(successors.get(0)).doesNotContain(user.refreshToken());
        assertThat(liveTokensOf(user)).isEqualTo(1);
        refresh(successors.get(0)).expect(200);
    }

    private List<String> simultaneously(int uses, String refreshToken) {
        return IntStream.range(0, uses)
                .mapToObj(i -> api.sendAsync("POST", REFRESH, token(refreshToken)))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .map(reply -> reply.expect(200).json().getString("refresh_token"))
                .toList();
    }

    @Test
    void inItsGraceASpentTokenYieldsTheCurrentOneHoweverFarTheSessionHasGone() {
        Session user = given.user();
        String second = refreshed(user.refreshToken());
        String third = refreshed(second);

        assertThat(refreshed(user.refreshToken())).isEqualTo(third);
        assertThat(refreshed(second)).isEqualTo(third);
        api.withToken(refresh(second).json().getString("access_token"))
                .get("/users/me")
                .expect(200);

        clock.advance(GRACE);
        String fourth = refreshed(third);
        assertRevoked(refresh(second));
        assertRevoked(refresh(fourth));
    }

    /** As after a time in which the database's clock was ahead: else there would be a grace until that time has come. */
    @Test
    void aTokenThatWasSpentInTheFutureHasNoGrace() {
        Session user = given.user();
        refreshed(user.refreshToken());
        sql.execute("""
                UPDATE refresh_tokens SET rotated_at = rotated_at + interval '1 day'
                WHERE rotated_at IS NOT NULL AND family_id IN (SELECT id FROM token_families WHERE user_id = ?)
                """, user.userId());

        assertRevoked(refresh(user.refreshToken()));
    }

    @Test
    void theGraceEndsWithTheSession() {
        Session user = given.user();
        String second = refreshed(user.refreshToken());
        logout(second).expect(204);

        assertRevoked(refresh(user.refreshToken()));
    }

    @Test
    void withoutAGraceOneOfSimultaneousUsesWinsAndTheFamilyIsRevoked() {
        try (TestService strict = service.another(Map.of("CLICKNBACK_TOKEN_REFRESH_GRACE_SECONDS", "0"))) {
            Session user = given.user();
            List<Reply> replies = IntStream.range(0, 4)
                    .mapToObj(i -> strict.api().sendAsync("POST", REFRESH, token(user.refreshToken())))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();

            List<Reply> winners =
                    replies.stream().filter(reply -> reply.status() == 200).toList();
            assertThat(winners).hasSize(1);
            replies.stream().filter(reply -> reply.status() != 200).forEach(RefreshCalls::assertRevoked);
            assertRevoked(refresh(winners.get(0).json().getString("refresh_token")));
        }
    }

    @Test
    void deactivationEndsEverySessionForGood() {
        Session user = given.user();
        Session elsewhere = given.login(user.userId(), user.email());
        sql.execute("UPDATE users SET active = false WHERE id = ?", user.userId());

        Reply refused = refresh(user.refreshToken());
        assertThat(refused.expectError(401, "USER_INACTIVE"))
                .isEqualTo(JsonObject.of("user_id", user.userId().toString()));
        assertThat(refused.header("WWW-Authenticate")).isNull();
        api.as(user).get("/users/me").expectError(401, "USER_INACTIVE");

        sql.execute("UPDATE users SET active = true WHERE id = ?", user.userId());
        assertRevoked(refresh(user.refreshToken()));
        assertRevoked(refresh(elsewhere.refreshToken()));
        refresh(given.login(user.userId(), user.email()).refreshToken()).expect(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "rubbish", "a.b.c"})
    void refusesToRefreshWhatIsNoToken(String text) {
        assertInvalid(refresh(text));
    }

    @Test
    void refusesToRefreshWithForgedTokens() {
        Session user = given.user();
        JsonObject claims = ForgedTokens.claims(user.refreshToken());
        JsonObject other = claims.copy().put("iss", "another");

        assertInvalid(refresh(user.accessToken()));
        assertInvalid(refresh(user.refreshToken() + "="));
        assertInvalid(refresh(ForgedTokens.sign(ForgedTokens.HEADER, claims, "another key, 32 bytes or more of it")));
        assertInvalid(refresh(ForgedTokens.sign(JsonObject.of("alg", "none"), claims, TestConfig.JWT_SECRET)));
        assertInvalid(refresh(ForgedTokens.sign(ForgedTokens.HEADER, other, TestConfig.JWT_SECRET)));
        refresh(user.refreshToken()).expect(200);
    }

    @Test
    void refusesASignedTokenThatIsNotStored() {
        Session user = given.user();
        JsonObject claims = ForgedTokens.claims(user.refreshToken());
        String again = ForgedTokens.sign(
                ForgedTokens.HEADER, claims.put("jti", UUID.randomUUID().toString()), TestConfig.JWT_SECRET);

        assertInvalid(refresh(again));
        refresh(user.refreshToken()).expect(200);
    }

    @Test
    void refusesTheTokenOfAUserWhoIsGone() {
        Session user = given.user();
        sql.execute("DELETE FROM users WHERE id = ?", user.userId());

        assertInvalid(refresh(user.refreshToken()));
    }

    @Test
    void anExpiredTokenIsExpiredWhateverElseBecameOfIt() {
        Session user = given.user();
        Session loggedOut = given.user();
        String second = refreshed(user.refreshToken());
        logout(loggedOut.refreshToken()).expect(204);
        clock.advance(Duration.ofDays(30));

        for (String expired : List.of(user.refreshToken(), second, loggedOut.refreshToken())) {
            Reply refused = refresh(expired);
            assertThat(refused.expectError(401, "EXPIRED_REFRESH_TOKEN")).isEmpty();
            assertThat(refused.header("WWW-Authenticate")).isNull();
        }
    }

    @Test
    void clearsAwayExpiredSessionsAndNoOthers() {
        Session expired = given.user();
        Session continued = given.user();
        clock.advance(Duration.ofDays(29));
        String live = refreshed(continued.refreshToken());
        clock.advance(Duration.ofDays(1));

        clearAway();

        assertThat(tokensOf(expired)).isZero();
        assertThat(familiesOf(expired)).isZero();
        assertThat(tokensOf(continued)).isEqualTo(1);
        assertThat(familiesOf(continued)).isEqualTo(1);
        refresh(live).expect(200);
        refresh(expired.refreshToken()).expectError(401, "EXPIRED_REFRESH_TOKEN");
    }

    /** In the smallest steps, as the verticle does in larger ones. */
    private void clearAway() {
        AuthSettings settings =
                new AuthSettings(TestConfig.JWT_SECRET, Duration.ofMinutes(15), Duration.ofDays(30), GRACE);
        Vertx vertx = Vertx.vertx();
        Sessions sessions = new Sessions(
                vertx, service.app().bus(), service.app().database(), new TimeOrderedIds(clock), clock, settings);
        int deleted;
        do {
            deleted = TestService.await(sessions.purge(3));
            assertThat(deleted).isLessThanOrEqualTo(3);
        } while (deleted > 0);
        vertx.close().await();
    }

    private long tokensOf(Session user) {
        return sql.count("""
                SELECT count(*) FROM refresh_tokens t JOIN token_families f ON f.id = t.family_id WHERE f.user_id = ?
                """, user.userId());
    }

    private long liveTokensOf(Session user) {
        return sql.count("""
                SELECT count(*) FROM refresh_tokens t JOIN token_families f ON f.id = t.family_id
                WHERE f.user_id = ? AND t.rotated_at IS NULL AND f.revoked_at IS NULL
                """, user.userId());
    }

    private long familiesOf(Session user) {
        return sql.count("SELECT count(*) FROM token_families WHERE user_id = ?", user.userId());
    }

    private Reply refresh(String refreshToken) {
        return api.post(REFRESH, token(refreshToken));
    }

    private String refreshed(String refreshToken) {
        return refresh(refreshToken).expect(200).json().getString("refresh_token");
    }

    private Reply logout(String refreshToken) {
        return api.post(LOGOUT, token(refreshToken));
    }
}
