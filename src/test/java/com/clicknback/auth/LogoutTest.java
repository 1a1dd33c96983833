package com.clicknback.auth;

import static com.clicknback.auth.RefreshCalls.LOGOUT;
import static com.clicknback.auth.RefreshCalls.REFRESH;
import static com.clicknback.auth.RefreshCalls.assertInvalid;
import static com.clicknback.auth.RefreshCalls.assertRevoked;
import static com.clicknback.auth.RefreshCalls.token;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestService;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(ServiceExtension.class)
class LogoutTest {
    private final TestService service;
    private final ApiClient api;
    private final Scenario given;
    private final TestClock clock;

    LogoutTest(TestService service, Scenario given, TestClock clock) {
        this.service = service;
        this.api = service.api();
        this.given = given;
        this.clock = clock;
    }

    @Test
    void logoutEndsTheSessionAsOftenAsItIsAsked() {
        Session user = given.user();
        Session elsewhere = given.login(user.userId(), user.email());

        logout(user.refreshToken()).expect(204);
        logout(user.refreshToken()).expect(204);

        assertRevoked(refresh(user.refreshToken()));
        refresh(elsewhere.refreshToken()).expect(200);
        api.as(user).get("/users/me").expect(200);
    }

    @Test
    void logoutWithASpentTokenEndsTheSessionToo() {
        Session user = given.user();
        String second = refreshed(user.refreshToken());

        logout(user.refreshToken()).expect(204);

        assertRevoked(refresh(second));
    }

    @Test
    void logoutWithAnExpiredTokenEndsTheSessionToo() {
        Session user = given.user();
        clock.advance(Duration.ofDays(29));
        String second = refreshed(user.refreshToken());
        clock.advance(Duration.ofDays(1));

        logout(user.refreshToken()).expect(204);

        assertRevoked(refresh(second));
    }

    /** Processes are restarted one after the other when the key changes. */
    @Test
    void aProcessWithAnotherKeyContinuesNoSessionButEndsIt() {
        Session kept = given.user();
        Session user = given.user();
        Session renewed = given.user();
        String second = refreshed(renewed.refreshToken());

        try (TestService other =
                service.another(Map.of("CLICKNBACK_JWT_SECRET", "another secret of 32 bytes or more"))) {
            assertInvalid(other.api().post(REFRESH, token(kept.refreshToken())));
            other.api().as(kept).get("/users/me").expectError(401, "INVALID_TOKEN");
            other.api().post(LOGOUT, token(user.refreshToken())).expect(204);
            other.api().post(LOGOUT, token(renewed.refreshToken())).expect(204);
        }

        refresh(kept.refreshToken()).expect(200);
        assertRevoked(refresh(user.refreshToken()));
        assertRevoked(refresh(second));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "rubbish", "a.b.c", "ä\uD83D\uDE00"})
    void logoutAcceptsAnyString(String text) {
        logout(text).expect(204);
        logout(text + "x".repeat(4096 - text.codePointCount(0, text.length()))).expect(204);
    }

    @Test
    void aRefreshThatRacesALogoutLeavesNoLiveSession() {
        for (int round = 0; round < 10; round++) {
            Session user = given.user();
            CompletableFuture<Reply> refreshing = api.sendAsync("POST", REFRESH, token(user.refreshToken()));
            CompletableFuture<Reply> leaving = api.sendAsync("POST", LOGOUT, token(user.refreshToken()));

            leaving.join().expect(204);
            Reply refreshed = refreshing.join();
            if (refreshed.status() == 200) {
                assertRevoked(refresh(refreshed.json().getString("refresh_token")));
            } else {
                assertRevoked(refreshed);
            }
        }
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
