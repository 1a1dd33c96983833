package com.clicknback.explanations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Partner;
import com.clicknback.testing.PartnerPurchase;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(ServiceExtension.class)
class ExplanationHistoryTest {
    private final TestService service;
    private final Scenario given;
    private final ApiClient anyone;
    private final Sql sql;

    ExplanationHistoryTest(TestService service, Scenario given, ApiClient anyone, Sql sql) {
        this.service = service;
        this.given = given;
        this.anyone = anyone;
        this.sql = sql;
    }

    @Test
    void tellsAdminsWhoActedAndOwnersOnlyWhatKindOfActor() {
        Session alice = given.user();
        UUID id = given.buyCredited(alice, given.merchant(), "100.00");
        Session carol = given.newAdmin();
        anyone.as(carol).post("/purchases/" + id + "/confirmation").expect(200);
        anyone.as(carol)
                .patch("/purchases/" + id + "/reverse", JsonObject.of("reason", "Goods returned."))
                .expect(200);

        JsonObject toAdmin = given.explain(id);
        JsonObject toOwner = Scenario.explain(anyone.as(alice), id);

        assertThat(Told.states(toAdmin))
                .containsExactly(
                        "null>pending user null",
                        "pending>confirmed admin null",
                        "confirmed>reversed admin Goods returned.");
        assertThat(Told.objects(toAdmin, "history").stream().map(c -> c.getString("actor_id")))
                .containsExactly(
                        alice.userId().toString(),
                        carol.userId().toString(),
                        carol.userId().toString());
        assertThat(Told.movements(toAdmin))
                .containsExactly(
                        "cashback_credit 5.00 null>pending",
                        "cashback_confirmed 5.00 pending>available",
                        "cashback_reversed 5.00 available>null");
        assertThat(Told.step(toAdmin)).isEqualTo("final");
        assertThat(toAdmin.getString("cashback_amount")).isEqualTo("0.00");
        assertThat(toAdmin.getString("cashback_status")).isEqualTo("reversed");
        assertThat(Told.objects(toOwner, "history").stream().map(c -> c.getValue("actor_id")))
                .containsExactly(null, null, null);
        Told.objects(toAdmin, "history").forEach(change -> change.putNull("actor_id"));
        assertThat(toOwner).isEqualTo(toAdmin);
    }

    @Test
    void tellsTheTimesOfTheStates() {
        Session alice = given.user();
        UUID id = given.buyCredited(alice, given.merchant(), "100.00");
        given.asAdmin()
                .post("/purchases/" + id + "/rejection", JsonObject.of("reason", "Cancelled."))
                .expect(200);
        JsonObject purchase = given.purchase(id);

        JsonObject explanation = given.explain(id);

        assertThat(Told.states(explanation))
                .containsExactly("null>pending user null", "pending>rejected admin Cancelled.");
        List<Instant> times = Told.objects(explanation, "history").stream()
                .map(c -> Instant.parse(c.getString("occurred_at")))
                .toList();
        assertThat(times.get(0)).isEqualTo(Instant.parse(purchase.getString("created_at")));
        assertThat(times.get(1))
                .isCloseTo(Instant.parse(purchase.getString("updated_at")), within(1, ChronoUnit.SECONDS));
        assertThat(Told.movements(explanation))
                .containsExactly("cashback_credit 5.00 null>pending", "cashback_rejected 5.00 pending>null");
        assertThat(explanation.getString("cashback_amount")).isEqualTo("5.00");
        assertThat(Told.step(explanation)).isEqualTo("final");
    }

    @ParameterizedTest
    @ValueSource(strings = {"confirmed", "rejected"})
    void tellsWhatThePartnerDecided(String decision) {
        Session alice = given.user();
        Partner partner = given.partner();
        PartnerPurchase purchase = given.partnerPurchase(partner, alice.userId(), given.merchant(), "100.00");
        UUID id = purchase.arriveCredited();
        String reason = decision.equals("rejected") ? "Never paid." : null;
        purchase.tell(reason == null ? purchase.confirmation(1) : purchase.rejection(1, reason))
                .expect(200);

        JsonObject explanation = Scenario.explain(anyone.as(alice), id);

        assertThat(Told.states(explanation))
                .containsExactly("null>pending partner null", "pending>" + decision + " partner " + reason);
    }

    @Test
    void saysWhenItIsVerifiedAndHowManyAttemptsAreLeft() {
        Session alice = given.user();
        UUID id = given.buyCredited(alice, given.merchant(), "100.00");
        Instant due = service.clock().instant().plusSeconds(90).truncatedTo(ChronoUnit.MICROS);
        sql.execute(
                "INSERT INTO verifications (purchase_id, user_id, merchant_id, attempts, due_at)"
                        + " SELECT id, user_id, merchant_id, 2, ? FROM purchases WHERE id = ?",
                due.atOffset(ZoneOffset.UTC),
                id);

        JsonObject next = Scenario.explain(anyone.as(alice), id).getJsonObject("next");

        assertThat(next.getString("step")).isEqualTo("verification");
        assertThat(Instant.parse(next.getString("due_at"))).isEqualTo(due);
        assertThat(next.getInteger("attempts_used")).isEqualTo(2);
        assertThat(next.getInteger("attempts_left")).isEqualTo(1);
        assertThat(next.getString("message")).isEqualTo("Verification confirms or rejects the purchase.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"user", "merchant"})
    void saysThatAFlagHoldsItBack(String scope) {
        Session alice = given.user();
        UUID merchant = given.merchant();
        UUID id = given.buyCredited(alice, merchant, "100.00");
        UUID scopeId = scope.equals("user") ? alice.userId() : merchant;
        JsonObject off = JsonObject.of("enabled", false, "scope_type", scope, "scope_id", scopeId.toString());
        given.asAdmin().put("/feature-flags/purchase_auto_confirm", off).expect(200);
        service.runVerification();

        JsonObject held = Scenario.explain(anyone.as(alice), id);
        given.asAdmin()
                .put("/feature-flags/purchase_auto_confirm", off.put("enabled", true))
                .expect(200);
        JsonObject released = Scenario.explain(anyone.as(alice), id);
        service.runVerification();
        JsonObject confirmed = Scenario.explain(anyone.as(alice), id);

        assertThat(Told.step(held)).isEqualTo("held");
        assertThat(held.getJsonObject("next").getString("feature_flag")).isEqualTo("purchase_auto_confirm");
        assertThat(held.getJsonObject("next").getInteger("attempts_used")).isZero();
        assertThat(Told.step(released)).isEqualTo("verification");
        assertThat(Told.step(confirmed)).isEqualTo("none");
        assertThat(Told.states(confirmed)).containsExactly("null>pending user null", "pending>confirmed system null");
    }

    /** The administrator's confirmation counted for the purchase that refunds reversed since. */
    @Test
    void saysWhatHoldsAPurchaseThatNoPersonConfirmedAgain() {
        Session alice = given.user();
        PartnerPurchase purchase = given.partnerPurchase(given.partner(), alice.userId(), given.merchant(), "100.00");
        UUID id = purchase.arriveCredited();
        JsonObject off = JsonObject.of(
                "enabled",
                false,
                "scope_type",
                "user",
                "scope_id",
                alice.userId().toString());
        given.asAdmin().put("/feature-flags/purchase_auto_confirm", off).expect(200);
        given.asAdmin().post("/purchases/" + id + "/confirmation").expect(200);
        purchase.tell(purchase.refund(1, "r", "100.00")).expect(200);
        purchase.tell(purchase.correction(2, "k", "150.00")).expect(200);

        JsonObject explanation = given.explain(id);

        assertThat(explanation.getString("cashback_status")).isEqualTo("held");
        assertThat(Told.step(explanation)).isEqualTo("release_stopped");
        assertThat(explanation.getJsonObject("next").getString("feature_flag")).isEqualTo("purchase_auto_confirm");
    }

    @Test
    void saysThatThePartnerDecidesUntilItDoesNotAnyMore() {
        Session alice = given.user();
        Partner partner = given.partner();
        confirmedBy(partner, "partner");
        PartnerPurchase purchase = given.partnerPurchase(partner, alice.userId(), given.merchant(), "100.00");
        UUID id = purchase.arriveCredited();
        JsonObject reported = Scenario.explain(anyone.as(alice), id);
        service.runVerification();
        JsonObject withheld = Scenario.explain(anyone.as(alice), id);
        confirmedBy(partner, "verification");
        JsonObject returned = Scenario.explain(anyone.as(alice), id);
        service.runVerification();
        JsonObject confirmed = Scenario.explain(anyone.as(alice), id);

        assertThat(Told.step(reported)).isEqualTo("partner_confirmation");
        assertThat(Told.step(withheld)).isEqualTo("partner_confirmation");
        assertThat(Told.step(returned)).isEqualTo("verification");
        assertThat(returned.getJsonObject("next").getString("due_at")).isEqualTo(returned.getString("created_at"));
        assertThat(returned.getJsonObject("next").getInteger("attempts_left")).isEqualTo(3);
        assertThat(Told.states(confirmed))
                .containsExactly("null>pending partner null", "pending>confirmed system null");
    }

    private void confirmedBy(Partner partner, String who) {
        given.asAdmin()
                .patch("/partners/" + partner.id(), JsonObject.of("confirmed_by", who))
                .expect(200);
    }
}
