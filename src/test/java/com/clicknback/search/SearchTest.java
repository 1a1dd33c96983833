package com.clicknback.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Partner;
import com.clicknback.testing.PartnerPurchase;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ServiceExtension.class)
class SearchTest {
    private final ApiClient api;
    private final Scenario given;

    SearchTest(ApiClient api, Scenario given) {
        this.api = api;
        this.given = given;
    }

    @Test
    void findsAPurchaseByIdAndByExternalId() {
        PartnerPurchase bought = given.partnerPurchase("20.00");
        UUID id = bought.arrive();
        String title = bought.externalId() + " at " + given.purchase(id).getString("merchant_name");

        assertThat(find(bought.externalId())).containsExactly("purchase " + id + " " + title);
        assertThat(find(id.toString())).containsExactly("purchase " + id + " " + title);
        assertThat(find(" " + id.toString().toUpperCase(Locale.ROOT) + " ")).hasSize(1);
        assertThat(find(bought.externalId().substring(1))).isEmpty();
    }

    @Test
    void findsPurchasesOfAllSendersButFewOfThem() {
        Session user = given.user();
        UUID merchant = given.merchant();
        JsonObject purchase = given.purchase(user.userId(), merchant, "20.00");
        String externalId = purchase.getString("external_id");
        for (int i = 0; i < 6; i++) {
            given.report(given.partner(), purchase).expect(201);
        }

        assertThat(find(externalId)).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void findsUsersByTheBeginningOfTheirMail() {
        String start = Scenario.unique("Support");
        UUID ann = register(start + ".ann@example.com");
        UUID bob = register(start + ".bob@example.com");

        assertThat(find(start.toLowerCase(Locale.ROOT) + "."))
                .containsExactly(
                        "user " + ann + " " + start + ".ann@example.com",
                        "user " + bob + " " + start + ".bob@example.com");
        assertThat(find(start + ".BOB@example.com")).hasSize(1);
        assertThat(find("user")).hasSizeLessThanOrEqualTo(5);
        assertThat(find(start + "%")).isEmpty();
        assertThat(find(start + "_ann")).isEmpty();
    }

    @Test
    void findsMerchantsAndPartnersByTheBeginningOfTheirName() {
        String start = Scenario.unique("Ärger");
        String merchant = made("/merchants", JsonObject.of("name", start + " shop", "default_cashback_percentage", 1));
        String partner = made("/partners", JsonObject.of("name", start + " network", "confirmed_by", "partner"));

        assertThat(find(start.toUpperCase(Locale.ROOT)))
                .containsExactly(
                        "merchant " + merchant + " " + start + " shop",
                        "partner " + partner + " " + start + " network");
        assertThat(find(start + " s")).hasSize(1);
        assertThat(find(start + "_")).isEmpty();
    }

    private String made(String path, JsonObject body) {
        return given.asAdmin().post(path, body).expect(201).json().getString("id");
    }

    @Test
    void findsEverythingElseById() {
        Session user = given.payouts().userWith("30.00");
        String payout = given.payouts().payout(user, "25.00");
        Partner partner = given.partner();
        UUID merchant = given.merchant();
        UUID offer = given.offer(merchant, "percent", "7.5", "20.00");

        assertThat(find(payout)).containsExactly("payout " + payout + " 25.00 EUR, requested");
        assertThat(find(user.userId().toString())).containsExactly("user " + user.userId() + " " + user.email());
        assertThat(find(partner.id().toString())).singleElement().asString().startsWith("partner " + partner.id());
        assertThat(find(merchant.toString())).singleElement().asString().startsWith("merchant " + merchant);
        assertThat(find(offer.toString()))
                .singleElement()
                .asString()
                .startsWith("offer " + offer)
                .contains("7.5 percent");
    }

    @Test
    void findsNothingByWhatNothingHas() {
        assertThat(find(UUID.randomUUID().toString())).isEmpty();
        assertThat(find(Scenario.unique("nothing"))).isEmpty();
        assertThat(find("  ")).isEmpty();
    }

    @Test
    void needsATextAndAnAdministrator() {
        given.asAdmin().get("/search").expectError(422, "VALIDATION_ERROR");
        given.asAdmin().get("/search?q=" + "x".repeat(256)).expectError(422, "VALIDATION_ERROR");
        api.as(given.member()).get("/search?q=x").expectError(403, "FORBIDDEN");
    }

    private UUID register(String email) {
        return UUID.fromString(api.post("/users", JsonObject.of("email", email, "password", Session.PASSWORD))
                .expect(201)
                .json()
                .getString("id"));
    }

    private List<String> find(String text) {
        return given
                .asAdmin()
                .get("/search?q=" + URLEncoder.encode(text, StandardCharsets.UTF_8))
                .expect(200)
                .json()
                .getJsonArray("data")
                .stream()
                .map(JsonObject.class::cast)
                .map(one -> one.getString("type") + " " + one.getString("id") + " " + one.getString("title"))
                .toList();
    }
}
