package com.clicknback.users;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestClock;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(ServiceExtension.class)
class UserRoutesTest {
    private final ApiClient api;
    private final Scenario given;
    private final Sql sql;
    private final TestClock clock;

    UserRoutesTest(ApiClient api, Scenario given, Sql sql, TestClock clock) {
        this.api = api;
        this.given = given;
        this.sql = sql;
        this.clock = clock;
    }

    @Test
    void registersAnActiveUser() {
        String local = Scenario.unique("Alice");
        Instant before = clock.instant();

        JsonObject user = register(local + "@EXAMPLE.com").expect(201).json();

        assertThat(user.fieldNames())
                .containsExactlyInAnyOrder("email", "active", "id", "role", "created_at", "erased_at");
        assertThat(user.getString("email")).isEqualTo(local + "@example.com");
        assertThat(user.getBoolean("active")).isTrue();
        assertThat(user.getString("role")).isEqualTo("user");
        assertThat(Instant.parse(user.getString("created_at")))
                .isBetween(before.minus(Duration.ofMillis(1)), clock.instant());
    }

    @Test
    void keepsOnlyAHashOfThePassword() {
        String email = freshEmail();
        register(email).expect(201);

        assertThat(sql.<String>value("SELECT password_hash FROM users WHERE email = ?", email))
                .startsWith("$argon2id$")
                .doesNotContain(Session.PASSWORD);
    }

    @Test
    void recordsTheRegistrationAsTheUsersOwnDeed() {
        String requestId = Scenario.unique("request");
        JsonObject user = api.with("X-Request-Id", requestId)
                .post("/users", credentials(freshEmail(), Session.PASSWORD))
                .expect(201)
                .json();

        List<Map<String, Object>> rows = sql.rows(
                "SELECT action, actor_type, actor_id, resource_type, details::text, outcome, cause FROM audit_log"
                        + " WHERE resource_id = ?",
                user.getString("id"));
        assertThat(rows)
                .containsExactly(Map.of(
                        "action",
                        "USER_REGISTERED",
                        "actor_type",
                        "user",
                        "actor_id",
                        UUID.fromString(user.getString("id")),
                        "resource_type",
                        "user",
                        "details",
                        "{\"role\": \"user\"}",
                        "outcome",
                        "success",
                        "cause",
                        requestId));
    }

    @Test
    void showsTheCallerTheirAccount() {
        String email = freshEmail();
        JsonObject registered = register(email).expect(201).json();
        Session session = given.login(UUID.fromString(registered.getString("id")), email);

        assertThat(api.as(session).get("/users/me").expect(200).json()).isEqualTo(registered);
        assertThat(api.as(session).get("/users/me/").expect(200).json()).isEqualTo(registered);
    }

    @ParameterizedTest
    @ValueSource(strings = {"  %s\t", "Alice <%s>", "\"Smith, Alice\" <%s>"})
    void reducesWhatIsTypedToTheAddress(String form) {
        String email = freshEmail();

        assertThat(register(form.formatted(email)).expect(201).json().getString("email"))
                .isEqualTo(email);
    }

    @Test
    void takesAddressesInEveryScript() {
        String local = Scenario.unique("用户");

        assertThat(register(local + "@XN--FSQU00A.xn--0zwm56d")
                        .expect(201)
                        .json()
                        .getString("email"))
                .isEqualTo(local + "@例子.测试");
    }

    @Test
    void ignoresTheWishToBeInactiveOrAdministrator() {
        JsonObject wish = credentials(freshEmail(), Session.PASSWORD)
                .put("active", false)
                .put("role", "admin")
                .put("id", UUID.randomUUID().toString());

        JsonObject user = api.post("/users", wish).expect(201).json();

        assertThat(user.getBoolean("active")).isTrue();
        assertThat(user.getString("role")).isEqualTo("user");
        assertThat(user.getString("id")).isNotEqualTo(wish.getString("id"));
    }

    @Test
    void ignoresAnyAuthorizationHeader() {
        api.withToken("rubbish")
                .post("/users", credentials(freshEmail(), Session.PASSWORD))
                .expect(201);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"email\":\"\",\"password\":\"\"}; email",
                "{\"email\":\"a@b.test\",\"password\":\"weak\"}; email",
                "{\"email\":\"a@b.co\",\"password\":\"weak\",\"active\":1}; active"
            })
    void judgesTheAddressBeforeThePassword(String body, String fields) {
        assertThat(api.post("/users", body).expectViolations(422)).containsExactly(fields.split(","));
    }

    @Test
    void limitsTheLengthOfBothMembers() {
        String domain = "@" + Scenario.unique("d") + ".co";
        String longest = "a".repeat(254 - domain.length()) + domain;

        assertThat(register("a" + longest).expectViolations(422)).containsExactly("email");
        assertThat(api.post("/users", credentials(longest, "Aa1!" + "ä".repeat(125)))
                        .expectViolations(422))
                .containsExactly("password");
        assertThat(api.post("/users", credentials(longest, "Aa1!" + "😀".repeat(124)))
                        .expect(201)
                        .json()
                        .getString("email"))
                .isEqualTo(longest);
    }

    @Test
    void refusesASimplePasswordBeforeItLooksAtTheAddress() {
        String email = freshEmail();
        register(email).expect(201);

        JsonObject details =
                api.post("/users", credentials(email, "weak")).expectError(400, "PASSWORD_NOT_COMPLEX_ENOUGH");

        assertThat(details.getJsonArray("violations"))
                .hasSize(4)
                .allSatisfy(violation ->
                        assertThat(((JsonObject) violation).getString("field")).isEqualTo("password"));
    }

    @Test
    void refusesARegisteredAddressInAnyCase() {
        String local = Scenario.unique("Émile");
        register(local + "@Example.com").expect(201);
        String other = local.toUpperCase(Locale.ROOT);

        Reply refused = register(" " + other + "@EXAMPLE.COM ");

        assertThat(refused.expectError(409, "EMAIL_ALREADY_REGISTERED"))
                .isEqualTo(JsonObject.of("email", other + "@example.com"));
        assertThat(refused.json().getJsonObject("error").getString("message")).contains(other + "@example.com");
    }

    @Test
    void ofFiftySimultaneousRegistrationsOneWins() {
        String local = Scenario.unique("race");
        List<CompletableFuture<Reply>> sent = IntStream.range(0, 50)
                .mapToObj(i -> (i % 2 == 0 ? local : local.toUpperCase(Locale.ROOT)) + "@example.com")
                .map(email -> api.sendAsync("POST", "/users", credentials(email, Session.PASSWORD)))
                .toList();

        Map<Integer, List<Reply>> byStatus =
                sent.stream().map(CompletableFuture::join).collect(Collectors.groupingBy(Reply::status));

        assertThat(byStatus.keySet()).containsExactlyInAnyOrder(201, 409);
        assertThat(byStatus.get(201)).hasSize(1);
        byStatus.get(409).forEach(loser -> loser.expectError(409, "EMAIL_ALREADY_REGISTERED"));
        assertThat(sql.<UUID>column("SELECT id FROM users WHERE email_key = ?", local + "@example.com"))
                .singleElement()
                .satisfies(id -> assertThat(
                                sql.count("SELECT count(*) FROM audit_log WHERE resource_id = ?", id.toString()))
                        .isEqualTo(1));
    }

    private Reply register(String email) {
        return api.post("/users", credentials(email, Session.PASSWORD));
    }

    private static String freshEmail() {
        return Scenario.unique("user") + "@example.com";
    }

    private static JsonObject credentials(String email, String password) {
        return JsonObject.of("email", email, "password", password);
    }
}
