package com.clicknback.clicks;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ServiceExtension.class)
class ClicksTest {
    private final TestService service;
    private final Scenario given;
    private final Session user;

    ClicksTest(TestService service, Scenario given) {
        this.service = service;
        this.given = given;
        this.user = given.member();
    }

    private Reply click(UUID merchant) {
        return given.as(user).post("/users/me/clicks", JsonObject.of("merchant_id", merchant.toString()));
    }

    private Reply follow(String id) {
        return root().get("/r/" + id);
    }

    private ApiClient root() {
        return service.api();
    }

    private static JsonObject part(String receipt, int index) {
        return new JsonObject(
                new String(Base64.getUrlDecoder().decode(receipt.split("\\.")[index]), StandardCharsets.UTF_8));
    }

    @Test
    void promisesTheOfferInForceAndWhatIsLeftOfItsCap() {
        UUID merchant = given.trackedMerchant("2", 45);
        UUID offer = given.offer(merchant, "percent", "10", "8.00");
        given.buyCredited(user, merchant, "30.00");

        JsonObject made = click(merchant).expect(201).json();

        String id = made.getString("id");
        assertThat(id).matches("[A-Za-z0-9_-]{22}");
        assertThat(made.getString("redirect_url")).isEqualTo("https://shop.example/go?ref=" + id);
        JsonObject terms = made.getJsonObject("terms");
        assertThat(terms.getString("offer_id")).isEqualTo(offer.toString());
        assertThat(terms.getDouble("cashback_value")).isEqualTo(10);
        assertThat(terms.getDouble("monthly_cap")).isEqualTo(8);
        assertThat(terms.getString("cap_left")).isEqualTo("5.00");
        assertThat(terms.getString("cap_month"))
                .isEqualTo(service.clock().today().toString().substring(0, 7));
        Instant expires = Instant.parse(made.getString("expires_at"));
        assertThat(expires)
                .isBetween(
                        service.clock().instant().plus(Duration.ofDays(45)).minusSeconds(60),
                        service.clock().instant().plus(Duration.ofDays(45)));
    }

    @Test
    void theReceiptSaysWhatTheAnswerSays() {
        UUID merchant = given.trackedMerchant("2", 30);
        given.offer(merchant, "fixed", "3.5", "8.00");

        JsonObject made = click(merchant).expect(201).json();

        JsonObject claims = part(made.getString("receipt"), 1);
        made.getJsonObject("terms")
                .forEach(member -> assertThat(claims.getValue(member.getKey())).isEqualTo(member.getValue()));
        assertThat(claims.getString("sub")).isEqualTo(user.userId().toString());
        assertThat(claims.getString("jti")).isEqualTo(made.getString("id"));
        assertThat(claims.getString("merchant_id")).isEqualTo(merchant.toString());
        assertThat(Instant.ofEpochSecond(claims.getLong("exp"))).isEqualTo(made.getString("expires_at"));
        assertThat(Duration.ofSeconds(claims.getLong("exp") - claims.getLong("iat")))
                .isEqualTo(Duration.ofDays(30));
    }

    @Test
    void promisesTheDefaultPercentageWithoutACap() {
        JsonObject terms =
                click(given.trackedMerchant("2.5", 30)).expect(201).json().getJsonObject("terms");

        assertThat(terms.getValue("offer_id")).isNull();
        assertThat(terms.getDouble("cashback_value")).isEqualTo(2.5);
        assertThat(terms.getValue("monthly_cap")).isNull();
        assertThat(terms.getValue("cap_left")).isNull();
    }

    @Test
    void refusesAMerchantThatTakesNoClicks() {
        UUID inactive = given.trackedMerchant("5", 30);
        given.asAdmin()
                .patch("/merchants/" + inactive + "/status", JsonObject.of("status", "inactive"))
                .expect(200);
        assertThat(reason(UUID.randomUUID())).isEqualTo("The merchant does not exist.");
        assertThat(reason(inactive)).isEqualTo("The merchant is not active.");
        assertThat(reason(given.merchant())).isEqualTo("The merchant takes no clicks.");
        click(given.trackedMerchant("0", 30)).expectError(422, "OFFER_NOT_AVAILABLE");
    }

    private String reason(UUID merchant) {
        return click(merchant).expectError(422, "MERCHANT_NOT_ELIGIBLE").getString("reason");
    }

    @Test
    void leadsToTheMerchantUntilItExpires() {
        UUID merchant = given.trackedMerchant("5", 1);
        JsonObject made = click(merchant).expect(201).json();
        String id = made.getString("id");

        assertThat(follow(id).expect(302).header("Location")).isEqualTo(made.getString("redirect_url"));
        service.sql().execute("UPDATE merchants SET active = false WHERE id = ?", merchant);
        follow(id).expectError(410, "CLICK_GONE");
        service.sql().execute("UPDATE merchants SET active = true WHERE id = ?", merchant);
        follow(id).expect(302);
        service.sql()
                .execute(
                        "UPDATE clicks SET expires_at = ?::timestamptz WHERE id = ?",
                        service.clock().instant().toString(),
                        ClickId.parse(id).orElseThrow().key());
        assertThat(follow(id).expectError(410, "CLICK_GONE").getString("click_id"))
                .isEqualTo(id);
    }

    @Test
    void leadsNowhereWithoutAClick() {
        for (String id : new String[] {"AAAAAAAAAAAAAAAAAAAAAA", "42", "AAAAAAAAAAAAAAAAAAAAAB", "x".repeat(3_000)}) {
            assertThat(follow(id).expectError(404, "NOT_FOUND").getString("resource_type"))
                    .isEqualTo("click");
        }
    }
}
