package com.clicknback.partnerevents;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.Partner;
import com.clicknback.testing.PartnerPurchase;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A confirmation and a rejection of one purchase: the partner's older word counts, whichever arrives first. */
@ExtendWith(ServiceExtension.class)
class ContradictionsTest {
    private final TestService service;
    private final Scenario given;
    private PartnerPurchase story;

    ContradictionsTest(TestService service, Scenario given) {
        this.service = service;
        this.given = given;
    }

    @BeforeEach
    void aPurchaseUnderACap() {
        UUID merchant = given.merchant();
        given.offer(merchant, "percent", "10", "6");
        story = given.partnerPurchase(given.partner(), given.users(1).get(0), merchant, "100.00");
    }

    @Test
    void anOlderConfirmationGivesBackWhatARejectionTook() {
        UUID id = story.arriveCredited();
        story.tell(story.rejection(5, "Cancelled.")).expect(200);
        story.tell(story.refund(6, "r", "50.00")).expectError(400, "PURCHASE_NOT_REVERSIBLE");
        assertThat(story.holdings()).isEqualTo("pending 0 available 0 cap 0");

        JsonObject answer = story.tell(story.confirmation(1)).expect(200).json();

        assertThat(answer.getString("status")).isEqualTo("confirmed");
        assertThat(story.outcome()).isEqualTo("confirmed available 5.00, pending 0 available 500 cap 500");
        assertThat(story.onRecord())
                .containsExactly("confirmed: applied", "rejected: PURCHASE_NOT_PENDING", "refunded r: applied");
        assertThat(story.journal())
                .containsExactly(
                        "cashback_credit 600",
                        "cashback_rejected 600",
                        "cashback_reinstated 600",
                        "cashback_confirmed 600",
                        "cashback_refunded 100");
        JsonObject explained = given.explain(id);
        assertThat(explained.getJsonArray("history"))
                .extracting(change -> ((JsonObject) change).getString("to"))
                .containsExactly("pending", "rejected", "pending", "confirmed");
        assertThat(changes(id))
                .containsExactly(
                        "reinstatement 6.00 to 6.00: An older confirmation of the partner contradicted the rejection:"
                                + " the cashback of 6.00 came back.",
                        "refund 6.00 to 5.00: A refund of 50.00 left 50.00 of 100.00, which earns 5.00 before the cap:"
                                + " the cashback fell from 6.00 to 5.00.");
        assertThat(explained.getJsonArray("refused_events").getJsonObject(0).getString("message"))
                .isEqualTo("The rejection was refused. The purchase is not pending: it is confirmed.");
        story.tell(story.confirmation(1)).expect(200);
        story.tell(story.rejection(5, "Cancelled.")).expectError(400, "PURCHASE_NOT_PENDING");
    }

    @Test
    void whatCameBeforeARejectionCountsAlsoBehindIt() {
        UUID id = story.arriveCredited();
        story.tell(story.rejection(5, "Cancelled.")).expect(200);

        story.tell(story.correction(2, "k", "80.00")).expect(200);
        story.tell(story.refund(3, "r", "30.00")).expect(200);
        story.tell(story.correction(6, "late", "70.00")).expectError(400, "PURCHASE_NOT_REVERSIBLE");

        assertThat(story.outcome()).isEqualTo("rejected rejected 6.00, pending 0 available 0 cap 0");
        assertThat(shown(id)).isEqualTo("80.00 less 30.00 [r] [k] Cancelled.");
        assertThat(story.journal()).containsExactly("cashback_credit 600", "cashback_rejected 600");
        assertThat(given.explain(id).getJsonArray("changes"))
                .extracting(change -> ((JsonObject) change).getString("message"))
                .hasSize(2)
                .allMatch(told -> told.endsWith(": the purchase was rejected, so that no cashback moved."));
        story.tell(story.confirmation(1)).expect(200);
        assertThat(story.outcome()).isEqualTo("confirmed available 4.00, pending 0 available 400 cap 400");
        assertThat(shown(id)).isEqualTo("70.00 less 30.00 [r] [k, late] null");
        assertThat(given.explain(id).getJsonArray("changes"))
                .extracting(change -> ((JsonObject) change).getString("message"))
                .last()
                .asString()
                .endsWith("the cashback fell from 5.00 to 4.00.");
        service.requireCleanLedger();
    }

    @Test
    void whatCameAfterARejectionCountsNoMoreOnceThatArrives() {
        UUID id = story.arriveCredited();
        story.tell(story.correction(6, "k", "80.00")).expect(200);
        story.tell(story.refund(7, "r", "30.00")).expect(200);
        story.tell(story.refund(3, "early", "10.00")).expect(200);
        assertThat(shown(id)).isEqualTo("80.00 less 40.00 [r, early] [k] null");

        story.tell(story.rejection(5, "Cancelled.")).expect(200);

        assertThat(shown(id)).isEqualTo("100.00 less 10.00 [early] [] Cancelled.");
        service.requireCleanLedger();
        story.tell(story.rejection(2, "Never paid.")).expect(200);
        assertThat(shown(id)).as("by the earliest rejection").isEqualTo("100.00 less 0.00 [] [] Never paid.");
        service.requireCleanLedger();
        story.tell(story.confirmation(1)).expect(200);
        assertThat(shown(id)).isEqualTo("80.00 less 40.00 [r, early] [k] null");
        assertThat(story.outcome()).isEqualTo("confirmed available 4.00, pending 0 available 400 cap 400");
    }

    @Test
    void aRefundOfAllThatAConfirmationBringsBackTakesWhatCameBack() {
        UUID id = story.arriveCredited();
        story.tell(story.rejection(5, "Cancelled.")).expect(200);
        story.tell(story.refund(6, "r", "100.00")).expectError(400, "PURCHASE_NOT_REVERSIBLE");

        story.tell(story.confirmation(1)).expect(200);

        assertThat(story.outcome()).isEqualTo("reversed reversed 0.00, pending 0 available 0 cap 0");
        assertThat(changes(id))
                .last()
                .asString()
                .startsWith("refund 6.00 to 0.00: ")
                .endsWith("the cashback fell from 6.00 to 0.00.");
        assertThat(given.explain(id).getJsonArray("refunds").getJsonObject(0).getString("cashback_amount"))
                .isEqualTo("6.00");
    }

    @Test
    void aRejectionBehindARefundOfAllFindsNothingLeft() {
        UUID id = story.arriveCredited();
        story.tell(story.refund(3, "r", "100.00")).expect(200);
        assertThat(story.standing()).startsWith("reversed reversed 0.00");

        JsonObject answer =
                story.tell(story.rejection(5, "Cancelled.")).expect(200).json();

        assertThat(answer.getString("cashback_amount")).isEqualTo("0.00");
        assertThat(story.outcome()).isEqualTo("rejected rejected 0.00, pending 0 available 0 cap 0");
        assertThat(changes(id)).last().asString().startsWith("refund 6.00 to 0.00: ");
        story.tell(story.correction(4, "k", "150.00")).expect(200);
        assertThat(story.standing()).startsWith("rejected rejected 0.00");
        story.tell(story.confirmation(1)).expect(200);
        assertThat(story.outcome()).isEqualTo("confirmed available 5.00, pending 0 available 500 cap 500");
        assertThat(changes(id))
                .last()
                .asString()
                .isEqualTo(
                        "reinstatement 0.00 to 5.00: An older confirmation of the partner contradicted the rejection:"
                                + " the cashback came back as 5.00 instead of 0.00.");
        service.requireCleanLedger();
    }

    private List<String> changes(UUID id) {
        return given.explain(id).getJsonArray("changes").stream()
                .map(JsonObject.class::cast)
                .map(change -> "%s %s to %s: %s"
                        .formatted(
                                change.getString("cause"),
                                change.getString("cashback_before"),
                                change.getString("cashback_after"),
                                change.getString("message")))
                .toList();
    }

    /** The amounts of a purchase, as the purchase and its explanation show them. */
    private String shown(UUID id) {
        JsonObject explained = given.explain(id);
        assertThat(given.purchase(id).getString("amount")).isEqualTo(explained.getString("amount"));
        return explained.getString("amount") + " less " + explained.getString("refunded_amount") + " "
                + ids(explained, "refunds", "refund_id") + " " + ids(explained, "corrections", "correction_id") + " "
                + given.purchase(id).getString("rejection_reason");
    }

    private static List<String> ids(JsonObject explained, String list, String member) {
        return explained.getJsonArray(list).stream()
                .map(one -> ((JsonObject) one).getString(member))
                .toList();
    }

    @Test
    void anOlderRejectionTakesBackWhatAConfirmationGave() {
        UUID id = story.arriveCredited();
        story.tell(story.confirmation(5)).expect(200);

        story.tell(story.rejection(1, "Never paid.")).expect(200);

        assertThat(story.outcome()).isEqualTo("rejected rejected 6.00, pending 0 available 0 cap 0");
        assertThat(story.onRecord()).containsExactly("rejected: applied", "confirmed: PURCHASE_NOT_PENDING");
        assertThat(story.journal())
                .containsExactly("cashback_credit 600", "cashback_confirmed 600", "cashback_rejected 600");
        assertThat(given.explain(id).getJsonArray("history"))
                .extracting(change -> ((JsonObject) change).getString("to"))
                .containsExactly("pending", "confirmed", "rejected");
        story.tell(story.confirmation(5)).expectError(400, "PURCHASE_NOT_PENDING");
    }

    @Test
    void aNewerWordIsRefusedAsBefore() {
        story.arriveCredited();
        story.tell(story.rejection(1, "Cancelled.")).expect(200);
        story.tell(story.confirmation(2)).expectError(400, "PURCHASE_NOT_PENDING");
        assertThat(story.outcome()).startsWith("rejected");
    }

    @Test
    void aRejectionThatIsSentAgainWithAnEarlierTimeBringsItsReason() {
        UUID id = story.arriveCredited();
        story.tell(story.rejection(5, "Returned.")).expect(200);
        story.tell(story.rejection(3, "Never paid.")).expect(200);
        story.tell(story.rejection(4, "Lost.")).expect(200);
        story.tell(story.rejection(3, "Zero stock.")).expect(200);

        assertThat(given.purchase(id).getString("rejection_reason")).isEqualTo("Never paid.");
        assertThat(story.audited()).containsExactly("PURCHASE_REJECTED", "PURCHASE_REJECTED");
        assertThat(story.journal()).containsExactly("cashback_credit 600", "cashback_rejected 600");
        story.tell(story.confirmation(1)).expect(200);
        assertThat(given.explain(id).getJsonArray("history"))
                .extracting(change -> ((JsonObject) change).getString("to"))
                .containsExactly("pending", "rejected", "pending", "confirmed");
    }

    @Test
    void theReasonOfAnAdministratorStands() {
        UUID id = story.arriveCredited();
        given.asAdmin()
                .post("/purchases/" + id + "/rejection", JsonObject.of("reason", "Fraud."))
                .expect(200);
        story.tell(story.rejection(5, "Returned.")).expect(200);
        story.tell(story.rejection(3, "Never paid.")).expect(200);

        assertThat(given.purchase(id).getString("rejection_reason")).isEqualTo("Fraud.");
    }

    @Test
    void aDecisionOfAnAdministratorStands() {
        UUID id = story.arriveCredited();
        given.asAdmin()
                .post("/purchases/" + id + "/rejection", JsonObject.of("reason", "Fraud."))
                .expect(200);
        story.tell(story.rejection(5, "Cancelled.")).expect(200);
        story.tell(story.confirmation(1)).expectError(400, "PURCHASE_NOT_PENDING");
        assertThat(story.outcome()).startsWith("rejected");
    }

    /** The neighbour that got the allowance gives it back, since the purchase came before. */
    @Test
    void whatComesBackTakesItsPlaceUnderTheCap() {
        Partner partner = story.partner;
        PartnerPurchase later = given.partnerPurchase(
                partner, story.userId, UUID.fromString(story.purchase.getString("merchant_id")), "40.00");
        story.arriveCredited();
        later.arriveCredited();
        assertThat(later.standing()).startsWith("pending pending 0.00");
        story.tell(story.rejection(5, "Cancelled.")).expect(200);
        assertThat(later.standing()).startsWith("pending pending 4.00");

        story.tell(story.confirmation(1)).expect(200);

        assertThat(story.outcome()).isEqualTo("confirmed available 6.00, pending 0 available 600 cap 600");
        assertThat(later.standing()).startsWith("pending pending 0.00");
    }

    /** An end leaves the stored amount as it was: what comes back to nothing must not keep it. */
    @Test
    void whatComesBackFindsItsShareGivenToAnEarlierPurchase() {
        PartnerPurchase earlier = given.partnerPurchase(
                story.partner, story.userId, UUID.fromString(story.purchase.getString("merchant_id")), "30.00");
        earlier.arriveCredited();
        UUID id = story.arriveCredited();
        assertThat(story.standing()).startsWith("pending pending 3.00");
        story.tell(story.rejection(5, "Cancelled.")).expect(200);
        earlier.tell(earlier.correction(6, "k", "100.00")).expect(200);

        story.tell(story.confirmation(1)).expect(200);

        assertThat(story.outcome()).isEqualTo("confirmed available 0.00, pending 600 available 0 cap 600");
        assertThat(earlier.standing()).startsWith("pending pending 6.00");
        assertThat(changes(id))
                .last()
                .asString()
                .isEqualTo(
                        "reinstatement 3.00 to 0.00: An older confirmation of the partner contradicted the rejection:"
                                + " the cashback came back as 0.00 instead of 3.00.");
        service.requireCleanLedger();
        story.tell(story.refund(7, "r", "100.00")).expect(200);
        assertThat(story.holdings()).isEqualTo("pending 600 available 0 cap 600");
        service.requireCleanLedger();
    }

    @Test
    void theOwnerReadsTheStoryInTheWallet() {
        Session owner = given.session(story.userId);
        story.arriveCredited();
        story.tell(story.rejection(5, "Cancelled.")).expect(200);
        story.tell(story.confirmation(1)).expect(200);
        service.awaitPartnerEvents();
        List<String> types = given.as(owner).get("/users/me/wallet/transactions").data().stream()
                .map(row -> row.getString("type"))
                .toList();
        assertThat(types).contains("cashback_reinstated", "cashback_confirmed");
    }
}
