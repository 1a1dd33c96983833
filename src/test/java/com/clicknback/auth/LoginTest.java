package com.clicknback.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.TestConfig;
import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(ServiceExtension.class)
class LoginTest {
    /** The hash of "Str0ng!Pass". */
    private static final String BCRYPT = "$2b$10$GAwAjGi9DaPe4/Avmf6zX.EwCwyhh5enY4NvpPwZoCtk3Ai8uJTMm";

    private final ApiClient api;
    private final Scenario given;
    private final Sql sql;
    private final TestClock clock;
    private final TestService service;

    LoginTest(TestService service, Scenario given, Sql sql, TestClock clock) {
        this.service = service;
        this.api = service.api();
        this.given = given;
        this.sql = sql;
        this.clock = clock;
    }

    @Test
    void givesTokensWithTheClaimsOfTheContract() {
        Session user = given.user();
        long now = clock.instant().getEpochSecond();

        JsonObject tokens = login(user.email(), Session.PASSWORD).expect(200).json();

        JsonObject access = ForgedTokens.claims(tokens.getString("access_token"));
        JsonObject refresh = ForgedTokens.claims(tokens.getString("refresh_token"));
        assertThat(tokens.fieldNames()).containsExactlyInAnyOrder("access_token", "refresh_token", "token_type");
        assertThat(tokens.getString("token_type")).isEqualTo("bearer");
        assertThat(access.getString("sub")).isEqualTo(user.userId().toString());
        assertThat(access.getString("user_role")).isEqualTo("user");
        assertThat(access.getLong("iat")).isBetween(now, now + 60);
        assertThat(access.getLong("exp") - access.getLong("iat")).isEqualTo(15 * 60);
        assertThat(refresh.getString("sub")).isEqualTo(user.userId().toString());
        assertThat(refresh.getLong("exp") - refresh.getLong("iat")).isEqualTo(30 * 24 * 60 * 60);
    }

    @Test
    void anotherImplementationCanVerifyTheSignature() {
        String token = given.user().accessToken();
        String content = token.substring(0, token.lastIndexOf('.'));
        String[] parts = content.split("\\.");

        String again = ForgedTokens.sign(
                ForgedTokens.part(token, 0).encode(),
                ForgedTokens.part(token, 1).encode(),
                TestConfig.JWT_SECRET);

        assertThat(parts).hasSize(2);
        assertThat(again).isEqualTo(token);
    }

    @Test
    void comparesTheAddressIgnoringCaseAndDressing() {
        Session user = given.user();
        String upper = user.email().toUpperCase(Locale.ROOT);

        login(upper, Session.PASSWORD).expect(200);
        login("  Somebody <" + upper + "> ", Session.PASSWORD).expect(200);
    }

    @Test
    void refusesAnUnknownAddressAndAWrongPasswordAlike() {
        Session user = given.user();

        Reply wrongPassword = login(user.email(), "str0ng!pass");
        Reply unknownAddress = login(Scenario.unique("nobody") + "@example.com", Session.PASSWORD);

        for (Reply refused : List.of(wrongPassword, unknownAddress, login(user.email(), ""))) {
            assertThat(refused.expectError(401, "INVALID_CREDENTIALS")).isEmpty();
            assertThat(refused.header("WWW-Authenticate")).isNull();
        }
        assertThat(unknownAddress.text()).isEqualTo(wrongPassword.text());
    }

    @Test
    void countsAttemptsByTheirOutcome() {
        Session user = given.user();
        double succeeded = logins("succeeded");
        double wrong = logins("wrong_credentials");
        double inactive = logins("user_inactive");

        login(user.email(), Session.PASSWORD).expect(200);
        login(user.email(), "str0ng!pass").expect(401);
        login(Scenario.unique("nobody") + "@example.com", Session.PASSWORD).expect(401);
        service.sql().execute("UPDATE users SET active = false WHERE id = ?", user.userId());
        login(user.email(), Session.PASSWORD).expectError(401, "USER_INACTIVE");

        assertThat(logins("succeeded")).isEqualTo(succeeded + 1);
        assertThat(logins("wrong_credentials")).isEqualTo(wrong + 2);
        assertThat(logins("user_inactive")).isEqualTo(inactive + 1);
    }

    private double logins(String outcome) {
        return service.measured("clicknback_logins_total{outcome=\"" + outcome + "\"}");
    }

    @Test
    void takesAsLongForAnUnknownAddressAsForAWrongPassword() {
        Session user = given.user();
        String nobody = Scenario.unique("nobody") + "@example.com";
        List<Long> known = new ArrayList<>();
        List<Long> unknown = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            known.add(timeOfRefusalNs(user.email()));
            unknown.add(timeOfRefusalNs(nobody));
        }

        // The fastest of each is the least disturbed. A look-up without hashing would be tens of times faster.
        assertThat((double) Collections.min(unknown) / Collections.min(known)).isBetween(0.4, 2.5);
    }

    private long timeOfRefusalNs(String email) {
        long start = System.nanoTime();
        login(email, "wrong").expectError(401, "INVALID_CREDENTIALS");
        return System.nanoTime() - start;
    }

    @Test
    void tellsAnInactiveUserSoOnlyForTheRightPassword() {
        Session user = given.user();
        sql.execute("UPDATE users SET active = false WHERE id = ?", user.userId());

        login(user.email(), "wrong").expectError(401, "INVALID_CREDENTIALS");
        Reply inactive = login(user.email(), Session.PASSWORD);

        assertThat(inactive.expectError(401, "USER_INACTIVE"))
                .isEqualTo(JsonObject.of("user_id", user.userId().toString()));
        assertThat(inactive.header("WWW-Authenticate")).isNull();
    }

    @Test
    void countsEveryCharacterOfALongPassword() {
        String email = Scenario.unique("long") + "@example.com";
        String password = "Aa1!" + "ä".repeat(123) + "x";
        api.post("/users", JsonObject.of("email", email, "password", password)).expect(201);

        login(email, password).expect(200);
        login(email, password.substring(0, 127) + "y").expectError(401, "INVALID_CREDENTIALS");
        login(email, password.substring(0, 127)).expectError(401, "INVALID_CREDENTIALS");
    }

    @Test
    void verifiesAnOlderHashAndRenewsItWithTheFirstLogin() {
        Session user = given.user();
        sql.execute("UPDATE users SET password_hash = ? WHERE id = ?", BCRYPT, user.userId());

        login(user.email(), "wrong").expectError(401, "INVALID_CREDENTIALS");
        assertThat(hashOf(user)).isEqualTo(BCRYPT);

        login(user.email(), Session.PASSWORD).expect(200);
        String renewed = hashOf(user);
        assertThat(renewed).startsWith("$argon2id$");

        login(user.email(), Session.PASSWORD).expect(200);
        assertThat(hashOf(user)).isEqualTo(renewed);
    }

    private String hashOf(Session user) {
        return sql.value("SELECT password_hash FROM users WHERE id = ?", user.userId());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"email\":\"nobody\",\"password\":true}; email,password",
                "{\"email\":\"a@[127.0.0.1]\",\"password\":\"\"}; email"
            })
    void refusesWhatIsNoAddress(String body, String fields) {
        assertThat(api.post("/auth/login", body).expectViolations(422)).containsExactly(fields.split(","));
    }

    @Test
    void limitsTheLengthOfBothMembers() {
        assertThat(login("a".repeat(250) + "@b.co", "x".repeat(129)).expectViolations(422))
                .containsExactly("email", "password");
        login("a".repeat(249) + "@b.co", "x".repeat(128)).expectError(401, "INVALID_CREDENTIALS");
    }

    @Test
    void limitsEachClientAddress() {
        Map<String, String> limits = Map.of(
                "CLICKNBACK_RATE_LIMIT_LOGIN", "2",
                "CLICKNBACK_RATE_LIMIT_REGISTRATION", "1",
                "CLICKNBACK_RATE_LIMIT_REFRESH", "3");
        try (TestService limited = service.another(limits)) {
            ApiClient client = limited.api();
            assertLimited(client, "/auth/login", 2, 422);
            assertLimited(client, "/users", 1, 422);
            client.post("/auth/refresh", "{}").expect(422);
            assertLimited(client, "/auth/logout", 2, 422);
            client.post("/auth/refresh", "{}").expectError(429, "RATE_LIMITED");
        }
    }

    private static void assertLimited(ApiClient client, String path, int times, int status) {
        for (int i = 0; i < times; i++) {
            client.post(path, "{}").expect(status);
        }
        Reply refused = client.post(path, "{}");
        int retryAfter = refused.expectError(429, "RATE_LIMITED").getInteger("retry_after_seconds");
        assertThat(retryAfter).isBetween(1, 60);
        assertThat(refused.header("Retry-After")).isEqualTo(Integer.toString(retryAfter));
    }

    private Reply login(String email, String password) {
        return api.post("/auth/login", JsonObject.of("email", email, "password", password));
    }
}
