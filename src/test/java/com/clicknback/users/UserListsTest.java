package com.clicknback.users;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users and what belongs to them, as administrators see it. */
@ExtendWith(ServiceExtension.class)
class UserListsTest {
    private final ApiClient api;
    private final Scenario given;
    private final Sql sql;

    UserListsTest(ApiClient api, Scenario given, Sql sql) {
        this.api = api;
        this.given = given;
        this.sql = sql;
    }

    @Test
    void listsTheNewestFirstPageByPage() {
        String prefix = Scenario.unique("Listed");
        List<String> emails = List.of(prefix + ".a@example.com", prefix + ".b@example.com", prefix + ".c@example.com");
        emails.forEach(this::register);
        String list = "/users?limit=2&email=" + prefix.toUpperCase(Locale.ROOT);

        JsonObject first = given.asAdmin().get(list).expect(200).json();
        JsonObject pagination = first.getJsonObject("pagination");
        JsonObject second = given.asAdmin()
                .get(list + "&cursor=" + pagination.getString("next_cursor"))
                .expect(200)
                .json();

        assertThat(pagination.getInteger("total")).isEqualTo(3);
        assertThat(emails(first)).containsExactly(emails.get(2), emails.get(1));
        assertThat(emails(second)).containsExactly(emails.get(0));
    }

    @Test
    void filtersByIdRoleAndActivity() {
        UUID user = register(Scenario.unique("filtered") + "@example.com");
        String list = "/users?id=" + user;

        assertThat(emails(list + "&role=user&active=true")).hasSize(1);
        assertThat(emails(list + "&role=admin")).isEmpty();
        assertThat(emails(list + "&active=false")).isEmpty();
        sql.execute("UPDATE users SET role = 'admin', active = false WHERE id = ?", user);
        assertThat(emails(list + "&role=admin&active=false")).hasSize(1);
        assertThat(emails("/users?email=%25")).isEmpty();
    }

    @Test
    void refusesFiltersThatAreNone() {
        given.asAdmin().get("/users?role=root").expectError(422, "VALIDATION_ERROR");
        given.asAdmin().get("/users?id=42").expectError(422, "VALIDATION_ERROR");
        given.asAdmin().get("/users?email=").expectError(422, "VALIDATION_ERROR");
        given.asAdmin().get("/users?active=yes").expectError(422, "VALIDATION_ERROR");
    }

    @Test
    void showsAUserAsTheUserIsShown() {
        Session user = given.user();

        assertThat(given.asAdmin().get("/users/" + user.userId()).expect(200).json())
                .isEqualTo(api.as(user).get("/users/me").expect(200).json());
    }

    @Test
    void showsPurchasesAndPayoutsOfThatUserOnly() {
        Session user = given.payouts().userWith("30.00");
        String payout = given.payouts().payout(user, "25.00");
        UUID purchase = given.buyCredited(user, given.merchant(), "20.00");
        given.buyCredited(given.member(), given.merchant(), "20.00");
        String path = "/users/" + user.userId();

        assertThat(ids(path + "/purchases")).hasSize(2).startsWith(purchase.toString());
        assertThat(ids(path + "/purchases?status=pending")).containsExactly(purchase.toString());
        assertThat(ids(path + "/payouts")).containsExactly(payout);
        assertThat(ids(path + "/payouts?status=failed")).isEmpty();
        given.asAdmin().get(path + "/purchases?status=x").expectError(422, "INVALID_PURCHASE_STATUS");
        given.asAdmin().get(path + "/payouts?status=x").expectError(422, "VALIDATION_ERROR");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/wallet", "/wallet/transactions", "/purchases", "/payouts", "/sessions"})
    void knowsNoUserWhoDoesNotExist(String part) {
        for (String id : List.of(UUID.randomUUID().toString(), "42")) {
            assertThat(given.asAdmin().get("/users/" + id + part).expectError(404, "NOT_FOUND"))
                    .isEqualTo(JsonObject.of("resource_type", "user", "resource_id", id));
        }
    }

    private UUID register(String email) {
        Reply created = api.post("/users", JsonObject.of("email", email, "password", Session.PASSWORD));
        return UUID.fromString(created.expect(201).json().getString("id"));
    }

    private List<String> emails(String list) {
        return emails(given.asAdmin().get(list).expect(200).json());
    }

    private static List<String> emails(JsonObject page) {
        return members(page, "email");
    }

    private List<String> ids(String list) {
        return members(given.asAdmin().get(list).expect(200).json(), "id");
    }

    private static List<String> members(JsonObject page, String name) {
        JsonArray data = page.getJsonArray("data");
        return data.stream()
                .map(JsonObject.class::cast)
                .map(one -> one.getString(name))
                .toList();
    }
}
