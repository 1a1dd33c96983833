package com.clicknback.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.PartnerPurchase;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An order that a partner reports and its user submits, as both see it. */
@ExtendWith(ServiceExtension.class)
class OrderReportsTest {
    private final TestService service;
    private final Scenario given;
    private final Sql sql;
    private Session user;
    private PartnerPurchase story;
    private JsonObject own;
    private String orderRef;

    OrderReportsTest(TestService service, Scenario given, Sql sql) {
        this.service = service;
        this.given = given;
        this.sql = sql;
    }

    @BeforeEach
    void oneOrderOfWhichBothKnow() {
        user = given.member();
        UUID merchant = given.merchant();
        given.offer(merchant, "percent", "10", "6");
        orderRef = Scenario.unique("order");
        story = given.partnerPurchase(given.partner(), user.userId(), merchant, "100.00");
        story.purchase.put("order_ref", orderRef);
        own = given.purchase(user.userId(), merchant, "100.00").put("order_ref", orderRef);
    }

    @Test
    void afterThePartnersReportTheUsersSubmissionIsAnswered200AndEarnsNothing() {
        UUID id = story.arriveCredited();

        JsonObject answer = submit(200);

        assertThat(answer.getMap())
                .containsEntry("id", id.toString())
                .containsEntry("status", "pending")
                .containsEntry("cashback_amount", "6.00");
        assertThat(submitAgain()).isEqualTo(id.toString());
        story.tell(story.creation()).expect(200);
        assertThat(story.outcome()).isEqualTo("pending pending 6.00, pending 600 available 0 cap 600");
        JsonObject order = order(id);
        assertThat(order.getMap())
                .containsEntry("order_ref", orderRef)
                .containsEntry("first_reported_by", "partner")
                .containsEntry("user_external_id", own.getString("external_id"))
                .containsEntry(
                        "message",
                        "Its user submitted the order, too, as " + own.getString("external_id")
                                + ". It is one purchase and earns once; the partner decides about it.");
        assertThat(order.getString("attached_at")).isNotNull();
        assertThat(found(orderRef)).containsExactly(id.toString());
        assertThat(found(own.getString("external_id"))).containsExactly(id.toString());
    }

    @Test
    void afterTheUsersSubmissionThePartnersReportTakesThePurchase() {
        UUID id = UUID.fromString(submit(201).getString("id"));
        service.awaitCredits();
        assertThat(order(id).getString("attached_at")).isNull();

        JsonObject answer = story.tell(story.creation()).expect(200).json();

        assertThat(answer.getMap())
                .containsEntry("id", id.toString())
                .containsEntry("external_id", story.externalId())
                .containsEntry("duplicate", true);
        story.tell(story.creation()).expect(200);
        assertThat(submitAgain()).isEqualTo(id.toString());
        story.tell(story.refund(1, "r", "70.00")).expect(200);
        story.tell(story.confirmation(2)).expect(200);
        assertThat(story.outcome()).isEqualTo("confirmed available 3.00, pending 0 available 300 cap 300");
        JsonObject explained = given.explain(id);
        assertThat(explained.getString("source")).isEqualTo(story.partner.id().toString());
        assertThat(explained.getJsonArray("history").getJsonObject(0).getString("actor_type"))
                .isEqualTo("user");
        assertThat(explained.getJsonObject("order").getString("first_reported_by"))
                .isEqualTo("user");
        assertThat(found(story.externalId())).containsExactly(id.toString());
        assertThat(found(own.getString("external_id"))).containsExactly(id.toString());
        assertThat(story.audited()).contains("PURCHASE_ATTACHED");
        assertThat(given.asAdmin()
                        .get("/audit-logs?action=PURCHASE_ATTACHED&resource_id=" + id)
                        .data())
                .as("references are free text")
                .singleElement()
                .satisfies(row -> assertThat(row.getJsonObject("details").getMap())
                        .isEqualTo(Map.of("first_reported_by", "user")));
    }

    /** Without it the refund would wait for a purchase that never comes. */
    @Test
    void thePartnersReportReachesThePurchaseOfAUserWhoWasDeactivatedMeanwhile() {
        String id = submit(201).getString("id");
        service.awaitCredits();
        deactivateTheUser();
        story.tell(story.refund(1, "r", "70.00")).expect(202);

        assertThat(story.tell(story.creation()).expect(200).json().getString("id"))
                .isEqualTo(id);

        service.awaitPartnerEvents();
        assertThat(story.outcome()).isEqualTo("pending pending 3.00, pending 300 available 0 cap 300");
    }

    @Test
    void anIdThatABatchReusesAfterItsReportAttachedIsRefusedAsReused() {
        String id = submit(201).getString("id");
        deactivateTheUser();
        JsonObject other = story.purchase.copy().put("amount", "101.00");

        JsonArray results = given.report(story.partner, List.of(story.purchase, other))
                .expect(200)
                .json()
                .getJsonArray("results");

        assertThat(results.getJsonObject(0).getString("id")).isEqualTo(id);
        assertThat(results.getJsonObject(1).getJsonObject("error").getString("code"))
                .isEqualTo("EXTERNAL_ID_REUSED");
    }

    @Test
    void anOrderOfADeactivatedUserThatWasRejectedStaysAsItIs() {
        UUID id = UUID.fromString(submit(201).getString("id"));
        given.asAdmin()
                .post("/purchases/" + id + "/rejection", JsonObject.of("reason", "No."))
                .expect(200);
        deactivateTheUser();

        story.tell(story.creation()).expectError(422, "USER_NOT_ELIGIBLE");

        assertThat(sql.count("SELECT count(*) FROM purchase_orders WHERE purchase_id = ? AND open", id))
                .as("a refused report changes nothing")
                .isEqualTo(1);
    }

    private void deactivateTheUser() {
        given.asAdmin()
                .patch("/users/" + user.userId(), JsonObject.of("active", false))
                .expect(200);
    }

    @Test
    void theAnswerToASecondReportTellsWhenTheCashbackBecameAvailable() {
        UUID id = story.arriveCredited();
        story.tell(story.confirmation(1)).expect(200);

        JsonObject answer = submit(200);

        assertThat(answer.getString("status")).isEqualTo("confirmed");
        assertThat(answer.getString("payable_at"))
                .isNotNull()
                .isEqualTo(given.purchase(id).getString("payable_at"));
    }

    @Test
    void whatThePartnerToldBeforeReachesTheUsersPurchaseWithTheReport() {
        story.tell(story.rejection(1, "Cancelled.")).expect(202);
        submit(201);

        story.tell(story.creation()).expect(200);

        assertThat(story.settled().getString("status")).isEqualTo("rejected");
    }

    @Test
    void theVerificationJobLeavesThePurchaseToAPartnerThatDecides() {
        given.asAdmin()
                .patch("/partners/" + story.partner.id(), JsonObject.of("confirmed_by", "partner"))
                .expect(200);
        UUID id = UUID.fromString(submit(201).getString("id"));
        service.awaitCredits();
        sql.execute("DELETE FROM verification_batches WHERE ? = ANY (purchase_ids)", id);
        sql.execute(
                "INSERT INTO verifications (purchase_id, user_id, merchant_id, due_at)"
                        + " SELECT id, user_id, merchant_id, now() - interval '1 year' FROM purchases WHERE id = ?",
                id);
        story.tell(story.creation()).expect(200);

        service.runVerification();

        assertThat(given.purchase(id).getString("status")).isEqualTo("pending");
        assertThat(given.explain(id).getJsonObject("next").getString("step")).isEqualTo("partner_confirmation");
    }

    @Test
    void aBatchTellsThePurchaseThatAnItemAttachedTo() {
        String id = submit(201).getString("id");
        JsonObject another = story.purchase.copy().put("external_id", Scenario.unique("line"));

        List<JsonObject> results = given
                .report(story.partner, List.of(story.purchase, another))
                .expect(200)
                .json()
                .getJsonArray("results")
                .stream()
                .map(JsonObject.class::cast)
                .toList();

        assertThat(results).extracting(item -> item.getString("result")).containsExactly("duplicate", "accepted");
        assertThat(results.get(0).getString("id")).isEqualTo(id);
    }

    @Test
    void ofTwoItemsOfOneIdTheFirstCountsWhicheverNamesTheOrder() {
        JsonObject named = story.purchase;
        JsonObject plain = story.purchase.copy();
        plain.remove("order_ref");
        JsonObject plainFirst = plain.copy().put("external_id", Scenario.unique("plain"));
        JsonObject namedLater = plainFirst.copy().put("order_ref", Scenario.unique("order"));

        List<JsonObject> results = given
                .report(story.partner, List.of(named, plain, plainFirst, namedLater))
                .expect(200)
                .json()
                .getJsonArray("results")
                .stream()
                .map(JsonObject.class::cast)
                .toList();

        assertThat(results)
                .extracting(item -> item.getString("result"))
                .containsExactly("accepted", "rejected", "accepted", "rejected");
        assertThat(results.get(1).getJsonObject("error").getString("code")).isEqualTo("EXTERNAL_ID_REUSED");
    }

    @Test
    void anOrderRefOfAnotherReportOfTheSameIdIsADifference() {
        story.arrive();
        story.purchase.put("order_ref", "another");
        JsonObject details = story.tell(story.creation()).expectError(409, "EXTERNAL_ID_REUSED");
        assertThat(details.getJsonArray("fields")).containsExactly("order_ref");
        story.purchase.put("order_ref", "x".repeat(256));
        story.tell(story.creation()).expectError(422, "VALIDATION_ERROR");
    }

    private JsonObject submit(int status) {
        return given.as(user).post("/purchases", own).expect(status).json();
    }

    /** The purchase that the refusal of a repeat names. */
    private String submitAgain() {
        return given.as(user)
                .post("/purchases", own)
                .expectError(409, "DUPLICATE_PURCHASE")
                .getString("purchase_id");
    }

    private JsonObject order(UUID id) {
        return given.explain(id).getJsonObject("order");
    }

    private List<String> found(String text) {
        return given.asAdmin().get("/search?q=" + text).expect(200).json().getJsonArray("data").stream()
                .map(one -> ((JsonObject) one).getString("id"))
                .toList();
    }
}
