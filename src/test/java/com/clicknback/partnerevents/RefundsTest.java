package com.clicknback.partnerevents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clicknback.testing.PartnerPurchase;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ServiceExtension.class)
class RefundsTest {
    private final TestService service;
    private final Scenario given;
    private final Sql sql;

    RefundsTest(TestService service, Scenario given, Sql sql) {
        this.service = service;
        this.given = given;
        this.sql = sql;
    }

    @Test
    void addUpAndReduceTheCashbackInProportionToWhatRemains() {
        PartnerPurchase story = story("100.00");
        story.arrive();

        assertThat(cashbackAfter(story, 1, "a", "33.33")).isEqualTo("3.33"); // 3.3335
        assertThat(cashbackAfter(story, 2, "b", "33.33")).isEqualTo("1.67"); // 1.667
        assertThat(cashbackAfter(story, 3, "c", "33.33")).isEqualTo("0.00"); // 0.0005
        assertThat(story.outcome()).isEqualTo("pending pending 0.00, pending 0 available 0 cap 0");
        assertThat(cashbackAfter(story, 4, "d", "0.01")).isEqualTo("0.00");
        assertThat(story.settled().getString("status")).isEqualTo("reversed");
        assertThat(story.journal())
                .containsExactly(
                        "cashback_credit 500",
                        "cashback_refunded 167",
                        "cashback_refunded 166",
                        "cashback_refunded 167");
    }

    @Test
    void neverGoBeyondThePurchase() {
        PartnerPurchase story = story("100.00");
        story.arrive();
        story.tell(story.refund(1, "a", "99.99")).expect(200);

        JsonObject violation = story.tell(story.refund(2, "b", "0.02"))
                .expectError(422, "VALIDATION_ERROR")
                .getJsonArray("violations")
                .getJsonObject(0);

        assertThat(violation.getString("field")).isEqualTo("data.amount");
        assertThat(violation.getString("reason")).contains("0.01");
        assertThat(story.settled().getString("status")).isEqualTo("pending");
        story.tell(story.refund(2, "b", "0.01")).expect(200);
        story.tell(story.refund(3, "c", "0.01")).expectError(400, "PURCHASE_ALREADY_REVERSED");
    }

    @Test
    void aRefundOfTheWholePurchaseIsItsReversal() {
        PartnerPurchase story = story("100.00");
        UUID id = story.arrive();
        story.tell(story.confirmation(1)).expect(200);

        JsonObject refunded =
                story.tell(story.refund(2, "all", "100.00")).expect(200).json();

        assertThat(refunded.getString("status")).isEqualTo("reversed");
        assertThat(refunded.getString("cashback_amount")).isEqualTo("0.00");
        assertThat(story.outcome()).isEqualTo("reversed reversed 0.00, pending 0 available 0 cap 0");
        assertThat(story.journal())
                .containsExactly("cashback_credit 500", "cashback_confirmed 500", "cashback_reversed 500");
        JsonObject entry = given.asAdmin()
                .get("/audit-logs?action=PURCHASE_REVERSED&resource_id=" + id)
                .data()
                .get(0);
        assertThat(entry.getString("actor_type")).isEqualTo("system");
        JsonObject details = entry.getJsonObject("details");
        assertThat(details.getString("prior_status")).isEqualTo("confirmed");
        assertThat(details.getString("cashback_amount")).isEqualTo("5.00");
        assertThat(details.getString("reason")).contains("refunded in full");
        story.tell(story.refund(2, "all", "100.00")).expect(200);
    }

    @Test
    void theLastPartReversesWhatThePartsBeforeItLeft() {
        PartnerPurchase story = story("100.00");
        story.arrive();
        story.tell(story.refund(1, "a", "40.00")).expect(200);

        story.tell(story.refund(2, "b", "60.00")).expect(200);

        assertThat(story.outcome()).isEqualTo("reversed reversed 0.00, pending 0 available 0 cap 0");
        assertThat(story.journal())
                .containsExactly("cashback_credit 500", "cashback_refunded 200", "cashback_reversed 300");
        assertThat(sql.count("SELECT count(*) FROM verifications WHERE purchase_id = ?", story.id()))
                .isZero();
    }

    @Test
    void takeFromTheBalanceThatThePurchaseIsInAndShowInTheJournal() {
        Session shopper = given.user();
        PartnerPurchase story = given.partnerPurchase(given.partner(), shopper.userId(), given.merchant(), "100.00");
        UUID id = story.arrive();
        service.awaitCredits();
        story.tell(story.refund(1, "while-pending", "20.00")).expect(200);
        story.tell(story.confirmation(2)).expect(200);
        story.tell(story.refund(3, "while-available", "40.00")).expect(200);

        List<JsonObject> newestFirst =
                service.api().as(shopper).get("/users/me/wallet/transactions").data();

        assertThat(newestFirst)
                .extracting(t -> "%s %s %s->%s %s"
                        .formatted(
                                t.getString("type"),
                                t.getString("amount"),
                                t.getString("from"),
                                t.getString("to"),
                                t.getString("status")))
                .containsExactly(
                        "cashback_refunded 2.00 available->null available",
                        "cashback_confirmed 4.00 pending->available available",
                        "cashback_refunded 1.00 pending->null available",
                        "cashback_credit 5.00 null->pending available");
        assertThat(newestFirst)
                .allSatisfy(t -> assertThat(t.getString("related_purchase_id")).isEqualTo(id.toString()));
        assertThat(given.wallet(shopper).getString("available_balance")).isEqualTo("2.00");
    }

    @Test
    void areAuditedWithWhatTheyTook() {
        PartnerPurchase story = story("100.00");
        UUID id = story.arrive();
        story.tell(story.refund(1, "r-1", "25.00")).expect(200);

        JsonObject entry = given.asAdmin()
                .get("/audit-logs?action=PURCHASE_REFUNDED&resource_type=purchase&resource_id=" + id)
                .data()
                .get(0);

        assertThat(entry.getString("actor_type")).isEqualTo("system");
        assertThat(entry.getJsonObject("details"))
                .isEqualTo(JsonObject.of(
                        "refund_id", "r-1", "amount", "25.00", "currency", "EUR", "cashback_amount", "1.25"));
    }

    @Test
    void aRefundIdStandsForOneAmountOfOnePurchase() {
        PartnerPurchase story = story("100.00");
        story.arrive();
        story.tell(story.refund(1, "r", "10.00")).expect(200);

        JsonObject details = story.tell(story.refund(1, "r", "11.00")).expectError(409, "EXTERNAL_ID_REUSED");

        assertThat(details)
                .isEqualTo(JsonObject.of(
                        "external_id", story.externalId(), "refund_id", "r", "fields", JsonArray.of("amount")));
        assertThat(story.tell(story.event(
                                "purchase.refunded",
                                9,
                                JsonObject.of("external_id", story.externalId(), "refund_id", "r", "amount", 10)))
                        .expect(200)
                        .json()
                        .getString("cashback_amount"))
                .as("the same amount, written differently and at another time")
                .isEqualTo("4.50");
        PartnerPurchase other = given.partnerPurchase(story.partner, story.userId, given.merchant(), "100.00");
        other.arrive();
        assertThat(cashbackAfter(other, 1, "r", "30.00")).isEqualTo("3.50");
    }

    @Test
    void aParkedRefundIdStandsForItsAmountToo() {
        PartnerPurchase story = story("100.00");
        story.tell(story.refund(1, "r", "10.00")).expect(202);
        story.tell(story.refund(0, "r", "11.00")).expectError(409, "EXTERNAL_ID_REUSED");
        story.tell(story.refund(0, "r", "10.00")).expect(202);
        story.arrive();
        assertThat(story.settled().getString("cashback_amount")).isEqualTo("4.50");
    }

    @Test
    void giveTheMonthlyCapBackToLaterPurchases() {
        UUID merchant = given.merchant();
        given.offer(merchant, "percent", "10", "6");
        PartnerPurchase first =
                given.partnerPurchase(given.partner(), given.users(1).get(0), merchant, "80.00");
        first.arrive();
        assertThat(first.outcome()).isEqualTo("pending pending 6.00, pending 600 available 0 cap 600");

        assertThat(cashbackAfter(first, 1, "half", "40.00"))
                .as("what the kept half earns by itself")
                .isEqualTo("4.00");
        assertThat(first.outcome()).isEqualTo("pending pending 4.00, pending 400 available 0 cap 400");

        PartnerPurchase second = given.partnerPurchase(first.partner, first.userId, merchant, "80.00");
        second.arrive();
        assertThat(second.outcome()).isEqualTo("pending pending 2.00, pending 600 available 0 cap 600");
        first.tell(first.refund(2, "rest", "40.00")).expect(200);
        assertThat(second.outcome()).isEqualTo("pending pending 6.00, pending 600 available 0 cap 600");
    }

    @Test
    void ofAPurchaseWithoutCashbackMoveNothing() {
        PartnerPurchase story = story("0.10");
        story.arrive();
        assertThat(cashbackAfter(story, 1, "a", "0.05")).isEqualTo("0.00");
        story.tell(story.confirmation(2)).expect(200);
        story.tell(story.refund(3, "b", "0.05")).expect(200);
        assertThat(story.outcome()).isEqualTo("reversed reversed 0.00, pending 0 available 0 cap 0");
        assertThat(story.journal()).isEmpty();
    }

    @Test
    void thatRoundToNothingMoveNothing() {
        PartnerPurchase story = story("0.30");
        story.arrive();
        assertThat(cashbackAfter(story, 1, "a", "0.01")).isEqualTo("0.01"); // 0.0145
        assertThat(cashbackAfter(story, 2, "b", "0.01")).isEqualTo("0.01"); // 0.014
        assertThat(story.journal()).containsExactly("cashback_credit 2", "cashback_refunded 1");
        assertThat(story.audited()).contains("PURCHASE_REFUNDED");
    }

    @Test
    void leaveTheRejectionWithWhatIsLeft() {
        PartnerPurchase story = story("100.00");
        story.arrive();
        story.tell(story.refund(1, "a", "50.00")).expect(200);
        story.tell(story.rejection(2, "Cancelled after all.")).expect(200);
        assertThat(story.outcome()).isEqualTo("rejected rejected 2.50, pending 0 available 0 cap 0");
        assertThat(story.journal())
                .containsExactly("cashback_credit 500", "cashback_refunded 250", "cashback_rejected 250");
    }

    @Test
    void afterThePayoutLeaveADebtThatLaterCashbackPaysOff() {
        Session shopper = given.user();
        UUID merchant = given.merchant();
        PartnerPurchase story = given.partnerPurchase(given.partner(), shopper.userId(), merchant, "400.00");
        story.arrive();
        story.tell(story.confirmation(1)).expect(200);
        String payout = payOut(shopper, "20.00");
        given.asAdmin()
                .patch("/payouts/" + payout + "/status", JsonObject.of("status", "completed"))
                .expect(200);

        story.tell(story.refund(2, "half", "200.00")).expect(200);

        assertThat(given.wallet(shopper).getString("available_balance")).isEqualTo("-10.00");
        assertThat(given.wallet(shopper).getString("paid_balance")).isEqualTo("20.00");
        PartnerPurchase later = given.partnerPurchase(story.partner, shopper.userId(), merchant, "300.00");
        later.arrive();
        later.tell(later.confirmation(3)).expect(200);
        assertThat(given.wallet(shopper).getString("available_balance")).isEqualTo("5.00");
        later.tell(later.correction(4, "k", "20.00")).expect(200);
        assertThat(given.wallet(shopper).getString("available_balance"))
                .as("so does a correction")
                .isEqualTo("-9.00");
        service.requireCleanLedger();
    }

    private String payOut(Session shopper, String amount) {
        JsonObject details = JsonObject.of("iban", "DE89370400440532013000", "account_holder", "Erika Example");
        return service.api()
                .as(shopper)
                .post(
                        "/users/me/payouts",
                        JsonObject.of("amount", amount, "method", "bank_transfer", "details", details))
                .expect(201)
                .json()
                .getString("id");
    }

    @Test
    void areAppendOnly() {
        PartnerPurchase story = story("100.00");
        story.arrive();
        story.tell(story.refund(1, "a", "50.00")).expect(200);
        assertThatThrownBy(() -> sql.execute("UPDATE refunds SET amount_minor = 1 WHERE purchase_id = ?", story.id()))
                .hasStackTraceContaining("refunds is append-only");
    }

    private static String cashbackAfter(PartnerPurchase story, int second, String refundId, String amount) {
        return story.tell(story.refund(second, refundId, amount))
                .expect(200)
                .json()
                .getString("cashback_amount");
    }

    private PartnerPurchase story(String amount) {
        return given.partnerPurchase(amount);
    }
}
