package com.clicknback.clicks;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Plan;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clicks as their users and support read them later, with what came of them. */
@ExtendWith(ServiceExtension.class)
class ClickListsTest {
    private static final String MINE = "/users/me/clicks";

    /** One more than a list tells of a click. */
    private static final int PURCHASES = 11;

    private final TestService service;
    private final Scenario given;
    private final Session user;
    private final ApiClient own;

    ClickListsTest(TestService service, Scenario given) {
        this.service = service;
        this.given = given;
        this.user = given.member();
        this.own = given.as(user);
    }

    private JsonObject click(UUID merchant) {
        return own.post(MINE, JsonObject.of("merchant_id", merchant.toString()))
                .expect(201)
                .json();
    }

    private UUID buyBy(String click, String amount) {
        JsonObject purchase = JsonObject.of(
                "external_id", Scenario.unique("clicked"), "click_id", click, "amount", amount, "currency", "EUR");
        return UUID.fromString(
                given.report(given.partner(), purchase).expect(201).json().getString("id"));
    }

    private static List<JsonObject> purchases(JsonObject click) {
        JsonArray all = click.getJsonArray("purchases");
        return all.stream().map(JsonObject.class::cast).toList();
    }

    @Test
    void tellsTermsValidityAndWhatCameOfEach() {
        UUID merchant = given.trackedMerchant("5", 30);
        JsonObject used = click(merchant);
        UUID offer = given.offer(merchant, "percent", "10", "20.00");
        JsonObject unused = click(merchant);
        UUID bought = buyBy(used.getString("id"), "100.00");
        service.awaitCredits();
        given.asAdmin().post("/purchases/" + bought + "/confirmation").expect(200);

        List<JsonObject> mine = own.get(MINE).expect(200).data();

        assertThat(mine)
                .extracting(click -> click.getString("id"))
                .containsExactly(unused.getString("id"), used.getString("id"));
        JsonObject later = mine.get(0);
        assertThat(later.getString("offer_id")).isEqualTo(offer.toString());
        assertThat(later.getDouble("cashback_value")).isEqualTo(10);
        assertThat(later.getDouble("monthly_cap")).isEqualTo(20);
        assertThat(later.getString("expires_at")).isEqualTo(unused.getString("expires_at"));
        assertThat(purchases(later)).isEmpty();
        JsonObject earlier = mine.get(1);
        assertThat(earlier.getValue("offer_id")).isNull();
        assertThat(earlier.getString("merchant_name")).startsWith("Tracked");
        JsonObject told = purchases(earlier).get(0);
        JsonObject purchase = given.purchase(bought);
        assertThat(told.fieldNames())
                .containsExactlyInAnyOrder(
                        "id",
                        "external_id",
                        "amount",
                        "currency",
                        "status",
                        "cashback_amount",
                        "payable_at",
                        "purchased_at");
        told.forEach(member -> assertThat(member.getValue()).isEqualTo(purchase.getValue(member.getKey())));
        assertThat(told.getString("payable_at")).isNotNull();
        assertThat(given.asAdmin()
                        .get("/users/" + user.userId() + "/clicks")
                        .expect(200)
                        .data())
                .isEqualTo(mine);
    }

    @Test
    void aReversedPurchaseEarnedNothing() {
        JsonObject click = click(given.trackedMerchant("5", 30));
        UUID bought = buyBy(click.getString("id"), "40.00");
        service.awaitCredits();
        given.asAdmin()
                .patch("/purchases/" + bought + "/reverse", new JsonObject())
                .expect(200);

        JsonObject told = purchases(own.get(MINE).expect(200).data().get(0)).get(0);

        assertThat(told.getString("status")).isEqualTo("reversed");
        assertThat(told.getString("cashback_amount"))
                .isEqualTo(given.purchase(bought).getString("cashback_amount"))
                .isEqualTo("0.00");
    }

    @Test
    void pagesByCursorAndTellsTheLatestPurchasesOnly() {
        UUID merchant = given.trackedMerchant("5", 30);
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            made.add(0, click(merchant).getString("id"));
        }
        UUID first = buyBy(made.get(2), "1.00");
        for (int i = 1; i < PURCHASES; i++) {
            buyBy(made.get(2), "2.00");
        }

        JsonObject page = own.get(MINE + "?limit=2").expect(200).json();
        JsonObject pagination = page.getJsonObject("pagination");
        assertThat(pagination.getValue("total")).isNull();
        List<JsonObject> rest = own.get(MINE + "?limit=2&cursor=" + pagination.getString("next_cursor"))
                .expect(200)
                .data();

        assertThat(rest).extracting(click -> click.getString("id")).containsExactly(made.get(2));
        assertThat(purchases(rest.get(0)))
                .hasSize(PURCHASES - 1)
                .extracting(purchase -> purchase.getString("id"))
                .doesNotContain(first.toString());
    }

    @Test
    void isOfItsUserAndOfAdministratorsOnly() {
        String theirs = "/users/" + user.userId() + "/clicks";
        click(given.trackedMerchant("5", 30));

        assertThat(given.as(given.member()).get(MINE).expect(200).data()).isEmpty();
        own.get(theirs).expectError(403, "FORBIDDEN");
        given.asAdmin().get("/users/" + UUID.randomUUID() + "/clicks").expectError(404, "NOT_FOUND");
        assertThat(own.get(MINE + "?cursor=x").expectViolations(422)).containsExactly("cursor");
    }

    @Test
    void findsPurchasesByTheirClick() {
        Sql sql = new Sql(TestServer.shared().createMigratedDatabase());

        assertThat(Plan.of(sql, ClickListStore.FIND_PURCHASES, 3))
                .anyMatch(line -> line.contains("purchases_of_click"));
    }
}
