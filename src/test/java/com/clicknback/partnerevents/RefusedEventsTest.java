package com.clicknback.partnerevents;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.PartnerPurchase;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Events that were taken, or answered, and had no effect: where they can be seen. */
@ExtendWith(ServiceExtension.class)
class RefusedEventsTest {
    private static final String CONTRADICTED =
            "The rejection was refused. The purchase is not pending: it is confirmed.";

    private final TestService service;
    private final Scenario given;
    private final Sql sql;

    RefusedEventsTest(TestService service, Scenario given, Sql sql) {
        this.service = service;
        this.given = given;
        this.sql = sql;
    }

    @Test
    void aParkedEventThatIsRefusedWhenItsPurchaseArrivesIsVisibleEverywhere() {
        PartnerPurchase story = given.partnerPurchase("100.00");
        double before = counted(story, "PURCHASE_NOT_PENDING");
        story.tell(story.confirmation(1)).expect(202);
        story.tell(story.rejection(2, "Cancelled.")).expect(202);
        assertThat(listed(story, "?outcome=parked")).hasSize(2);

        UUID id = story.arrive();
        assertThat(story.settled().getString("status")).isEqualTo("confirmed");

        JsonObject told = given.explain(id).getJsonArray("refused_events").getJsonObject(0);
        assertThat(told.getMap())
                .containsEntry("type", "purchase.rejected")
                .containsEntry("outcome", "refused")
                .containsEntry("code", "PURCHASE_NOT_PENDING")
                .containsEntry("message", CONTRADICTED);
        JsonObject listed = listed(story, "?outcome=refused").get(0);
        assertThat(listed.getMap())
                .containsEntry("type", "purchase.rejected")
                .containsEntry("external_id", story.externalId())
                .containsEntry("purchase_id", id.toString())
                .containsEntry("reason", "Cancelled.")
                .containsEntry("code", "PURCHASE_NOT_PENDING")
                .containsEntry("message", CONTRADICTED)
                .containsEntry("settled_at", told.getString("settled_at"));
        assertThat(listed(story, "?outcome=applied"))
                .extracting(event -> event.getString("type"))
                .containsExactly("purchase.confirmed");
        JsonObject audited = audited("PARTNER_EVENT_REFUSED", id);
        assertThat(audited.getJsonObject("details").getMap())
                .containsEntry("type", "purchase.rejected")
                .containsEntry("code", "PURCHASE_NOT_PENDING")
                .containsEntry("reason", "The purchase is not pending: it is confirmed.");
        assertThat(counted(story, "PURCHASE_NOT_PENDING")).isEqualTo(before + 1);
    }

    @Test
    void aCorrectionBelowTheRefundsTellsWhatWasRefunded() {
        PartnerPurchase story = given.partnerPurchase("100.00");
        double before = counted(story, "VALIDATION_ERROR");
        story.tell(story.refund(1, "r", "60.00")).expect(202);
        story.tell(story.correction(2, "k", "50.00")).expect(202);

        story.arrive();
        assertThat(story.settled().getString("status")).isEqualTo("pending");

        assertThat(messages(story))
                .containsExactly("The correction k to 50.00 was refused. The amount must not be less than what was"
                        + " refunded of the purchase: 60.00.");
        assertThat(counted(story, "VALIDATION_ERROR")).isEqualTo(before + 1);
    }

    @Test
    void anEventThatIsRefusedInItsAnswerIsOnRecordButNeitherAuditedNorCounted() {
        PartnerPurchase story = given.partnerPurchase("100.00");
        UUID id = story.arriveCredited();
        story.tell(story.refund(1, "r", "100.01")).expectError(422, "VALIDATION_ERROR");
        story.tell(story.refund(1, "r", "100.01")).expectError(422, "VALIDATION_ERROR");

        assertThat(messages(story))
                .containsExactly("The refund r of 100.01 was refused. The amount must not be more than what is left of"
                        + " the purchase: 100.00.");
        assertThat(story.audited()).doesNotContain("PARTNER_EVENT_REFUSED");
        assertThat(listed(story, "?outcome=refused")).hasSize(1);

        story.tell(story.refund(1, "r", "40.00")).expect(200);
        assertThat(given.explain(id).getJsonArray("refused_events"))
                .as("sent again and applied")
                .isEmpty();
        assertThat(listed(story, "?outcome=refused")).isEmpty();
    }

    @Test
    void theListGoesPageByPageAndKnowsOnlyItsPartner() {
        PartnerPurchase story = given.partnerPurchase("100.00");
        for (int i = 0; i < 3; i++) {
            story.tell(story.refund(i, "r" + i, "1.00")).expect(202);
        }
        PartnerPurchase other = given.partnerPurchase("100.00");
        other.tell(other.confirmation(1)).expect(202);

        JsonObject first = page(story, "?limit=2");
        assertThat(first.getJsonArray("data")).hasSize(2);
        String cursor = first.getJsonObject("pagination").getString("next_cursor");
        JsonObject second = page(story, "?limit=2&cursor=" + cursor);
        assertThat(second.getJsonArray("data")).hasSize(1);
        assertThat(second.getJsonObject("pagination").getString("next_cursor")).isNull();
        ApiClient admin = given.asAdmin();
        admin.get(path(story) + "?outcome=lost").expectError(422, "VALIDATION_ERROR");
        admin.get("/partners/" + UUID.randomUUID() + "/events").expectError(404, "NOT_FOUND");
        given.as(given.member()).get(path(story)).expectError(403, "FORBIDDEN");
    }

    /** As rows of before refusals were kept in words. */
    @Test
    void anEventWithoutARefusalInWordsIsShownWithItsCode() {
        PartnerPurchase story = given.partnerPurchase("100.00");
        UUID id = story.arriveCredited();
        story.tell(story.rejection(1, "Cancelled.")).expect(200);
        story.tell(story.confirmation(2)).expectError(400, "PURCHASE_NOT_PENDING");
        sql.execute(
                "UPDATE partner_events SET refusal = NULL, settled_at = NULL WHERE partner_id = ?", story.partner.id());

        JsonObject told = given.explain(id).getJsonArray("refused_events").getJsonObject(0);
        assertThat(told.getString("message")).isEqualTo("An event of the partner had no effect: PURCHASE_NOT_PENDING.");
        assertThat(listed(story, "?outcome=refused").get(0).getString("message"))
                .isNull();
    }

    private List<String> messages(PartnerPurchase story) {
        return given.explain(story.id()).getJsonArray("refused_events").stream()
                .map(event -> ((JsonObject) event).getString("message"))
                .toList();
    }

    private List<JsonObject> listed(PartnerPurchase story, String query) {
        return page(story, query).getJsonArray("data").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private JsonObject page(PartnerPurchase story, String query) {
        return given.asAdmin().get(path(story) + query).expect(200).json();
    }

    private static String path(PartnerPurchase story) {
        return "/partners/" + story.partner.id() + "/events";
    }

    private JsonObject audited(String action, UUID resourceId) {
        return given.asAdmin()
                .get("/audit-logs?action=" + action + "&resource_id=" + resourceId)
                .expect(200)
                .json()
                .getJsonArray("data")
                .getJsonObject(0);
    }

    private double counted(PartnerPurchase story, String code) {
        return service.measuredOf(
                story.partner.id(),
                "clicknback_partner_events_refused_total{code=\"" + code + "\",partner=\"PARTNER\"}");
    }
}
