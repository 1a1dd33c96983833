package com.clicknback.purchases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Fixtures;
import com.clicknback.testing.Partner;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonArray;
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
    private final Fixtures given;
    private final ApiClient anyone;
    private final Sql sql;

    ExplanationTest(TestService service, Fixtures given, ApiClient anyone, Sql sql) {
        this.service = service;
        this.given = given;
        this.anyone = anyone;
        this.sql = sql;
    }

    private static String path(Object purchaseId) {
        return "/purchases/" + purchaseId + "/explanation";
    }

    private JsonObject explain(ApiClient reader, UUID purchaseId) {
        return reader.get(path(purchaseId)).expect(200).json();
    }

    private JsonObject explainToAdmin(UUID purchaseId) {
        return explain(given.asAdmin(), purchaseId);
    }

    private UUID buyCredited(Session user, UUID merchant, String amount) {
        UUID id = given.buy(user, merchant, amount);
        service.awaitCredits();
        return id;
    }

    private UUID reportCredited(Partner partner, JsonObject purchase) {
        String id = given.report(partner, purchase).expect(201).json().getString("id");
        service.awaitCredits();
        return UUID.fromString(id);
    }

    private void tell(Partner partner, String type, JsonObject data) {
        JsonObject event = JsonObject.of(
                "type", type, "timestamp", service.clock().instant().toString(), "data", data);
        given.signed(partner, partner.purchasesPath(), event.encode()).expect(200);
    }

    private void refund(Partner partner, JsonObject purchase, String refundId, String amount) {
        String externalId = purchase.getString("external_id");
        tell(
                partner,
                "purchase.refunded",
                JsonObject.of("external_id", externalId, "refund_id", refundId, "amount", amount));
    }

    private static List<JsonObject> objects(JsonObject from, String member) {
        return from.getJsonArray(member).stream().map(JsonObject.class::cast).toList();
    }

    private static List<String> movements(JsonObject explanation) {
        return objects(explanation, "journal").stream()
                .map(m -> "%s %s %s>%s"
                        .formatted(m.getString("type"), m.getString("amount"), m.getString("from"), m.getString("to")))
                .toList();
    }

    private static List<String> states(JsonObject explanation) {
        return objects(explanation, "history").stream()
                .map(c -> "%s>%s %s %s"
                        .formatted(
                                c.getString("from"),
                                c.getString("to"),
                                c.getString("actor_type"),
                                c.getString("reason")))
                .toList();
    }

    private static String step(JsonObject explanation) {
        return explanation.getJsonObject("next").getString("step");
    }

    @Test
    void leadsFromTheAmountToWhatTheCapLeftOfIt() {
        Session alice = given.user();
        UUID merchant = given.merchant();
        UUID offer = given.offer(merchant, "percent", "5", "10.00");
        buyCredited(alice, merchant, "140.00");
        Instant before = service.clock().instant().truncatedTo(ChronoUnit.MICROS);
        UUID id = buyCredited(alice, merchant, "149.90");

        JsonObject explanation = explain(anyone.as(alice), id);

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
        JsonObject credit = explanation.getJsonObject("credit");
        assertThat(credit.getString("amount")).isEqualTo("3.00");
        assertThat(Instant.parse(credit.getString("credited_at")))
                .isBetween(before, service.clock().instant());
        assertThat(explanation.getString("cashback_amount")).isEqualTo("3.00");
        assertThat(movements(explanation)).containsExactly("cashback_credit 3.00 null>pending");
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
        UUID id = buyCredited(alice, merchant, amount);

        JsonObject explanation = explain(anyone.as(alice), id);

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
        UUID id = buyCredited(alice, given.merchant("3.5"), "50.00");

        JsonObject explanation = explain(anyone.as(alice), id);

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
        UUID id = PurchaseRows.uncreditedCopy(sql, buyCredited(alice, merchant, "100.00"));

        JsonObject explanation = explain(anyone.as(alice), id);

        assertThat(explanation.getJsonObject("calculation").getString("cashback"))
                .isEqualTo("5.00");
        assertThat(explanation.getString("cashback_amount")).isEqualTo("5.00");
        assertThat(explanation.getValue("cashback_status")).isNull();
        assertThat(explanation.getValue("cap")).isNull();
        assertThat(explanation.getValue("credit")).isNull();
        assertThat(explanation.getJsonArray("journal")).isEmpty();
        assertThat(step(explanation)).isEqualTo("crediting");
    }

    @Test
    void staysTheSameWhateverBecomesOfOfferAndMerchant() {
        Session alice = given.user();
        UUID merchant = given.merchant("4");
        UUID byDefault = buyCredited(alice, merchant, "80.00");
        UUID offer = given.offer(merchant, "percent", "5", "10.00");
        UUID byOffer = buyCredited(alice, merchant, "149.90");
        UUID confirmed = buyCredited(alice, merchant, "100.00");
        given.asAdmin().post("/purchases/" + confirmed + "/confirmation").expect(200);
        List<UUID> all = List.of(byDefault, byOffer, confirmed);
        List<JsonObject> before = all.stream().map(this::explainToAdmin).toList();

        JsonObject inactive = JsonObject.of("status", "inactive");
        given.asAdmin().patch("/offers/" + offer + "/status", inactive).expect(200);
        given.asAdmin().patch("/merchants/" + merchant + "/status", inactive).expect(200);
        sql.execute(
                "UPDATE merchants SET name = ?, default_percentage_e4 = 170000 WHERE id = ?",
                Fixtures.unique("Renamed"),
                merchant);
        buyCredited(alice, given.merchant(), "10.00");

        assertThat(all.stream().map(this::explainToAdmin).toList()).isEqualTo(before);
    }

    @Test
    void tellsAdminsWhoActedAndOwnersOnlyWhatKindOfActor() {
        Session alice = given.user();
        UUID id = buyCredited(alice, given.merchant(), "100.00");
        Session carol = given.newAdmin();
        anyone.as(carol).post("/purchases/" + id + "/confirmation").expect(200);
        anyone.as(carol)
                .patch("/purchases/" + id + "/reverse", JsonObject.of("reason", "Goods returned."))
                .expect(200);

        JsonObject toAdmin = explainToAdmin(id);
        JsonObject toOwner = explain(anyone.as(alice), id);

        assertThat(states(toAdmin))
                .containsExactly(
                        "null>pending user null",
                        "pending>confirmed admin null",
                        "confirmed>reversed admin Goods returned.");
        assertThat(objects(toAdmin, "history").stream().map(c -> c.getString("actor_id")))
                .containsExactly(
                        alice.userId().toString(),
                        carol.userId().toString(),
                        carol.userId().toString());
        assertThat(movements(toAdmin))
                .containsExactly(
                        "cashback_credit 5.00 null>pending",
                        "cashback_confirmed 5.00 pending>available",
                        "cashback_reversed 5.00 available>null");
        assertThat(step(toAdmin)).isEqualTo("final");
        assertThat(toAdmin.getString("cashback_amount")).isEqualTo("0.00");
        assertThat(toAdmin.getString("cashback_status")).isEqualTo("reversed");
        assertThat(objects(toOwner, "history").stream().map(c -> c.getValue("actor_id")))
                .containsExactly(null, null, null);
        objects(toAdmin, "history").forEach(change -> change.putNull("actor_id"));
        assertThat(toOwner).isEqualTo(toAdmin);
    }

    @Test
    void tellsTheTimesOfTheStates() {
        Session alice = given.user();
        UUID id = buyCredited(alice, given.merchant(), "100.00");
        given.asAdmin()
                .post("/purchases/" + id + "/rejection", JsonObject.of("reason", "Cancelled."))
                .expect(200);
        JsonObject purchase = given.purchase(id);

        JsonObject explanation = explainToAdmin(id);

        assertThat(states(explanation)).containsExactly("null>pending user null", "pending>rejected admin Cancelled.");
        List<Instant> times = objects(explanation, "history").stream()
                .map(c -> Instant.parse(c.getString("occurred_at")))
                .toList();
        assertThat(times.get(0)).isEqualTo(Instant.parse(purchase.getString("created_at")));
        assertThat(times.get(1))
                .isCloseTo(Instant.parse(purchase.getString("updated_at")), within(1, ChronoUnit.SECONDS));
        assertThat(movements(explanation))
                .containsExactly("cashback_credit 5.00 null>pending", "cashback_rejected 5.00 pending>null");
        assertThat(explanation.getString("cashback_amount")).isEqualTo("5.00");
        assertThat(step(explanation)).isEqualTo("final");
    }

    @Test
    void tellsWhatEachRefundTook() {
        Session alice = given.user();
        UUID merchant = given.merchant();
        given.offer(merchant, "percent", "5", "50.00");
        Partner partner = given.partner();
        JsonObject purchase = given.purchase(alice.userId(), merchant, "100.00");
        UUID id = reportCredited(partner, purchase);
        refund(partner, purchase, "r-1", "40.00");
        service.runVerification();
        refund(partner, purchase, "r-2", "0.05");
        refund(partner, purchase, "r-3", "30.00");

        JsonObject explanation = explainToAdmin(id);

        assertThat(explanation.getString("refunded_amount")).isEqualTo("70.05");
        assertThat(objects(explanation, "refunds").stream()
                        .map(r -> r.getString("refund_id") + " " + r.getString("amount") + " "
                                + r.getString("cashback_amount")))
                .containsExactly("r-1 40.00 2.00", "r-2 0.05 0.00", "r-3 30.00 1.50");
        assertThat(movements(explanation))
                .containsExactly(
                        "cashback_credit 5.00 null>pending",
                        "cashback_refunded 2.00 pending>null",
                        "cashback_confirmed 3.00 pending>available",
                        "cashback_refunded 1.50 available>null");
        assertThat(objects(explanation, "journal").stream().map(m -> m.getString("refund_id")))
                .containsExactly(null, "r-1", null, "r-3");
        assertThat(states(explanation)).containsExactly("null>pending partner null", "pending>confirmed system null");
        assertThat(objects(explanation, "history").get(0).getString("actor_id"))
                .isEqualTo(partner.id().toString());
        assertThat(explanation.getString("cashback_amount")).isEqualTo("1.50");
        assertThat(step(explanation)).isEqualTo("none");
        assertThat(explanation.getJsonObject("cap").getString("used_after")).isEqualTo("5.00");
    }

    @Test
    void tellsThatTheLastRefundTookAllThatWasLeft() {
        Session alice = given.user();
        Partner partner = given.partner();
        JsonObject purchase = given.purchase(alice.userId(), given.merchant(), "100.00");
        UUID id = reportCredited(partner, purchase);
        refund(partner, purchase, "r-1", "33.33");
        refund(partner, purchase, "r-2", "66.67");

        JsonObject explanation = explainToAdmin(id);

        assertThat(objects(explanation, "refunds").stream().map(r -> r.getString("cashback_amount")))
                .containsExactly("1.67", "3.33");
        assertThat(movements(explanation))
                .containsExactly(
                        "cashback_credit 5.00 null>pending",
                        "cashback_refunded 1.67 pending>null",
                        "cashback_reversed 3.33 pending>null");
        assertThat(states(explanation))
                .containsExactly(
                        "null>pending partner null", "pending>reversed partner The purchase was refunded in full.");
        assertThat(objects(explanation, "history").get(1).getString("actor_id"))
                .isEqualTo(partner.id().toString());
        assertThat(step(explanation)).isEqualTo("final");
    }

    @ParameterizedTest
    @ValueSource(strings = {"confirmed", "rejected"})
    void tellsWhatThePartnerDecided(String decision) {
        Session alice = given.user();
        Partner partner = given.partner();
        JsonObject purchase = given.purchase(alice.userId(), given.merchant(), "100.00");
        UUID id = reportCredited(partner, purchase);
        JsonObject data = JsonObject.of("external_id", purchase.getString("external_id"));
        String reason = decision.equals("rejected") ? "Never paid." : null;
        tell(partner, "purchase." + decision, reason == null ? data : data.put("reason", reason));

        JsonObject explanation = explain(anyone.as(alice), id);

        assertThat(states(explanation))
                .containsExactly("null>pending partner null", "pending>" + decision + " partner " + reason);
    }

    @Test
    void saysWhenItIsVerifiedAndHowManyAttemptsAreLeft() {
        Session alice = given.user();
        UUID id = buyCredited(alice, given.merchant(), "100.00");
        Instant due = service.clock().instant().plusSeconds(90).truncatedTo(ChronoUnit.MICROS);
        sql.execute(
                "UPDATE verifications SET attempts = 2, due_at = ? WHERE purchase_id = ?",
                due.atOffset(ZoneOffset.UTC),
                id);

        JsonObject next = explain(anyone.as(alice), id).getJsonObject("next");

        assertThat(next.getString("step")).isEqualTo("verification");
        assertThat(Instant.parse(next.getString("due_at"))).isEqualTo(due);
        assertThat(next.getInteger("attempts_used")).isEqualTo(2);
        assertThat(next.getInteger("attempts_left")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"user", "merchant"})
    void saysThatAFlagHoldsItBack(String scope) {
        Session alice = given.user();
        UUID merchant = given.merchant();
        UUID id = buyCredited(alice, merchant, "100.00");
        UUID scopeId = scope.equals("user") ? alice.userId() : merchant;
        JsonObject off = JsonObject.of("enabled", false, "scope_type", scope, "scope_id", scopeId.toString());
        given.asAdmin().put("/feature-flags/purchase_auto_confirm", off).expect(200);
        service.runVerification();

        JsonObject held = explain(anyone.as(alice), id);
        given.asAdmin()
                .put("/feature-flags/purchase_auto_confirm", off.put("enabled", true))
                .expect(200);
        JsonObject released = explain(anyone.as(alice), id);
        service.runVerification();
        JsonObject confirmed = explain(anyone.as(alice), id);

        assertThat(step(held)).isEqualTo("held");
        assertThat(held.getJsonObject("next").getString("feature_flag")).isEqualTo("purchase_auto_confirm");
        assertThat(held.getJsonObject("next").getInteger("attempts_used")).isZero();
        assertThat(step(released)).isEqualTo("verification");
        assertThat(step(confirmed)).isEqualTo("none");
        assertThat(states(confirmed)).containsExactly("null>pending user null", "pending>confirmed system null");
    }

    @Test
    void saysThatThePartnerDecides() {
        Session alice = given.user();
        Partner partner = given.partner();
        given.asAdmin()
                .patch("/partners/" + partner.id(), JsonObject.of("confirmed_by", "partner"))
                .expect(200);
        JsonObject purchase = given.purchase(alice.userId(), given.merchant(), "100.00");
        UUID id = reportCredited(partner, purchase);
        service.runVerification();

        assertThat(step(explain(anyone.as(alice), id))).isEqualTo("partner_confirmation");
    }

    @Test
    void saysThatNothingHappensByItselfToWhatTheJobDoesNotKnow() {
        Session alice = given.user();
        UUID id = buyCredited(alice, given.merchant(), "100.00");
        sql.execute("DELETE FROM verifications WHERE purchase_id = ?", id);

        assertThat(step(explain(anyone.as(alice), id))).isEqualTo("none");
    }

    @Test
    void addsUpWhateverHappened() {
        Session alice = given.user();
        Partner partner = given.partner();
        JsonObject purchase = given.purchase(alice.userId(), given.merchant(), "99.99");
        UUID id = reportCredited(partner, purchase);
        for (int i = 1; i <= 12; i++) {
            refund(partner, purchase, "r-" + i, "7.77");
        }

        JsonObject explanation = explainToAdmin(id);

        JsonArray refunds = explanation.getJsonArray("refunds");
        long taken = objects(explanation, "refunds").stream()
                .mapToLong(r -> cents(r.getString("cashback_amount")))
                .sum();
        assertThat(refunds).hasSize(12);
        assertThat(cents(explanation.getJsonObject("credit").getString("amount")) - taken)
                .isEqualTo(cents(explanation.getString("cashback_amount")));
        assertThat(cents(explanation.getString("refunded_amount"))).isEqualTo(12 * 777);
    }

    private static long cents(String amount) {
        return Long.parseLong(amount.replace(".", ""));
    }

    @Test
    void refusesWhoIsNeitherOwnerNorAdmin() {
        UUID id = given.buy(given.user(), given.merchant(), "100.00");

        JsonObject details = anyone.as(given.user()).get(path(id)).expectError(403, "FORBIDDEN");

        assertThat(details).isEqualTo(JsonObject.of("resource_type", "purchase", "resource_id", id.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {NOBODY, "ABCDEF00-0000-4000-8000-00000000000F", "42", "not-a-uuid"})
    void doesNotFindWhatIsNotThere(String id) {
        JsonObject details = anyone.as(given.user()).get(path(id)).expectError(404, "NOT_FOUND");

        assertThat(details).isEqualTo(JsonObject.of("resource_type", "purchase", "resource_id", id));
    }

    @Test
    void refusesStrangersAndOtherMethods() {
        UUID id = given.buy(given.user(), given.merchant(), "100.00");

        anyone.get(path(id)).expectError(401, "INVALID_TOKEN");
        anyone.withToken("forged").get(path(id)).expectError(401, "INVALID_TOKEN");
        given.asAdmin().post(path(id)).expectError(405, "METHOD_NOT_ALLOWED");
    }
}
