package com.clicknback.explanations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.clicknback.purchases.Story;
import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Partner;
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
    private final Story story;

    ExplanationHistoryTest(TestService service, Scenario given, ApiClient anyone, Sql sql) {
        this.service = service;
        this.given = given;
        this.anyone = anyone;
        this.sql = sql;
        this.story = new Story(service, given);
    }

    @Test
    void tellsAdminsWhoActedAndOwnersOnlyWhatKindOfActor() {
        Session alice = given.user();
        UUID id = story.buyCredited(alice, given.merchant(), "100.00");
        Session carol = given.newAdmin();
        anyone.as(carol).post("/purchases/" + id + "/confirmation").expect(200);
        anyone.as(carol)
                .patch("/purchases/" + id + "/reverse", JsonObject.of("reason", "Goods returned."))
                .expect(200);

        JsonObject toAdmin = story.explainToAdmin(id);
        JsonObject toOwner = story.explain(anyone.as(alice), id);

        assertThat(Story.states(toAdmin))
                .containsExactly(
                        "null>pending user null",
                        "pending>confirmed admin null",
                        "confirmed>reversed admin Goods returned.");
        assertThat(Story.objects(toAdmin, "history").stream().map(c -> c.getString("actor_id")))
                .containsExactly(
                        alice.userId().toString(),
                        carol.userId().toString(),
                        carol.userId().toString());
        assertThat(Story.movements(toAdmin))
                .containsExactly(
                        "cashback_credit 5.00 null>pending",
                        "cashback_confirmed 5.00 pending>available",
                        "cashback_reversed 5.00 available>null");
        assertThat(Story.step(toAdmin)).isEqualTo("final");
        assertThat(toAdmin.getString("cashback_amount")).isEqualTo("0.00");
        assertThat(toAdmin.getString("cashback_status")).isEqualTo("reversed");
        assertThat(Story.objects(toOwner, "history").stream().map(c -> c.getValue("actor_id")))
                .containsExactly(null, null, null);
        Story.objects(toAdmin, "history").forEach(change -> change.putNull("actor_id"));
        assertThat(toOwner).isEqualTo(toAdmin);
    }

    @Test
    void tellsTheTimesOfTheStates() {
        Session alice = given.user();
        UUID id = story.buyCredited(alice, given.merchant(), "100.00");
        given.asAdmin()
                .post("/purchases/" + id + "/rejection", JsonObject.of("reason", "Cancelled."))
                .expect(200);
        JsonObject purchase = given.purchase(id);

        JsonObject explanation = story.explainToAdmin(id);

        assertThat(Story.states(explanation))
                .containsExactly("null>pending user null", "pending>rejected admin Cancelled.");
        List<Instant> times = Story.objects(explanation, "history").stream()
                .map(c -> Instant.parse(c.getString("occurred_at")))
                .toList();
        assertThat(times.get(0)).isEqualTo(Instant.parse(purchase.getString("created_at")));
        assertThat(times.get(1))
                .isCloseTo(Instant.parse(purchase.getString("updated_at")), within(1, ChronoUnit.SECONDS));
        assertThat(Story.movements(explanation))
                .containsExactly("cashback_credit 5.00 null>pending", "cashback_rejected 5.00 pending>null");
        assertThat(explanation.getString("cashback_amount")).isEqualTo("5.00");
        assertThat(Story.step(explanation)).isEqualTo("final");
    }

    @ParameterizedTest
    @ValueSource(strings = {"confirmed", "rejected"})
    void tellsWhatThePartnerDecided(String decision) {
        Session alice = given.user();
        Partner partner = given.partner();
        JsonObject purchase = given.purchase(alice.userId(), given.merchant(), "100.00");
        UUID id = story.reportCredited(partner, purchase);
        JsonObject data = JsonObject.of("external_id", purchase.getString("external_id"));
        String reason = decision.equals("rejected") ? "Never paid." : null;
        story.tell(partner, "purchase." + decision, reason == null ? data : data.put("reason", reason));

        JsonObject explanation = story.explain(anyone.as(alice), id);

        assertThat(Story.states(explanation))
                .containsExactly("null>pending partner null", "pending>" + decision + " partner " + reason);
    }

    @Test
    void saysWhenItIsVerifiedAndHowManyAttemptsAreLeft() {
        Session alice = given.user();
        UUID id = story.buyCredited(alice, given.merchant(), "100.00");
        Instant due = service.clock().instant().plusSeconds(90).truncatedTo(ChronoUnit.MICROS);
        sql.execute(
                "INSERT INTO verifications (purchase_id, user_id, merchant_id, attempts, due_at)"
                        + " SELECT id, user_id, merchant_id, 2, ? FROM purchases WHERE id = ?",
                due.atOffset(ZoneOffset.UTC),
                id);

        JsonObject next = story.explain(anyone.as(alice), id).getJsonObject("next");

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
        UUID id = story.buyCredited(alice, merchant, "100.00");
        UUID scopeId = scope.equals("user") ? alice.userId() : merchant;
        JsonObject off = JsonObject.of("enabled", false, "scope_type", scope, "scope_id", scopeId.toString());
        given.asAdmin().put("/feature-flags/purchase_auto_confirm", off).expect(200);
        service.runVerification();

        JsonObject held = story.explain(anyone.as(alice), id);
        given.asAdmin()
                .put("/feature-flags/purchase_auto_confirm", off.put("enabled", true))
                .expect(200);
        JsonObject released = story.explain(anyone.as(alice), id);
        service.runVerification();
        JsonObject confirmed = story.explain(anyone.as(alice), id);

        assertThat(Story.step(held)).isEqualTo("held");
        assertThat(held.getJsonObject("next").getString("feature_flag")).isEqualTo("purchase_auto_confirm");
        assertThat(held.getJsonObject("next").getInteger("attempts_used")).isZero();
        assertThat(Story.step(released)).isEqualTo("verification");
        assertThat(Story.step(confirmed)).isEqualTo("none");
        assertThat(Story.states(confirmed)).containsExactly("null>pending user null", "pending>confirmed system null");
    }

    @Test
    void saysThatThePartnerDecidesUntilItDoesNotAnyMore() {
        Session alice = given.user();
        Partner partner = given.partner();
        confirmedBy(partner, "partner");
        JsonObject purchase = given.purchase(alice.userId(), given.merchant(), "100.00");
        UUID id = story.reportCredited(partner, purchase);
        JsonObject reported = story.explain(anyone.as(alice), id);
        service.runVerification();
        JsonObject withheld = story.explain(anyone.as(alice), id);
        confirmedBy(partner, "verification");
        JsonObject returned = story.explain(anyone.as(alice), id);
        service.runVerification();
        JsonObject confirmed = story.explain(anyone.as(alice), id);

        assertThat(Story.step(reported)).isEqualTo("partner_confirmation");
        assertThat(Story.step(withheld)).isEqualTo("partner_confirmation");
        assertThat(Story.step(returned)).isEqualTo("verification");
        assertThat(returned.getJsonObject("next").getString("due_at")).isEqualTo(returned.getString("created_at"));
        assertThat(returned.getJsonObject("next").getInteger("attempts_left")).isEqualTo(3);
        assertThat(Story.states(confirmed))
                .containsExactly("null>pending partner null", "pending>confirmed system null");
    }

    private void confirmedBy(Partner partner, String who) {
        given.asAdmin()
                .patch("/partners/" + partner.id(), JsonObject.of("confirmed_by", who))
                .expect(200);
    }
}
