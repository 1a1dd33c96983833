package com.clicknback.explanations;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.purchases.PurchaseRows;
import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(ServiceExtension.class)
class ExplanationTest {
    private static final String NOBODY = "00000000-0000-4000-8000-000000000000";

    private final TestService service;
    private final Scenario given;
    private final ApiClient anyone;
    private final Sql sql;

    ExplanationTest(TestService service, Scenario given, ApiClient anyone, Sql sql) {
        this.service = service;
        this.given = given;
        this.anyone = anyone;
        this.sql = sql;
    }

    @Test
    void leadsFromTheAmountToWhatTheCapLeftOfIt() {
        Session alice = given.user();
        UUID merchant = given.merchant();
        UUID offer = given.offer(merchant, "percent", "5", "10.00");
        given.buyCredited(alice, merchant, "140.00");
        Instant before = service.clock().instant().truncatedTo(ChronoUnit.MICROS);
        UUID id = given.buyCredited(alice, merchant, "149.90");

        JsonObject explanation = Scenario.explain(anyone.as(alice), id);

        assertThat(explanation.getJsonObject("calculation"))
                .isEqualTo(JsonObject.of(
                        "basis", "offer",
                        "offer_id", offer.toString(),
                        "cashback_type", "percent",
                        "cashback_value", 5.0,
                        "monthly_cap", 10.00,
                        "amount", "149.90",
                        "unrounded", "7.495",
                        "rounded", "7.50",
                        "clamped", false,
                        "cashback", "7.50"));
        Instant purchasedAt = Instant.parse(explanation.getString("purchased_at"));
        assertThat(explanation.getJsonObject("cap"))
                .isEqualTo(JsonObject.of(
                        "month",
                        YearMonth.from(purchasedAt.atOffset(ZoneOffset.UTC)).toString(),
                        "limit",
                        "10.00",
                        "used_before",
                        "7.00",
                        "remaining_before",
                        "3.00",
                        "used_after",
                        "10.00",
                        "cut",
                        true));
        assertThat(explanation.getString("cap_message"))
                .isEqualTo("In " + YearMonth.from(purchasedAt.atOffset(ZoneOffset.UTC)) + " the offer " + offer
                        + " gives one user at most 10.00, of which purchases before this one had used 7.00: 3.00 was left"
                        + " of the 7.50 earned, so the cap cut 4.50. What a rejection, reversal, refund or correction"
                        + " takes from one of those goes to the purchases that were cut, the oldest first.");
        JsonObject credit = explanation.getJsonObject("credit");
        assertThat(credit.getString("amount")).isEqualTo("3.00");
        assertThat(Instant.parse(credit.getString("credited_at")))
                .isBetween(before, service.clock().instant());
        assertThat(explanation.getString("cashback_amount")).isEqualTo("3.00");
        assertThat(Told.movements(explanation)).containsExactly("cashback_credit 3.00 null>pending");
    }

    @ParameterizedTest
    @CsvSource({
        "percent, 5,     49.50, 2.475,   2.48, false, 2.48",
        "percent, 5,     0.10,  0.005,   0.00, false, 0.00",
        "percent, 2.5,   0.20,  0.005,   0.00, false, 0.00",
        "percent, 12.3456, 0.07, 0.00864192, 0.01, false, 0.01",
        "fixed,   2.515, 100.00, 2.515,  2.52, false, 2.52",
        "fixed,   3.00,  0.01,  3.00,    3.00, true,  0.01"
    })
    void showsRoundingAndClamp(
            String type,
            String value,
            String amount,
            String unrounded,
            String rounded,
            boolean clamped,
            String cashback) {
        Session alice = given.user();
        UUID merchant = given.merchant();
        given.offer(merchant, type, value, "50");
        UUID id = given.buyCredited(alice, merchant, amount);

        JsonObject explanation = Scenario.explain(anyone.as(alice), id);

        JsonObject calculation = explanation.getJsonObject("calculation");
        assertThat(calculation.getString("cashback_type")).isEqualTo(type);
        assertThat(calculation.getDouble("cashback_value")).isEqualTo(Double.parseDouble(value));
        assertThat(calculation.getString("amount")).isEqualTo(amount);
        assertThat(calculation.getString("unrounded")).isEqualTo(unrounded);
        assertThat(calculation.getString("rounded")).isEqualTo(rounded);
        assertThat(calculation.getBoolean("clamped")).isEqualTo(clamped);
        assertThat(calculation.getString("cashback")).isEqualTo(cashback);
        assertThat(explanation.getJsonObject("credit").getString("amount")).isEqualTo(cashback);
        assertThat(explanation.getJsonObject("cap").getBoolean("cut")).isFalse();
    }

    @Test
    void namesTheMerchantsDefaultWhichHasNoCap() {
        Session alice = given.user();
        UUID id = given.buyCredited(alice, given.merchant("3.5"), "50.00");

        JsonObject explanation = Scenario.explain(anyone.as(alice), id);

        JsonObject calculation = explanation.getJsonObject("calculation");
        assertThat(calculation.getString("basis")).isEqualTo("merchant_default");
        assertThat(calculation.getValue("offer_id")).isNull();
        assertThat(calculation.getValue("monthly_cap")).isNull();
        assertThat(calculation.getDouble("cashback_value")).isEqualTo(3.5);
        assertThat(calculation.getString("cashback")).isEqualTo("1.75");
        assertThat(explanation.getValue("cap")).isNull();
        assertThat(explanation.getJsonObject("credit").getString("amount")).isEqualTo("1.75");
    }

    @Test
    void saysThatTheCreditIsStillToCome() {
        Session alice = given.user();
        UUID merchant = given.merchant();
        given.offer(merchant, "percent", "5", "10.00");
        UUID id = PurchaseRows.uncreditedCopy(sql, given.buyCredited(alice, merchant, "100.00"));

        JsonObject explanation = Scenario.explain(anyone.as(alice), id);
        // It is on no list, so that nobody would ever credit it and the books would miss it.
        sql.execute("DELETE FROM purchases WHERE id = ?", id);

        assertThat(explanation.getJsonObject("calculation").getString("cashback"))
                .isEqualTo("5.00");
        assertThat(explanation.getString("cashback_amount")).isEqualTo("5.00");
        assertThat(explanation.getValue("cashback_status")).isNull();
        assertThat(explanation.getValue("cap")).isNull();
        assertThat(explanation.getValue("credit")).isNull();
        assertThat(explanation.getJsonArray("journal")).isEmpty();
        assertThat(Told.step(explanation)).isEqualTo("crediting");
    }

    @Test
    void staysTheSameWhateverBecomesOfOfferAndMerchant() {
        Session alice = given.user();
        UUID merchant = given.merchant("4");
        UUID byDefault = given.buyCredited(alice, merchant, "80.00");
        UUID offer = given.offer(merchant, "percent", "5", "10.00");
        UUID byOffer = given.buyCredited(alice, merchant, "149.90");
        UUID confirmed = given.buyCredited(alice, merchant, "100.00");
        given.asAdmin().post("/purchases/" + confirmed + "/confirmation").expect(200);
        List<UUID> all = List.of(byDefault, byOffer, confirmed);
        List<JsonObject> before = all.stream().map(given::explain).toList();

        JsonObject inactive = JsonObject.of("status", "inactive");
        given.asAdmin().patch("/offers/" + offer + "/status", inactive).expect(200);
        given.asAdmin().patch("/merchants/" + merchant + "/status", inactive).expect(200);
        sql.execute(
                "UPDATE merchants SET name = ?, default_percentage_e4 = 170000 WHERE id = ?",
                Scenario.unique("Renamed"),
                merchant);
        given.buyCredited(alice, given.merchant(), "10.00");

        assertThat(all.stream().map(given::explain).toList()).isEqualTo(before);
    }

    @Test
    void refusesWhoIsNeitherOwnerNorAdmin() {
        UUID id = given.buy(given.user(), given.merchant(), "100.00");

        JsonObject details = anyone.as(given.user()).get(Told.path(id)).expectError(403, "FORBIDDEN");

        assertThat(details).isEqualTo(JsonObject.of("resource_type", "purchase", "resource_id", id.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {NOBODY, "ABCDEF00-0000-4000-8000-00000000000F", "42", "not-a-uuid"})
    void doesNotFindWhatIsNotThere(String id) {
        JsonObject details = anyone.as(given.user()).get(Told.path(id)).expectError(404, "NOT_FOUND");

        assertThat(details).isEqualTo(JsonObject.of("resource_type", "purchase", "resource_id", id));
    }

    @Test
    void refusesStrangersAndOtherMethods() {
        UUID id = given.buy(given.user(), given.merchant(), "100.00");

        anyone.get(Told.path(id)).expectError(401, "INVALID_TOKEN");
        anyone.withToken("forged").get(Told.path(id)).expectError(401, "INVALID_TOKEN");
        given.asAdmin().post(Told.path(id)).expectError(405, "METHOD_NOT_ALLOWED");
    }
}
