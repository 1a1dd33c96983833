package com.clicknback.explanations;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.purchases.PurchaseRows;
import com.clicknback.purchases.Story;
import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Partner;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
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
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
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
    private final Story story;

    ExplanationTest(TestService service, Scenario given, ApiClient anyone, Sql sql) {
        this.service = service;
        this.given = given;
        this.anyone = anyone;
        this.sql = sql;
        this.story = new Story(service, given);
    }

    @Test
    void leadsFromTheAmountToWhatTheCapLeftOfIt() {
        Session alice = given.user();
        UUID merchant = given.merchant();
        UUID offer = given.offer(merchant, "percent", "5", "10.00");
        story.buyCredited(alice, merchant, "140.00");
        Instant before = service.clock().instant().truncatedTo(ChronoUnit.MICROS);
        UUID id = story.buyCredited(alice, merchant, "149.90");

        JsonObject explanation = story.explain(anyone.as(alice), id);

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
        assertThat(Story.movements(explanation)).containsExactly("cashback_credit 3.00 null>pending");
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
        UUID id = story.buyCredited(alice, merchant, amount);

        JsonObject explanation = story.explain(anyone.as(alice), id);

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
        UUID id = story.buyCredited(alice, given.merchant("3.5"), "50.00");

        JsonObject explanation = story.explain(anyone.as(alice), id);

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
        UUID id = PurchaseRows.uncreditedCopy(sql, story.buyCredited(alice, merchant, "100.00"));

        JsonObject explanation = story.explain(anyone.as(alice), id);
        // It is on no list, so that nobody would ever credit it and the books would miss it.
        sql.execute("DELETE FROM purchases WHERE id = ?", id);

        assertThat(explanation.getJsonObject("calculation").getString("cashback"))
                .isEqualTo("5.00");
        assertThat(explanation.getString("cashback_amount")).isEqualTo("5.00");
        assertThat(explanation.getValue("cashback_status")).isNull();
        assertThat(explanation.getValue("cap")).isNull();
        assertThat(explanation.getValue("credit")).isNull();
        assertThat(explanation.getJsonArray("journal")).isEmpty();
        assertThat(Story.step(explanation)).isEqualTo("crediting");
    }

    @Test
    void staysTheSameWhateverBecomesOfOfferAndMerchant() {
        Session alice = given.user();
        UUID merchant = given.merchant("4");
        UUID byDefault = story.buyCredited(alice, merchant, "80.00");
        UUID offer = given.offer(merchant, "percent", "5", "10.00");
        UUID byOffer = story.buyCredited(alice, merchant, "149.90");
        UUID confirmed = story.buyCredited(alice, merchant, "100.00");
        given.asAdmin().post("/purchases/" + confirmed + "/confirmation").expect(200);
        List<UUID> all = List.of(byDefault, byOffer, confirmed);
        List<JsonObject> before = all.stream().map(story::explainToAdmin).toList();

        JsonObject inactive = JsonObject.of("status", "inactive");
        given.asAdmin().patch("/offers/" + offer + "/status", inactive).expect(200);
        given.asAdmin().patch("/merchants/" + merchant + "/status", inactive).expect(200);
        sql.execute(
                "UPDATE merchants SET name = ?, default_percentage_e4 = 170000 WHERE id = ?",
                Scenario.unique("Renamed"),
                merchant);
        story.buyCredited(alice, given.merchant(), "10.00");

        assertThat(all.stream().map(story::explainToAdmin).toList()).isEqualTo(before);
    }

    @Test
    void tellsWhatEachRefundTook() {
        Session alice = given.user();
        UUID merchant = given.merchant();
        given.offer(merchant, "percent", "5", "50.00");
        Partner partner = given.partner();
        JsonObject purchase = given.purchase(alice.userId(), merchant, "100.00");
        UUID id = story.reportCredited(partner, purchase);
        story.refund(partner, purchase, "r-1", "40.00");
        service.runVerification();
        story.refund(partner, purchase, "r-2", "0.05");
        story.refund(partner, purchase, "r-3", "30.00");

        JsonObject explanation = story.explainToAdmin(id);

        assertThat(explanation.getString("refunded_amount")).isEqualTo("70.05");
        assertThat(Story.objects(explanation, "refunds").stream()
                        .map(r -> r.getString("refund_id") + " " + r.getString("amount") + " "
                                + r.getString("cashback_amount")))
                .containsExactly("r-1 40.00 2.00", "r-2 0.05 0.00", "r-3 30.00 1.50");
        assertThat(Story.movements(explanation))
                .containsExactly(
                        "cashback_credit 5.00 null>pending",
                        "cashback_refunded 2.00 pending>null",
                        "cashback_confirmed 3.00 pending>available",
                        "cashback_refunded 1.50 available>null");
        assertThat(Story.objects(explanation, "journal").stream().map(m -> m.getString("refund_id")))
                .containsExactly(null, "r-1", null, "r-3");
        assertThat(Story.states(explanation))
                .containsExactly("null>pending partner null", "pending>confirmed system null");
        assertThat(Story.objects(explanation, "history").get(0).getString("actor_id"))
                .isEqualTo(partner.id().toString());
        assertThat(explanation.getString("cashback_amount")).isEqualTo("1.50");
        assertThat(Story.step(explanation)).isEqualTo("none");
        assertThat(explanation.getJsonObject("cap").getString("used_after")).isEqualTo("5.00");
    }

    @Test
    void tellsThatTheLastRefundTookAllThatWasLeft() {
        Session alice = given.user();
        Partner partner = given.partner();
        JsonObject purchase = given.purchase(alice.userId(), given.merchant(), "100.00");
        UUID id = story.reportCredited(partner, purchase);
        story.refund(partner, purchase, "r-1", "33.33");
        story.refund(partner, purchase, "r-2", "66.67");

        JsonObject explanation = story.explainToAdmin(id);

        assertThat(Story.objects(explanation, "refunds").stream().map(r -> r.getString("cashback_amount")))
                .containsExactly("1.67", "3.33");
        assertThat(Story.movements(explanation))
                .containsExactly(
                        "cashback_credit 5.00 null>pending",
                        "cashback_refunded 1.67 pending>null",
                        "cashback_reversed 3.33 pending>null");
        assertThat(Story.states(explanation))
                .containsExactly(
                        "null>pending partner null", "pending>reversed partner The purchase was refunded in full.");
        assertThat(Story.objects(explanation, "history").get(1).getString("actor_id"))
                .isEqualTo(partner.id().toString());
        assertThat(Story.step(explanation)).isEqualTo("final");
    }

    @Test
    void addsUpWhateverHappened() {
        Session alice = given.user();
        Partner partner = given.partner();
        JsonObject purchase = given.purchase(alice.userId(), given.merchant(), "99.99");
        UUID id = story.reportCredited(partner, purchase);
        for (int i = 1; i <= 12; i++) {
            story.refund(partner, purchase, "r-" + i, "7.77");
        }

        JsonObject explanation = story.explainToAdmin(id);

        JsonArray refunds = explanation.getJsonArray("refunds");
        long taken = Story.objects(explanation, "refunds").stream()
                .mapToLong(r -> Story.cents(r.getString("cashback_amount")))
                .sum();
        assertThat(refunds).hasSize(12);
        assertThat(Story.cents(explanation.getJsonObject("credit").getString("amount")) - taken)
                .isEqualTo(Story.cents(explanation.getString("cashback_amount")));
        assertThat(Story.cents(explanation.getString("refunded_amount"))).isEqualTo(12 * 777);
    }

    @Test
    void agreesWithItselfWhileThePurchaseChanges() {
        Session alice = given.user();
        Partner partner = given.partner();
        JsonObject purchase = given.purchase(alice.userId(), given.merchant(), "100.00");
        UUID id = story.reportCredited(partner, purchase);
        ApiClient admin = given.asAdmin();
        List<CompletableFuture<Reply>> changes = new ArrayList<>();
        List<CompletableFuture<Reply>> explanations = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String body = story.refundEvent(purchase, "r-" + i, "2.50").encode();
            changes.add(anyone.with(partner.sign(body, service.clock().instant()))
                    .sendAsync("POST", partner.purchasesPath(), body));
            explanations.add(admin.sendAsync("GET", Story.path(id), null));
            if (i == 10) {
                changes.add(admin.sendAsync("POST", "/purchases/" + id + "/confirmation", null));
            }
        }

        changes.forEach(reply -> reply.join().expect(200));
        explanations.forEach(reply -> requireAgreement(reply.join().expect(200).json()));
        JsonObject last = story.explainToAdmin(id);
        requireAgreement(last);
        assertThat(last.getString("refunded_amount")).isEqualTo("50.00");
        assertThat(last.getString("cashback_amount")).isEqualTo("2.50");
    }

    /** The parts tell one story: what is held is what was credited less what refunds took, and the journal says so. */
    private static void requireAgreement(JsonObject explanation) {
        long held = Story.cents(explanation.getString("cashback_amount"));
        long credited = Story.cents(explanation.getJsonObject("credit").getString("amount"));
        assertThat(credited - sum(explanation, "refunds", "cashback_amount")).isEqualTo(held);
        assertThat(sum(explanation, "refunds", "amount"))
                .isEqualTo(Story.cents(explanation.getString("refunded_amount")));
        List<JsonObject> journal = Story.objects(explanation, "journal");
        boolean confirmed = explanation.getString("status").equals("confirmed");
        String account = confirmed ? "available" : "pending";
        long balance = journal.stream()
                .mapToLong(m -> account.equals(m.getString("to"))
                        ? Story.cents(m.getString("amount"))
                        : account.equals(m.getString("from")) ? -Story.cents(m.getString("amount")) : 0)
                .sum();
        assertThat(balance).isEqualTo(held);
        assertThat(explanation.getJsonArray("history")).hasSize(confirmed ? 2 : 1);
        assertThat(Story.step(explanation)).isEqualTo(confirmed ? "none" : "verification");
    }

    private static long sum(JsonObject explanation, String list, String member) {
        return Story.objects(explanation, list).stream()
                .mapToLong(o -> Story.cents(o.getString(member)))
                .sum();
    }

    @Test
    void refusesWhoIsNeitherOwnerNorAdmin() {
        UUID id = given.buy(given.user(), given.merchant(), "100.00");

        JsonObject details = anyone.as(given.user()).get(Story.path(id)).expectError(403, "FORBIDDEN");

        assertThat(details).isEqualTo(JsonObject.of("resource_type", "purchase", "resource_id", id.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {NOBODY, "ABCDEF00-0000-4000-8000-00000000000F", "42", "not-a-uuid"})
    void doesNotFindWhatIsNotThere(String id) {
        JsonObject details = anyone.as(given.user()).get(Story.path(id)).expectError(404, "NOT_FOUND");

        assertThat(details).isEqualTo(JsonObject.of("resource_type", "purchase", "resource_id", id));
    }

    @Test
    void refusesStrangersAndOtherMethods() {
        UUID id = given.buy(given.user(), given.merchant(), "100.00");

        anyone.get(Story.path(id)).expectError(401, "INVALID_TOKEN");
        anyone.withToken("forged").get(Story.path(id)).expectError(401, "INVALID_TOKEN");
        given.asAdmin().post(Story.path(id)).expectError(405, "METHOD_NOT_ALLOWED");
    }
}
