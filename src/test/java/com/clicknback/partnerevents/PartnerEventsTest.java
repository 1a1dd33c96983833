package com.clicknback.partnerevents;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.PartnerPurchase;
import com.clicknback.testing.PartnerPurchase.Event;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(ServiceExtension.class)
class PartnerEventsTest {
    private final TestService service;
    private final Scenario given;
    private final Sql sql;

    PartnerEventsTest(TestService service, Scenario given, Sql sql) {
        this.service = service;
        this.given = given;
        this.sql = sql;
    }

    @Test
    void aConfirmationMakesTheCashbackAvailable() {
        PartnerPurchase story = story();
        UUID id = story.arrive();

        Reply confirmed = story.tell(story.confirmation(1)).expect(200);

        assertThat(confirmed.json())
                .isEqualTo(JsonObject.of(
                                "external_id", story.externalId(),
                                "result", "applied",
                                "id", id.toString(),
                                "status", "confirmed",
                                "cashback_amount", "5.00")
                        .put("payable_at", given.purchase(id).getString("payable_at")));
        assertThat(story.tell(story.creation()).expect(200).json().getString("payable_at"))
                .as("sent again")
                .isNotNull()
                .isEqualTo(confirmed.json().getString("payable_at"));
        assertThat(story.outcome()).isEqualTo("confirmed available 5.00, pending 0 available 500 cap 0");
        assertThat(story.journal()).containsExactly("cashback_credit 500", "cashback_confirmed 500");
    }

    @Test
    void aRejectionTakesTheCashbackBackForThePartnersReason() {
        PartnerPurchase story = story();
        story.arrive();

        JsonObject rejected = story.tell(story.rejection(1, "The order was cancelled."))
                .expect(200)
                .json();

        assertThat(rejected.getString("status")).isEqualTo("rejected");
        assertThat(rejected.getString("cashback_amount")).isEqualTo("5.00");
        assertThat(story.settled().getString("rejection_reason")).isEqualTo("The order was cancelled.");
        assertThat(story.outcome()).isEqualTo("rejected rejected 5.00, pending 0 available 0 cap 0");
    }

    @Test
    void isAuditedAsTheSystemsActBecauseOfThePartnersRequest() {
        PartnerPurchase story = story();
        UUID id = story.arrive();

        Reply rejected = story.tell(story.rejection(1, "Cancelled.")).expect(200);

        JsonObject entry = given.asAdmin()
                .get("/audit-logs?action=PURCHASE_REJECTED&resource_id=" + id)
                .data()
                .get(0);
        assertThat(entry.getString("actor_type")).isEqualTo("system");
        assertThat(entry.getValue("actor_id")).isNull();
        assertThat(entry.getJsonObject("details"))
                .isEqualTo(JsonObject.of(
                        "merchant_id", story.purchase.getString("merchant_id"),
                        "amount", "100.00",
                        "currency", "EUR",
                        "reason", "Cancelled."));
        String cause = sql.value("SELECT cause FROM audit_log WHERE id = ?", UUID.fromString(entry.getString("id")));
        assertThat(cause).contains(story.partner.id().toString()).contains(rejected.header("X-Request-Id"));
    }

    @ParameterizedTest(name = "a {0} purchase that is {1} -> {2} {3}")
    @CsvSource({
        "pending,   confirmed, 200, confirmed",
        "pending,   rejected,  200, rejected",
        "pending,   refunded,  200, pending",
        "confirmed, confirmed, 200, confirmed",
        "confirmed, rejected,  400, PURCHASE_NOT_PENDING",
        "confirmed, refunded,  200, confirmed",
        "rejected,  confirmed, 400, PURCHASE_NOT_PENDING",
        "rejected,  rejected,  200, rejected",
        "rejected,  refunded,  400, PURCHASE_NOT_REVERSIBLE",
        "reversed,  confirmed, 400, PURCHASE_NOT_PENDING",
        "reversed,  rejected,  400, PURCHASE_NOT_PENDING",
        "reversed,  refunded,  400, PURCHASE_ALREADY_REVERSED"
    })
    void everyEventMeetsEveryState(String state, String kind, int status, String statusOrCode) {
        PartnerPurchase story = story();
        UUID id = story.arrive();
        bring(id, state);
        Event event = event(story, kind);

        Reply first = story.tell(event);
        String after = story.outcome();
        Reply again = story.tell(event);

        if (status == 200) {
            assertThat(first.expect(200).json().getString("status")).isEqualTo(statusOrCode);
        } else {
            JsonObject violation = first.expectError(status, statusOrCode)
                    .getJsonArray("violations")
                    .getJsonObject(0);
            assertThat(violation.getString("purchase_id")).isEqualTo(id.toString());
            assertThat(violation.getString("current_status")).isEqualTo(state);
            assertThat(given.purchase(id).getString("status")).isEqualTo(state);
        }
        assertThat(again.status()).isEqualTo(first.status());
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(story.outcome()).isEqualTo(after);
    }

    private void bring(UUID id, String state) {
        switch (state) {
            case "confirmed" ->
                given.asAdmin().post("/purchases/" + id + "/confirmation").expect(200);
            case "rejected" ->
                given.asAdmin()
                        .post("/purchases/" + id + "/rejection", JsonObject.of("reason", "By hand."))
                        .expect(200);
            case "reversed" ->
                given.asAdmin().patch("/purchases/" + id + "/reverse", null).expect(200);
            default -> assertThat(state).isEqualTo("pending");
        }
    }

    private static Event event(PartnerPurchase story, String kind) {
        return switch (kind) {
            case "confirmed" -> story.confirmation(1);
            case "rejected" -> story.rejection(1, "Cancelled.");
            default -> story.refund(1, "r", "40.00");
        };
    }

    @Test
    void aRepeatOfAnAppliedEventIsAnsweredWithThePresentState() {
        PartnerPurchase story = story();
        UUID id = story.arrive();
        story.tell(story.confirmation(1)).expect(200);
        bring(id, "reversed");
        List<String> before = story.audited();

        JsonObject again = story.tell(story.confirmation(1)).expect(200).json();

        assertThat(again.getString("status")).isEqualTo("reversed");
        assertThat(again.getString("cashback_amount")).isEqualTo("0.00");
        assertThat(story.audited()).isEqualTo(before);
    }

    @Test
    void anEventBeforeItsPurchaseIsParkedAndAppliedWhenThatArrives() {
        PartnerPurchase story = story();
        JsonObject parked = JsonObject.of(
                "external_id", story.externalId(),
                "result", "parked",
                "id", null,
                "status", null,
                "cashback_amount", null,
                "payable_at", null);

        assertThat(story.tell(story.confirmation(1)).expect(202).json()).isEqualTo(parked);
        assertThat(story.tell(story.confirmation(1)).expect(202).json())
                .as("repeated")
                .isEqualTo(parked);
        UUID id = story.arrive();

        assertThat(story.outcome()).isEqualTo("confirmed available 5.00, pending 0 available 500 cap 0");
        JsonObject again = story.tell(story.confirmation(1)).expect(200).json();
        assertThat(again.getString("id")).isEqualTo(id.toString());
        assertThat(story.journal()).containsExactly("cashback_credit 500", "cashback_confirmed 500");
    }

    @Test
    void aPurchaseOfABatchMeetsWhatIsParkedForItToo() {
        PartnerPurchase story = story();
        story.tell(story.rejection(1, "Cancelled.")).expect(202);

        given.report(story.partner, List.of(story.purchase)).expect(200);

        assertThat(story.settled().getString("status")).isEqualTo("rejected");
    }

    @Test
    void whatIsParkedAndRefusedOnArrivalIsOnRecordAndToldWhenSentAgain() {
        PartnerPurchase story = story();
        story.tell(story.rejection(2, "Too late.")).expect(202);
        story.tell(story.correction(5, "low", "49.99")).expect(202);
        story.tell(story.refund(4, "some", "50.00")).expect(202);
        story.tell(story.confirmation(1)).expect(202);
        story.arrive();

        assertThat(story.outcome()).isEqualTo("confirmed available 2.50, pending 0 available 250 cap 0");
        List<String> record = List.of(
                "confirmed: applied",
                "rejected: PURCHASE_NOT_PENDING",
                "refunded some: applied",
                "corrected low: VALIDATION_ERROR");
        assertThat(story.onRecord()).isEqualTo(record);

        story.tell(story.rejection(2, "Too late.")).expectError(400, "PURCHASE_NOT_PENDING");
        assertThat(story.tell(story.correction(5, "low", "49.99")).expectViolations(422))
                .containsExactly("data.amount");
        story.tell(story.refund(4, "some", "50.00")).expect(200);
        assertThat(story.onRecord()).isEqualTo(record);
    }

    /** The buyer has the money back, so the purchase cannot stand. */
    @Test
    void aRefundAboveTheAmountThatWasParkedReversesThePurchase() {
        PartnerPurchase story = story();
        story.tell(story.refund(1, "much", "100.01")).expect(202);
        story.arrive();
        assertThat(story.outcome()).isEqualTo("reversed reversed 0.00, pending 0 available 0 cap 0");
        story.tell(story.confirmation(2)).expectError(400, "PURCHASE_NOT_PENDING");
    }

    @Test
    void aRefusedEventMayBeSentAgainCorrected() {
        PartnerPurchase story = story();
        story.arrive();
        story.tell(story.refund(1, "r", "100.01")).expect(422);

        JsonObject corrected =
                story.tell(story.refund(1, "r", "10.01")).expect(200).json();

        assertThat(corrected.getString("cashback_amount")).isEqualTo("4.50");
        assertThat(story.onRecord()).containsExactly("refunded r: applied");
    }

    @Test
    void speaksOfThePartnersOwnPurchaseOnly() {
        PartnerPurchase story = story();
        Session shopper = given.user();
        JsonObject sameName =
                story.purchase.copy().put("user_id", shopper.userId().toString());
        service.api().as(shopper).post("/purchases", sameName).expect(201);
        given.report(given.partner(), sameName).expect(201);

        story.tell(story.rejection(1, "Not yours.")).expect(202);
        service.awaitPartnerEvents();

        assertThat(sql.<String>column("SELECT status FROM purchases WHERE external_id = ?", story.externalId()))
                .containsExactly("pending", "pending");
        story.arrive();
        assertThat(story.settled().getString("status")).isEqualTo("rejected");
        assertThat(sql.<String>column(
                        "SELECT status FROM purchases WHERE external_id = ? ORDER BY created_at", story.externalId()))
                .containsExactly("pending", "pending", "rejected");
    }

    @Test
    void anEventOfAnUnknownTypeIsRefused() {
        PartnerPurchase story = story();
        story.arrive();
        assertThat(refused(story, "purchase.forgotten", story.purchase)).containsExactly("type");
        assertThat(refused(story, "purchase.Confirmed", story.purchase)).containsExactly("type");
        assertThat(story.onRecord()).isEmpty();
    }

    private static List<String> refused(PartnerPurchase story, String type, JsonObject data) {
        return story.tell(story.event(type, 1, data)).expectViolations(422);
    }

    @Test
    void theEventLogTellsEachChangeOnceAndInOrder() {
        PartnerPurchase story = story();
        story.tell(story.refund(2, "a", "10.00")).expect(202);
        story.tell(story.confirmation(1)).expect(202);
        UUID id = story.arrive();
        story.outcome();
        story.tell(story.refund(3, "b", "90.00")).expect(200);

        assertThat(sql.<String>column(
                        "SELECT type FROM event_log e WHERE event_payload(e)::text LIKE ? AND type LIKE 'purchases.%'"
                                + " ORDER BY transaction_id, serial",
                        "%" + id + "%"))
                .containsExactly(
                        "purchases.ingested", "purchases.confirmed", "purchases.refunded", "purchases.reversed");
    }

    @Test
    void aPartnerWhoseEventsWaitInGreatNumberIsToldToComeBack() {
        PartnerPurchase waiting = story();
        try (TestService limited = service.another(Map.of("CLICKNBACK_PARTNER_PARKED_MAX", "1"))) {
            Scenario there = new Scenario(limited);
            there.signed(
                            waiting.partner,
                            waiting.partner.purchasesPath(),
                            waiting.confirmation(1).body())
                    .expect(202);
            Reply refused = there.signed(
                    waiting.partner,
                    waiting.partner.purchasesPath(),
                    waiting.refund(2, "a", "1.00").body());

            assertThat(refused.expectError(429, "PARKED_EVENT_LIMIT_REACHED"))
                    .isEqualTo(JsonObject.of("limit", 1, "retry_after_seconds", 60));
            assertThat(refused.header("Retry-After")).isEqualTo("60");
        }
        assertThat(waiting.onRecord()).containsExactly("confirmed: parked");
    }

    private PartnerPurchase story() {
        return given.partnerPurchase("100.00");
    }
}
