package com.clicknback.partnerevents;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.Partner;
import com.clicknback.testing.PartnerPurchase;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Corrections of amounts that partners report, under an offer of ten percent up to sixty. */
@ExtendWith(ServiceExtension.class)
class CorrectionsTest {
    private final TestService service;
    private final Scenario given;
    private Partner partner;
    private UUID merchant;

    CorrectionsTest(TestService service, Scenario given) {
        this.service = service;
        this.given = given;
    }

    @BeforeEach
    void anOffer() {
        partner = given.partner();
        merchant = given.merchant("0");
        given.offer(merchant, "percent", "10", "60");
    }

    private PartnerPurchase purchase(UUID user, String amount) {
        return given.partnerPurchase(partner, user, merchant, amount);
    }

    private PartnerPurchase arrived(String amount) {
        PartnerPurchase purchase = purchase(given.users(1).get(0), amount);
        purchase.arriveCredited();
        return purchase;
    }

    @Test
    void moveTheCashbackUpAndDownWhereItIs() {
        PartnerPurchase purchase = arrived("100.00");
        purchase.tell(purchase.correction(1, "a", "150.00")).expect(200);
        assertThat(purchase.standing()).isEqualTo("pending pending 15.00, pending 1500 available 0 cap 1500");
        purchase.tell(purchase.confirmation(2)).expect(200);
        purchase.tell(purchase.correction(3, "b", "80.00")).expect(200);
        assertThat(purchase.standing()).isEqualTo("confirmed available 8.00, pending 0 available 800 cap 800");
        assertThat(given.purchase(purchase.id()).getString("amount")).isEqualTo("80.00");
        assertThat(purchase.journal())
                .containsExactly(
                        "cashback_credit 1000",
                        "cashback_corrected 500",
                        "cashback_confirmed 1500",
                        "cashback_corrected 700");
        assertThat(purchase.audited()).contains("PURCHASE_CORRECTED");
        assertThat(sentences(purchase))
                .containsExactly(
                        "A correction set the amount from 100.00 to 150.00, of which 150.00 is kept and earns 15.00 before"
                                + " the cap: the cashback rose from 10.00 to 15.00.",
                        "A correction set the amount from 150.00 to 80.00, of which 80.00 is kept and earns 8.00 before"
                                + " the cap: the cashback fell from 15.00 to 8.00.");
    }

    @Test
    void ofSeveralTheLatestStandsWheneverItArrives() {
        PartnerPurchase purchase = arrived("100.00");
        purchase.tell(purchase.correction(5, "late", "50.00")).expect(200);
        purchase.tell(purchase.correction(4, "early", "70.00")).expect(200);
        assertThat(purchase.standing()).startsWith("pending pending 5.00");
        purchase.tell(purchase.correction(5, "later", "60.00")).expect(200);
        assertThat(purchase.standing()).startsWith("pending pending 6.00");
        assertThat(sentences(purchase).get(1))
                .isEqualTo("A correction to 70.00 came after a later one, which stands: the cashback stayed at 5.00.");
    }

    @Test
    void withoutAnAmountAreOnRecordAndChangeNothing() {
        PartnerPurchase purchase = arrived("100.00");
        purchase.tell(purchase.correction(1, "a", null)).expect(200);
        assertThat(purchase.standing()).startsWith("pending pending 10.00");
        assertThat(sentences(purchase))
                .containsExactly("A correction left the amount at 100.00: the cashback stayed at 10.00.");
    }

    @Test
    void areRecognisedByTheirId() {
        PartnerPurchase purchase = arrived("100.00");
        purchase.tell(purchase.correction(1, "a", "90.00")).expect(200);
        purchase.tell(purchase.correction(1, "a", "90.00")).expect(200);
        assertThat(purchase.journal()).containsExactly("cashback_credit 1000", "cashback_corrected 100");
        JsonObject details = purchase.tell(purchase.correction(2, "a", "91.00")).expectError(409, "EXTERNAL_ID_REUSED");
        assertThat(details)
                .isEqualTo(JsonObject.of("external_id", purchase.externalId(), "correction_id", "a")
                        .put("fields", JsonArray.of("amount", "occurred_at")));
    }

    @Test
    void areParkedUntilTheirPurchaseArrivesAndKnownByThen() {
        PartnerPurchase purchase = purchase(given.users(1).get(0), "100.00");
        purchase.tell(purchase.correction(1, "a", "90.00")).expect(202);
        purchase.tell(purchase.correction(0, "a", "90.00")).expectError(409, "EXTERNAL_ID_REUSED");
        purchase.arrive();
        assertThat(purchase.outcome()).isEqualTo("pending pending 9.00, pending 900 available 0 cap 900");
    }

    @Test
    void belowWhatWasRefundedAreRefusedAndDownToItReverse() {
        PartnerPurchase purchase = arrived("100.00");
        purchase.tell(purchase.refund(1, "r", "40.00")).expect(200);
        assertThat(purchase.tell(purchase.correction(2, "a", "39.99")).expectViolations(422))
                .containsExactly("data.amount");
        purchase.tell(purchase.correction(3, "b", "40.00")).expect(200);
        assertThat(purchase.standing()).isEqualTo("reversed reversed 0.00, pending 0 available 0 cap 0");
        assertThat(purchase.journal())
                .containsExactly("cashback_credit 1000", "cashback_refunded 400", "cashback_reversed 600");
        purchase.tell(purchase.correction(4, "c", "39.00")).expectError(400, "PURCHASE_ALREADY_REVERSED");
    }

    @Test
    void upwardReviveWhatRefundsHadReversed() {
        for (boolean confirmed : List.of(true, false)) {
            PartnerPurchase purchase = arrived("100.00");
            if (confirmed) {
                purchase.tell(purchase.confirmation(1)).expect(200);
            }
            purchase.tell(purchase.refund(2, "r", "100.00")).expect(200);
            assertThat(purchase.standing()).isEqualTo("reversed reversed 0.00, pending 0 available 0 cap 0");
            purchase.tell(purchase.correction(3, "k", "150.00")).expect(200);
            assertThat(purchase.standing())
                    .isEqualTo(
                            confirmed
                                    ? "confirmed available 5.00, pending 0 available 500 cap 500"
                                    : "pending pending 5.00, pending 500 available 0 cap 500");
            assertThat(sentences(purchase))
                    .containsExactly(
                            "A refund of 100.00 left 0.00 of 100.00, which earns 0.00 before the cap: the cashback fell"
                                    + " from 10.00 to 0.00.",
                            "A correction set the amount from 100.00 to 150.00, of which 50.00 is kept and earns 5.00"
                                    + " before the cap: the cashback rose from 0.00 to 5.00.");
            purchase.tell(purchase.refund(4, "rest", "50.00")).expect(200);
            assertThat(purchase.outcome()).isEqualTo("reversed reversed 0.00, pending 0 available 0 cap 0");
            service.requireCleanLedger();
        }
    }

    @Test
    void giveWayToRefundsThatTheyLeaveNoRoomFor() {
        PartnerPurchase purchase = arrived("100.00");
        purchase.tell(purchase.refund(1, "a", "70.00")).expect(200);
        purchase.tell(purchase.correction(2, "k", "80.00")).expect(200);
        assertThat(purchase.standing()).startsWith("pending pending 1.00");
        purchase.tell(purchase.refund(3, "b", "15.00")).expect(200);
        assertThat(purchase.standing()).isEqualTo("pending pending 1.50, pending 150 available 0 cap 150");
        assertThat(sentences(purchase).get(2))
                .isEqualTo("A refund of 15.00 left 15.00 of 100.00, which earns 1.50 before the cap: the cashback rose"
                        + " from 1.00 to 1.50.");
        assertThat(purchase.tell(purchase.refund(4, "c", "15.01")).expectViolations(422))
                .containsExactly("data.amount");
        service.requireCleanLedger();
    }

    /** The refund overtook the correction that makes room for it. */
    @Test
    void bringBackRefundsThatWereRefusedForWantOfRoom() {
        PartnerPurchase purchase = arrived("100.00");
        purchase.tell(purchase.refund(1, "r", "150.00")).expectViolations(422);
        purchase.tell(purchase.correction(2, "k", "200.00")).expect(200);
        assertThat(purchase.standing()).isEqualTo("pending pending 5.00, pending 500 available 0 cap 500");
        assertThat(purchase.onRecord()).containsExactly("refunded r: applied", "corrected k: applied");
    }

    @Test
    void ofARejectedPurchaseAreRefused() {
        PartnerPurchase purchase = arrived("100.00");
        purchase.tell(purchase.rejection(1, "Cancelled.")).expect(200);
        purchase.tell(purchase.correction(2, "a", "90.00")).expectError(400, "PURCHASE_NOT_REVERSIBLE");
    }

    @Test
    void raiseAPurchaseAtTheCostOfLaterOnesOfItsCap() {
        UUID user = given.users(1).get(0);
        PartnerPurchase first = purchase(user, "300.00");
        PartnerPurchase second = purchase(user, "400.00");
        first.arriveCredited();
        second.arriveCredited();
        assertThat(second.standing()).startsWith("pending pending 30.00");
        first.tell(first.correction(1, "a", "500.00")).expect(200);
        assertThat(second.standing()).isEqualTo("pending pending 10.00, pending 6000 available 0 cap 6000");
        first.tell(first.correction(2, "b", "100.00")).expect(200);
        assertThat(second.standing()).isEqualTo("pending pending 40.00, pending 5000 available 0 cap 5000");
    }

    /** The first is corrected and refunded, the second rejected, the third confirmed. */
    @Test
    void comeToOneEndWithTheEventsOfOtherPurchasesInAnyOrder() {
        Set<String> ends = new HashSet<>();
        for (List<Integer> order : orders(4)) {
            UUID user = given.users(1).get(0);
            PartnerPurchase first = purchase(user, "300.00");
            PartnerPurchase second = purchase(user, "200.00");
            PartnerPurchase third = purchase(user, "400.00");
            first.arrive();
            second.arrive();
            third.arrive();
            List<Runnable> events = List.of(
                    () -> first.tell(first.correction(1, "k", "250.00")).expect(200),
                    () -> first.tell(first.refund(2, "r", "50.00")).expect(200),
                    () -> second.tell(second.rejection(3, "Cancelled.")).expect(200),
                    () -> third.tell(third.confirmation(4)).expect(200));
            order.forEach(i -> events.get(i).run());
            service.awaitCredits();
            ends.add(third.holdings());
        }
        assertThat(ends).containsExactly("pending 2000 available 4000 cap 6000");
    }

    private static List<List<Integer>> orders(int length) {
        List<List<Integer>> all = List.of(List.of());
        for (int next = 0; next < length; next++) {
            List<List<Integer>> longer = new ArrayList<>();
            for (List<Integer> shorter : all) {
                for (int place = 0; place <= shorter.size(); place++) {
                    List<Integer> order = new ArrayList<>(shorter);
                    order.add(place, next);
                    longer.add(order);
                }
            }
            all = longer;
        }
        return all;
    }

    private List<String> sentences(PartnerPurchase purchase) {
        return given.explain(purchase.id()).getJsonArray("changes").stream()
                .map(change -> ((JsonObject) change).getString("message"))
                .toList();
    }
}
