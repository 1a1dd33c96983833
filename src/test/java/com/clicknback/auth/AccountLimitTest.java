package com.clicknback.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The limit of wrong passwords for each account, whose senders have different addresses. */
@ExtendWith(ServiceExtension.class)
class AccountLimitTest {
    private static final int WRONG_PASSWORDS_MAX = 3;

    private final Scenario given;
    private final TestService limited;
    private int strangers;

    AccountLimitTest(TestService service, Scenario given) {
        this.given = given;
        this.limited = service.another(Map.of(
                "CLICKNBACK_RATE_LIMIT_ACCOUNT",
                Integer.toString(WRONG_PASSWORDS_MAX),
                "CLICKNBACK_HTTP_TRUSTED_PROXIES",
                "127.0.0.0/8"));
    }

    @AfterEach
    void stop() {
        limited.close();
    }

    @Test
    void limitsWrongPasswordsWhoeverSendsThem() {
        Session user = given.user();
        guessUntilLimited(user.email());

        assertLimited(login(stranger(), user.email(), Session.PASSWORD));
        assertLimited(login(stranger(), user.email().toUpperCase(Locale.ROOT), "wrong"));
        login(stranger(), given.user().email(), Session.PASSWORD).expect(200);
    }

    @Test
    void answersForAnUnknownAccountAlike() {
        Session user = given.user();
        String nobody = Scenario.unique("nobody") + "@example.com";

        assertThat(withoutTheWait(guessUntilLimited(nobody)))
                .isEqualTo(withoutTheWait(guessUntilLimited(user.email())));
    }

    /** The wait grows shorter while the passwords before it are checked. */
    private static JsonObject withoutTheWait(Reply limited) {
        JsonObject told = limited.json();
        assertThat(told.getJsonObject("error").getJsonObject("details").remove("retry_after_seconds"))
                .isNotNull();
        return told;
    }

    @Test
    void letsThoseInWhoHaveLoggedInFromTheirAddressBefore() {
        Session user = given.user();
        login("192.0.2.1", user.email(), Session.PASSWORD).expect(200);
        guessUntilLimited(user.email());

        login("192.0.2.1", user.email(), Session.PASSWORD).expect(200);
        login("192.0.2.1", user.email(), "wrong").expectError(401, "INVALID_CREDENTIALS");
        assertLimited(login("192.0.2.1", guessed(given.user()).email(), Session.PASSWORD));
    }

    @Test
    void countsNoRightPassword() {
        Session user = given.user();
        for (int i = 0; i < 2 * WRONG_PASSWORDS_MAX; i++) {
            login(stranger(), user.email(), Session.PASSWORD).expect(200);
        }
        guessUntilLimited(user.email());
    }

    @Test
    void countsGuessesThatAreSentAtOnce() {
        Session user = given.user();
        List<CompletableFuture<Reply>> guesses = IntStream.range(0, 3 * WRONG_PASSWORDS_MAX)
                .mapToObj(i -> limited.api()
                        .with("X-Forwarded-For", stranger())
                        .sendAsync("POST", "/auth/login", credentials(user.email(), "wrong")))
                .toList();

        assertThat(guesses.stream().map(guess -> guess.join().status()))
                .filteredOn(status -> status == 401)
                .hasSize(WRONG_PASSWORDS_MAX);
    }

    @Test
    void letsTheNextGuessInWhenItSaidThatItWould() {
        Session user = given.user();
        int seconds = assertLimited(guessUntilLimited(user.email()));

        limited.clock().advance(Duration.ofSeconds(seconds));

        login(stranger(), user.email(), "wrong").expectError(401, "INVALID_CREDENTIALS");
        assertLimited(login(stranger(), user.email(), "wrong"));
    }

    private Session guessed(Session user) {
        guessUntilLimited(user.email());
        return user;
    }

    private Reply guessUntilLimited(String email) {
        for (int i = 0; i < WRONG_PASSWORDS_MAX; i++) {
            login(stranger(), email, "wrong").expectError(401, "INVALID_CREDENTIALS");
        }
        Reply limitedReply = login(stranger(), email, "wrong");
        assertLimited(limitedReply);
        return limitedReply;
    }

    private static int assertLimited(Reply reply) {
        int seconds = reply.expectError(429, "RATE_LIMITED").getInteger("retry_after_seconds");
        assertThat(reply.header("Retry-After")).isEqualTo(Integer.toString(seconds));
        assertThat(seconds).isBetween(1, 60);
        return seconds;
    }

    private Reply login(String address, String email, String password) {
        return limited.api().with("X-Forwarded-For", address).post("/auth/login", credentials(email, password));
    }

    private static JsonObject credentials(String email, String password) {
        return JsonObject.of("email", email, "password", password);
    }

    /** An address that nothing has come from yet. */
    private String stranger() {
        return "198.51.100." + ++strangers;
    }
}
