package com.clicknback.explanations;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Partner;
import com.clicknback.testing.PartnerPurchase;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ServiceExtension.class)
class RefundExplanationTest {
    private final TestService service;
    private final Scenario given;
    private final ApiClient anyone;

    RefundExplanationTest(TestService service, Scenario given, ApiClient anyone) {
        this.service = service;
        this.given = given;
        this.anyone = anyone;
    }

    @Test
    void tellsWhatEachRefundTook() {
        Session alice = given.user();
        UUID merchant = given.merchant();
        given.offer(merchant, "percent", "5", "50.00");
        Partner partner = given.partner();
        PartnerPurchase purchase = given.partnerPurchase(partner, alice.userId(), merchant, "100.00");
        UUID id = purchase.arriveCredited();
        purchase.tell(purchase.refund(2, "r-1", "40.00")).expect(200);
        service.runVerification();
        purchase.tell(purchase.refund(3, "r-2", "0.05")).expect(200);
        purchase.tell(purchase.refund(4, "r-3", "30.00")).expect(200);

        JsonObject explanation = given.explain(id);

        assertThat(explanation.getString("refunded_amount")).isEqualTo("70.05");
        assertThat(Told.objects(explanation, "refunds").stream()
                        .map(r -> r.getString("refund_id") + " " + r.getString("amount") + " "
                                + r.getString("cashback_amount")))
                .containsExactly("r-1 40.00 2.00", "r-2 0.05 0.00", "r-3 30.00 1.50");
        assertThat(Told.movements(explanation))
                .containsExactly(
                        "cashback_credit 5.00 null>pending",
                        "cashback_refunded 2.00 pending>null",
                        "cashback_confirmed 3.00 pending>available",
                        "cashback_refunded 1.50 available>null");
        assertThat(Told.objects(explanation, "journal").stream().map(m -> m.getString("refund_id")))
                .containsExactly(null, "r-1", null, "r-3");
        assertThat(Told.states(explanation))
                .containsExactly("null>pending partner null", "pending>confirmed system null");
        assertThat(Told.objects(explanation, "history").get(0).getString("actor_id"))
                .isEqualTo(partner.id().toString());
        assertThat(explanation.getString("cashback_amount")).isEqualTo("1.50");
        assertThat(Told.step(explanation)).isEqualTo("none");
        assertThat(explanation.getJsonObject("cap").getString("used_after")).isEqualTo("5.00");
    }

    @Test
    void tellsThatTheLastRefundTookAllThatWasLeft() {
        Session alice = given.user();
        Partner partner = given.partner();
        PartnerPurchase purchase = given.partnerPurchase(partner, alice.userId(), given.merchant(), "100.00");
        UUID id = purchase.arriveCredited();
        purchase.tell(purchase.refund(5, "r-1", "33.33")).expect(200);
        purchase.tell(purchase.refund(6, "r-2", "66.67")).expect(200);

        JsonObject explanation = given.explain(id);

        assertThat(Told.objects(explanation, "refunds").stream().map(r -> r.getString("cashback_amount")))
                .containsExactly("1.67", "3.33");
        assertThat(Told.movements(explanation))
                .containsExactly(
                        "cashback_credit 5.00 null>pending",
                        "cashback_refunded 1.67 pending>null",
                        "cashback_reversed 3.33 pending>null");
        assertThat(Told.states(explanation))
                .containsExactly(
                        "null>pending partner null", "pending>reversed partner The purchase was refunded in full.");
        assertThat(Told.objects(explanation, "history").get(1).getString("actor_id"))
                .isEqualTo(partner.id().toString());
        assertThat(Told.step(explanation)).isEqualTo("final");
    }

    @Test
    void addsUpWhateverHappened() {
        Session alice = given.user();
        Partner partner = given.partner();
        PartnerPurchase purchase = given.partnerPurchase(partner, alice.userId(), given.merchant(), "99.99");
        UUID id = purchase.arriveCredited();
        for (int i = 1; i <= 12; i++) {
            purchase.tell(purchase.refund(7, "r-" + i, "7.77")).expect(200);
        }

        JsonObject explanation = given.explain(id);

        JsonArray refunds = explanation.getJsonArray("refunds");
        long taken = Told.objects(explanation, "refunds").stream()
                .mapToLong(r -> cents(r.getString("cashback_amount")))
                .sum();
        assertThat(refunds).hasSize(12);
        assertThat(cents(explanation.getJsonObject("credit").getString("amount")) - taken)
                .isEqualTo(cents(explanation.getString("cashback_amount")));
        assertThat(cents(explanation.getString("refunded_amount"))).isEqualTo(12 * 777);
    }

    @Test
    void agreesWithItselfWhileThePurchaseChanges() {
        Session alice = given.user();
        Partner partner = given.partner();
        PartnerPurchase purchase = given.partnerPurchase(partner, alice.userId(), given.merchant(), "100.00");
        UUID id = purchase.arriveCredited();
        ApiClient admin = given.asAdmin();
        List<CompletableFuture<Reply>> changes = new ArrayList<>();
        List<CompletableFuture<Reply>> explanations = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String body = purchase.refund(i, "r-" + i, "2.50").body();
            changes.add(anyone.with(partner.sign(body, service.clock().instant()))
                    .sendAsync("POST", partner.purchasesPath(), body));
            explanations.add(admin.sendAsync("GET", Told.path(id), null));
            if (i == 10) {
                changes.add(admin.sendAsync("POST", "/purchases/" + id + "/confirmation", null));
            }
        }

        changes.forEach(reply -> reply.join().expect(200));
        explanations.forEach(reply -> requireAgreement(reply.join().expect(200).json()));
        JsonObject last = given.explain(id);
        requireAgreement(last);
        assertThat(last.getString("refunded_amount")).isEqualTo("50.00");
        assertThat(last.getString("cashback_amount")).isEqualTo("2.50");
    }

    /** The parts tell one story: what is held is what was credited less what refunds took, and the journal says so. */
    private static void requireAgreement(JsonObject explanation) {
        long held = cents(explanation.getString("cashback_amount"));
        long credited = cents(explanation.getJsonObject("credit").getString("amount"));
        assertThat(credited - sum(explanation, "refunds", "cashback_amount")).isEqualTo(held);
        assertThat(sum(explanation, "refunds", "amount")).isEqualTo(cents(explanation.getString("refunded_amount")));
        List<JsonObject> journal = Told.objects(explanation, "journal");
        boolean confirmed = explanation.getString("status").equals("confirmed");
        String account = confirmed ? "available" : "pending";
        long balance = journal.stream()
                .mapToLong(m -> account.equals(m.getString("to"))
                        ? cents(m.getString("amount"))
                        : account.equals(m.getString("from")) ? -cents(m.getString("amount")) : 0)
                .sum();
        assertThat(balance).isEqualTo(held);
        assertThat(explanation.getJsonArray("history")).hasSize(confirmed ? 2 : 1);
        assertThat(Told.step(explanation)).isEqualTo(confirmed ? "none" : "verification");
    }

    private static long sum(JsonObject explanation, String list, String member) {
        return Told.objects(explanation, list).stream()
                .mapToLong(o -> cents(o.getString(member)))
                .sum();
    }

    private static long cents(String amount) {
        return Long.parseLong(amount.replace(".", ""));
    }
}
