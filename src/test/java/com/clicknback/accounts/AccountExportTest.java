package com.clicknback.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.PayoutScenario;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ServiceExtension.class)
class AccountExportTest {
    private static final String PATH = "/users/me/export";
    private static final List<String> LISTS =
            List.of("sessions", "purchases", "orders", "clicks", "transactions", "payouts", "flags", "changes");

    private final TestService service;
    private final Scenario given;

    AccountExportTest(TestService service, Scenario given) {
        this.service = service;
        this.given = given;
    }

    @Test
    void tellsEverythingAboutTheCallerAndNothingAboutOthers() {
        Session user = given.payouts().userWith("25.00");
        given.payouts().payout(user, "12.00");
        given.payouts().userWith("31.00");
        given.asAdmin().delete("/users/" + user.userId() + "/sessions").expect(204);
        Session again = given.login(user.userId(), user.email());

        JsonObject export = given.as(again).get(PATH).expect(200).json();

        assertThat(export.getJsonObject("user").getString("email")).isEqualTo(user.email());
        assertThat(values(export, "sessions", "ended_at")).hasSize(2).containsOnlyOnce("null");
        assertThat(values(export, "purchases", "cashback_amount")).containsExactly("25.00");
        assertThat(values(export, "transactions", "type"))
                .containsExactly("payout_requested", "cashback_confirmed", "cashback_credit");
        assertThat(values(export, "payouts", "iban_last4")).containsExactly("3000");
        assertThat(values(export, "changes", "action")).containsExactly("USER_SESSIONS_ENDED", "USER_REGISTERED");
        assertThat(export.encode())
                .doesNotContain(PayoutScenario.IBAN, PayoutScenario.HOLDER)
                .doesNotContain(given.admin().userId().toString());
        assertThat(export.getString("next_cursor")).isNull();
    }

    @Test
    void tellsTheUsersOwnFlags() {
        Session user = given.user();
        for (UUID scope : List.of(user.userId(), given.user().userId())) {
            given.asAdmin()
                    .put(
                            "/feature-flags/beta_pages",
                            JsonObject.of("enabled", true, "scope_type", "user", "scope_id", scope.toString()))
                    .expect(200);
        }

        JsonObject export = given.as(user).get(PATH).expect(200).json();

        assertThat(values(export, "flags", "scope_id"))
                .containsExactly(user.userId().toString());
    }

    @Test
    void tellsTheUsersOrdersAndClicks() {
        Session user = given.user();
        UUID merchant = given.trackedMerchant("5", 30);
        List<String> clicks = Stream.of(user, given.user(), user)
                .map(session -> given.as(session)
                        .post("/users/me/clicks", JsonObject.of("merchant_id", merchant.toString()))
                        .expect(201)
                        .json()
                        .getString("id"))
                .toList();
        String order = Scenario.unique("order");
        given.report(
                        given.partner(),
                        given.purchase(user.userId(), merchant, "10.00").put("order_ref", order))
                .expect(201);

        JsonObject export = given.as(user).get(PATH).expect(200).json();

        assertThat(values(export, "orders", "order_ref")).containsExactly(order);
        assertThat(values(export, "orders", "first_reported_by")).containsExactly("partner");
        assertThat(values(export, "clicks", "id")).containsExactly(clicks.get(2), clicks.get(0));
        assertThat(values(export, "clicks", "merchant_id")).containsOnly(merchant.toString());
    }

    @Test
    void goesOnAfterClicksThatFillAnAnswer() {
        Session user = given.user();
        UUID merchant = given.trackedMerchant("5", 30);
        service.sql().execute("""
                        INSERT INTO clicks (id, user_id, merchant_id, cashback_type, cashback_value_e4, expires_at)
                        SELECT overlay(gen_random_uuid()::text PLACING '01a5bd0b-5c17-7' FROM 1 FOR 15)::uuid, ?, ?, 'percent',
                               50000, now()
                        FROM generate_series(1, ?)
                        """, user.userId(), merchant, AccountExports.ITEMS_MAX + 50);

        JsonObject first = part(user, null);
        JsonObject second = part(user, first.getString("next_cursor"));

        assertThat(Stream.of(first, second).flatMap(part -> values(part, "clicks", "id").stream()))
                .hasSize(AccountExports.ITEMS_MAX + 50)
                .doesNotHaveDuplicates();
        assertThat(second.getString("next_cursor")).isNull();
    }

    @Test
    void goesOnWhereAnAnswerIsFull() {
        Session user = given.user();
        buy(user, AccountExports.ITEMS_MAX + 50);
        List<JsonObject> parts = new ArrayList<>();
        String cursor = null;
        do {
            parts.add(part(user, cursor));
            cursor = parts.get(parts.size() - 1).getString("next_cursor");
        } while (cursor != null);

        assertThat(parts)
                .hasSize(3)
                .allSatisfy(part -> assertThat(LISTS.stream()
                                .mapToInt(list -> part.getJsonArray(list).size())
                                .sum())
                        .isLessThanOrEqualTo(AccountExports.ITEMS_MAX));
        assertThat(parts.stream().flatMap(part -> values(part, "purchases", "id").stream()))
                .hasSize(AccountExports.ITEMS_MAX + 50)
                .doesNotHaveDuplicates();
        assertThat(parts.stream().flatMap(part -> values(part, "changes", "action").stream()))
                .containsExactly("USER_REGISTERED");
    }

    private void buy(Session user, int count) {
        UUID merchant = given.merchant();
        given.report(
                        given.partner(),
                        IntStream.range(0, count)
                                .mapToObj(i -> given.purchase(user.userId(), merchant, "10.00"))
                                .toList())
                .expect(200);
        service.awaitCredits();
    }

    private JsonObject part(Session user, @Nullable String cursor) {
        return given.as(user)
                .get(cursor == null ? PATH : PATH + "?cursor=" + cursor)
                .expect(200)
                .json();
    }

    @Test
    void refusesCursorsOfOtherLists() {
        Session user = given.payouts().userWith("12.00");
        given.payouts().userWith("12.00");
        String foreign = given.asAdmin()
                .get("/users?limit=1")
                .expect(200)
                .json()
                .getJsonObject("pagination")
                .getString("next_cursor");

        for (String cursor : List.of(foreign, "x", "")) {
            given.as(user).get(PATH + "?cursor=" + cursor).expectError(422, "VALIDATION_ERROR");
        }
    }

    private static List<String> values(JsonObject export, String list, String member) {
        JsonArray items = export.getJsonArray(list);
        return items.stream()
                .map(item -> String.valueOf(((JsonObject) item).getValue(member)))
                .toList();
    }
}
