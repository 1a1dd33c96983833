package com.clicknback.clicks;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.Partner;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Partners report purchases by the reference that the user's link carried. */
@ExtendWith(ServiceExtension.class)
class PurchasesByClickTest {
    private static final String UNKNOWN = "AAAAAAAAAAAAAAAAAAAAAA";

    private final TestService service;
    private final Scenario given;
    private final Session user;
    private final Partner partner;

    PurchasesByClickTest(TestService service, Scenario given) {
        this.service = service;
        this.given = given;
        this.user = given.member();
        this.partner = given.partner();
    }

    private String click(UUID merchant) {
        return given.as(user)
                .post("/users/me/clicks", JsonObject.of("merchant_id", merchant.toString()))
                .expect(201)
                .json()
                .getString("id");
    }

    private static JsonObject purchase(String clickId, String amount) {
        return JsonObject.of(
                "external_id", Scenario.unique("clicked"), "click_id", clickId, "amount", amount, "currency", "EUR");
    }

    private JsonObject stored(Reply reply) {
        return given.purchase(UUID.fromString(reply.expect(201).json().getString("id")));
    }

    @Test
    void theClickTellsWhoBoughtWhere() {
        UUID merchant = given.trackedMerchant("5", 30);
        String click = click(merchant);

        JsonObject stored = stored(given.report(partner, purchase(click, "100.00")));

        assertThat(stored.getString("user_id")).isEqualTo(user.userId().toString());
        assertThat(stored.getString("merchant_id")).isEqualTo(merchant.toString());
        assertThat(stored.getString("click_id")).isEqualTo(click);
        assertThat(stored.getString("cashback_amount")).isEqualTo("5.00");
    }

    @Test
    void termsAreThoseOfTheClickWhateverBecameOfTheOffer() {
        UUID merchant = given.trackedMerchant("1", 30);
        UUID offer = given.offer(merchant, "percent", "10", "50.00");
        String click = click(merchant);
        given.asAdmin()
                .patch("/offers/" + offer + "/status", JsonObject.of("status", "inactive"))
                .expect(200);
        given.asAdmin()
                .patch("/merchants/" + merchant + "/status", JsonObject.of("status", "inactive"))
                .expect(200);

        Reply reply = given.report(partner, purchase(click, "100.00"));

        assertThat(stored(reply).getString("cashback_amount")).isEqualTo("10.00");
        assertThat(told(reply).getBoolean("terms_applied")).isTrue();
        assertThat(told(reply).getString("message"))
                .isEqualTo("The terms are those of the click " + click + " of "
                        + ClickId.parse(click).orElseThrow().issuedAt() + ".");
    }

    private JsonObject told(Reply reply) {
        return given.explain(UUID.fromString(reply.json().getString("id"))).getJsonObject("click");
    }

    @Test
    void aPurchaseBeforeItsClickHasTheTermsOfItsTime() {
        UUID merchant = given.trackedMerchant("3", 30);
        Instant before = service.clock().instant().minusSeconds(3_600);
        UUID offer = given.offer(merchant, "percent", "10", "50.00");
        String click = click(merchant);
        service.sql()
                .execute(
                        "UPDATE offer_periods SET active_from = ?::timestamptz WHERE offer_id = ?",
                        service.clock().instant().minusSeconds(60).toString(),
                        offer);

        Reply reply = given.report(partner, purchase(click, "100.00").put("purchased_at", before.toString()));

        assertThat(stored(reply).getString("cashback_amount")).isEqualTo("3.00");
        assertThat(told(reply).getBoolean("terms_applied")).isFalse();
        assertThat(told(reply).getString("message")).contains("before the click", "in force when it was made");
    }

    @Test
    void anOrderThatItsUserHadSubmittedHasTheTermsOfThatReport() {
        UUID merchant = given.trackedMerchant("3", 30);
        UUID offer = given.offer(merchant, "percent", "10", "50.00");
        String click = click(merchant);
        service.clock().advance(Duration.ofSeconds(1));
        given.asAdmin()
                .patch("/offers/" + offer + "/status", JsonObject.of("status", "inactive"))
                .expect(200);
        service.clock().advance(Duration.ofSeconds(1));
        String order = Scenario.unique("order");
        given.as(user)
                .post(
                        "/purchases",
                        given.purchase(user.userId(), merchant, "100.00").put("order_ref", order))
                .expect(201);

        JsonObject reported = purchase(click, "100.00").put("order_ref", order);
        Reply reply = given.report(partner, reported).expect(200);
        given.report(partner, reported).expect(200);

        JsonObject stored = given.purchase(UUID.fromString(reply.json().getString("id")));
        assertThat(stored.getString("click_id")).isEqualTo(click);
        assertThat(stored.getString("cashback_amount")).isEqualTo("3.00");
        assertThat(told(reply).getBoolean("terms_applied")).isFalse();
        assertThat(told(reply).getString("message")).contains("after the user had submitted the order");
    }

    @Test
    void refusesAClickThatIsNotKnown() {
        for (String id : List.of(UNKNOWN, "garbage", "AAAAAAAAAAAAAAAAAAAAAB")) {
            assertThat(given.report(partner, purchase(id, "10.00"))
                            .expectError(422, "CLICK_NOT_ELIGIBLE")
                            .getString("click_id"))
                    .isEqualTo(id);
        }
    }

    /** The partner has named nobody, and learns nothing about anybody. */
    @Test
    void aClickOfAUserWhoCannotEarnIsRefusedLikeAnUnknownOne() {
        UUID merchant = given.trackedMerchant("5", 30);
        String click = click(merchant);
        service.sql().execute("UPDATE users SET active = false WHERE id = ?", user.userId());

        JsonObject refused = given.report(partner, purchase(click, "10.00"))
                .expect(422)
                .json()
                .getJsonObject("error");
        String unknown = given.report(partner, purchase(UNKNOWN, "10.00"))
                .expect(422)
                .text()
                .replace(UNKNOWN, click);
        assertThat(JsonObject.of("error", refused)).isEqualTo(new JsonObject(unknown));
        JsonObject ordered = purchase(click, "10.00").put("order_ref", Scenario.unique("order"));
        JsonObject item = given.report(partner, List.of(ordered))
                .expect(200)
                .json()
                .getJsonArray("results")
                .getJsonObject(0);
        assertThat(item.getJsonObject("error")).isEqualTo(refused);
        assertThat(given.asAdmin()
                        .get("/partners/" + partner.id() + "/deliveries")
                        .data())
                .extracting(delivery -> delivery.getString("code"))
                .containsExactly("USER_NOT_ELIGIBLE", "CLICK_NOT_ELIGIBLE", "USER_NOT_ELIGIBLE");

        JsonObject named = purchase(click, "10.00").put("user_id", user.userId().toString());
        given.report(partner, named).expectError(422, "USER_NOT_ELIGIBLE");
    }

    @Test
    void refusesAPurchaseAfterTheClickHasExpired() {
        String click = click(given.trackedMerchant("5", 1));
        Instant expiry = ClickId.parse(click).orElseThrow().issuedAt().plus(Duration.ofDays(1));
        service.clock().advance(Duration.ofDays(1));

        given.report(partner, purchase(click, "10.00").put("purchased_at", expiry.toString()))
                .expectError(422, "CLICK_NOT_ELIGIBLE");
        given.report(partner, purchase(click, "10.00")).expectError(422, "CLICK_NOT_ELIGIBLE");
        given.report(
                        partner,
                        purchase(click, "10.00")
                                .put("purchased_at", expiry.minusMillis(1).toString()))
                .expect(201);
    }

    @Test
    void whatIsStatedBesideTheClickMustAgree() {
        UUID merchant = given.trackedMerchant("5", 30);
        String click = click(merchant);
        JsonObject all = purchase(click, "10.00")
                .put("user_id", user.userId().toString())
                .put("merchant_id", merchant.toString());
        given.report(partner, all).expect(201);

        JsonObject otherUser =
                purchase(click, "10.00").put("user_id", given.users(1).get(0).toString());
        assertThat(given.report(partner, otherUser).expectViolations(422)).containsExactly("data.user_id");
        JsonObject otherMerchant =
                purchase(click, "10.00").put("merchant_id", given.merchant().toString());
        assertThat(given.report(partner, otherMerchant).expectViolations(422)).containsExactly("data.merchant_id");
    }

    @Test
    void withoutAClickUserAndMerchantAreRequired() {
        JsonObject nobody = purchase(UNKNOWN, "10.00");
        nobody.remove("click_id");
        assertThat(given.report(partner, nobody).expectViolations(422))
                .containsExactly("data.user_id", "data.merchant_id");
    }

    @Test
    void aRepeatIsADuplicateAlsoWithoutTheClick() {
        String click = click(given.trackedMerchant("5", 30));
        JsonObject purchase = purchase(click, "10.00");
        given.report(partner, purchase).expect(201);
        service.sql()
                .execute(
                        "DELETE FROM clicks WHERE id = ?",
                        ClickId.parse(click).orElseThrow().key());

        given.report(partner, purchase).expect(200);
        JsonObject other = purchase.copy().put("click_id", UNKNOWN);
        assertThat(given.report(partner, other)
                        .expectError(409, "EXTERNAL_ID_REUSED")
                        .getJsonArray("fields"))
                .containsExactly("click_id");
    }

    @Test
    void aBatchMayMixPurchasesWithAndWithoutClicks() {
        UUID merchant = given.trackedMerchant("5", 30);
        String click = click(merchant);

        JsonObject answer = given.report(
                        partner,
                        List.of(
                                purchase(click, "10.00"),
                                given.purchase(user.userId(), merchant, "20.00"),
                                purchase(UNKNOWN, "30.00"),
                                purchase(click, "40.00")))
                .expect(200)
                .json();

        assertThat(answer.getJsonArray("results"))
                .extracting(result -> ((JsonObject) result).getString("result"))
                .containsExactly("accepted", "accepted", "rejected", "accepted");
    }

    /** The cap of the click counts for a purchase, together with those of other purchases of the month. */
    @Test
    void refundsAndCapsGoOnByTheTermsOfTheClick() {
        UUID merchant = given.trackedMerchant("1", 30);
        UUID offer = given.offer(merchant, "percent", "10", "6.00");
        String click = click(merchant);
        given.asAdmin()
                .patch("/offers/" + offer + "/status", JsonObject.of("status", "inactive"))
                .expect(200);
        UUID first = id(given.report(partner, purchase(click, "40.00")));
        UUID second = id(given.report(partner, purchase(click, "40.00")));
        service.awaitCredits();
        assertThat(given.purchase(second).getString("cashback_amount")).isEqualTo("2.00");

        given.asAdmin()
                .patch("/purchases/" + first + "/reverse", new JsonObject())
                .expect(200);

        assertThat(given.purchase(second).getString("cashback_amount")).isEqualTo("4.00");
    }

    @Test
    void theHoldIsThatOfTheClickWhateverBecameOfTheMerchants() {
        UUID merchant = given.trackedMerchant("5", 30);
        service.sql().execute("UPDATE merchants SET hold_days = 14 WHERE id = ?", merchant);
        JsonObject made = given.as(user)
                .post("/users/me/clicks", JsonObject.of("merchant_id", merchant.toString()))
                .expect(201)
                .json();
        service.sql().execute("UPDATE merchants SET hold_days = 0 WHERE id = ?", merchant);

        UUID purchase = id(given.report(partner, purchase(made.getString("id"), "100.00")));

        assertThat(made.getJsonObject("terms").getInteger("hold_days")).isEqualTo(14);
        assertThat(service.sql().<Object>value("SELECT hold_days FROM purchases WHERE id = ?", purchase))
                .hasToString("14");
    }

    private static UUID id(Reply reply) {
        return UUID.fromString(reply.expect(201).json().getString("id"));
    }
}
