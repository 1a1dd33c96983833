package com.clicknback.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sessions whose refresh token is in a cookie. */
@ExtendWith(ServiceExtension.class)
class BrowserSessionsTest {
    private static final String SESSION = "/auth/browser-session";
    private static final String REFRESH = SESSION + "/refresh";

    private final ApiClient anyPage;
    private final ApiClient ownPage;
    private final Scenario given;
    private final TestClock clock;

    BrowserSessionsTest(TestService service, Scenario given, TestClock clock) {
        this.anyPage = service.api();
        this.ownPage = service.api().with(BrowserRoutes.CSRF_HEADER, "1");
        this.given = given;
        this.clock = clock;
    }

    @Test
    void theCookieIsOutOfReachForScriptsAndForOtherSites() {
        Session user = given.user();
        Reply opened = open(user);

        assertThat(opened.json().fieldNames()).containsExactlyInAnyOrder("access_token", "token_type", "user");
        assertThat(opened.json().getJsonObject("user"))
                .isEqualTo(given.as(user).get("/users/me").expect(200).json());
        assertThat(List.of(setCookie(opened).split("; ")))
                .contains("Max-Age=2592000", "Path=/", "Secure", "HTTPOnly", "SameSite=Strict")
                .noneMatch(attribute -> attribute.startsWith("Domain"));
        assertThat(setCookie(opened)).startsWith("__Host-");
    }

    @Test
    void anAccessTokenOfThePageCallsOperations() {
        Session user = given.user();
        String token = open(user).json().getString("access_token");

        JsonObject me = anyPage.withToken(token).get("/users/me").expect(200).json();

        assertThat(me.getString("id")).isEqualTo(user.userId().toString());
    }

    @Test
    void eachRefreshSpendsTheCookieForANewOne() {
        String first = cookie(open(given.user()));
        Reply refreshed = withCookie(first).post(REFRESH).expect(200);
        clock.advance(Duration.ofMinutes(1));

        assertThat(cookie(refreshed)).isNotEqualTo(first);
        withCookie(first).post(REFRESH).expectError(401, "TOKEN_REVOKED");
        withCookie(cookie(refreshed)).post(REFRESH).expectError(401, "TOKEN_REVOKED");
    }

    @Test
    void signingOutEndsTheSessionAndClearsTheCookie() {
        String session = cookie(open(given.user()));

        Reply closed = withCookie(session).delete(SESSION).expect(204);

        assertThat(setCookie(closed)).contains("Max-Age=0");
        withCookie(session).post(REFRESH).expectError(401, "TOKEN_REVOKED");
    }

    @Test
    void withoutACookieThereIsNothingToContinue() {
        ownPage.post(REFRESH).expectError(401, "INVALID_REFRESH_TOKEN");
        withCookie("").post(REFRESH).expectError(401, "INVALID_REFRESH_TOKEN");
        withCookie("rubbish").post(REFRESH).expectError(401, "INVALID_REFRESH_TOKEN");
        ownPage.with("Cookie", "another=1; __Host-clicknback-session")
                .post(REFRESH)
                .expectError(401, "INVALID_REFRESH_TOKEN");
        ownPage.delete(SESSION).expect(204);
    }

    @Test
    void aPageOfAnotherOriginCannotUseTheCookie() {
        Session user = given.user();
        String session = cookie(open(user));
        List<Function<ApiClient, Reply>> calls = List.of(
                client -> client.post(SESSION, credentials(user)),
                client -> client.post(REFRESH),
                client -> client.delete(SESSION));

        for (Function<ApiClient, Reply> call : calls) {
            for (ApiClient foreign : List.of(anyPage, anyPage.with(BrowserRoutes.CSRF_HEADER, "0"))) {
                assertThat(call.apply(foreign.with("Cookie", "__Host-clicknback-session=" + session))
                                .expectViolations(422))
                        .containsExactly(BrowserRoutes.CSRF_HEADER);
            }
        }
        withCookie(session).post(REFRESH).expect(200);
    }

    /** A page of a sibling domain may set cookies for this one, but none whose name begins with __Host-. */
    @Test
    void aCookieThatOnlyResemblesTheSessionIsNotIt() {
        String foreign = cookie(open(given.user()));
        String own = cookie(open(given.user()));
        String name = "__Host-clicknback-session";

        for (String tossed : List.of(",", ",,", "$Version=1,", "$Version=1; ,")) {
            ownPage.with("Cookie", "theme=dark; " + tossed + name + "=" + foreign)
                    .post(REFRESH)
                    .expectError(401, "INVALID_REFRESH_TOKEN");
        }
        for (String tossed : List.of("," + name, name.toLowerCase(Locale.ROOT), name + " ", "\"" + name)) {
            ownPage.with("Cookie", tossed + "=" + foreign + "; " + name + "=" + own)
                    .delete(SESSION)
                    .expect(204);
            withCookie(own).post(REFRESH).expectError(401, "TOKEN_REVOKED");
            own = cookie(open(given.user()));
        }
        ownPage.with("Cookie", name + "=" + foreign + "; " + name + "=" + own)
                .post(REFRESH)
                .expectError(401, "INVALID_REFRESH_TOKEN");
        withCookie(foreign).post(REFRESH).expect(200);
    }

    private Reply open(Session user) {
        return ownPage.post(SESSION, credentials(user)).expect(200);
    }

    private static JsonObject credentials(Session user) {
        return JsonObject.of("email", user.email(), "password", Session.PASSWORD);
    }

    private ApiClient withCookie(String token) {
        return ownPage.with("Cookie", "theme=dark; __Host-clicknback-session=" + token);
    }

    private static String cookie(Reply reply) {
        String cookie = setCookie(reply);
        return cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
    }

    private static String setCookie(Reply reply) {
        String cookie = reply.header("Set-Cookie");
        assertThat(cookie).isNotNull();
        return cookie;
    }
}
