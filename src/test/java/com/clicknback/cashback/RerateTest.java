package com.clicknback.cashback;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.HeldCrediting;
import com.clicknback.testing.PartnerPurchase;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Amounts after the credit: what returns to a cap goes to the purchases that it cut. */
@ExtendWith(ServiceExtension.class)
class RerateTest {
    private final TestService service;
    private final Scenario given;
    private Session user;
    private UUID shop;

    RerateTest(TestService service, Scenario given) {
        this.service = service;
        this.given = given;
    }

    @BeforeEach
    void anOfferOfTenPercentUpToAHundred() {
        user = given.member();
        shop = given.merchant("0");
        given.offer(shop, "percent", "10", "100");
    }

    @Test
    void aRejectionGivesTheCapToThePurchaseThatItHadCut() {
        UUID first = buy("1000.00");
        UUID second = buy("500.00");
        assertThat(cashbacks(first, second)).containsExactly("100.00", "0.00");

        reject(first);

        assertThat(cashback(second)).isEqualTo("50.00");
        assertThat(balances()).containsExactly("50.00", "0.00");
        JsonObject explanation = given.explain(second);
        assertThat(explanation.getJsonArray("journal").getJsonObject(0).getString("type"))
                .isEqualTo("cashback_reallotted");
        assertThat(explanation.getJsonArray("journal").getJsonObject(0).getString("purchase_id"))
                .isEqualTo(first.toString());
        assertThat(sentences(explanation))
                .containsExactly("The purchase " + first
                        + " gave 50.00 of the monthly cap back: the cashback rose from 0.00 to 50.00.");
    }

    @Test
    void aReturnOfWhatTheCapHadCutAnywayCostsNothing() {
        PartnerPurchase purchase = given.partnerPurchase(given.partner(), user.userId(), shop, "2000.00");
        UUID id = purchase.arriveCredited();
        purchase.tell(purchase.refund(1, "half", "1000.00")).expect(200);

        assertThat(cashback(id)).isEqualTo("100.00");
        JsonObject explanation = given.explain(id);
        assertThat(sentences(explanation))
                .containsExactly("A refund of 1000.00 left 1000.00 of 2000.00, which earns 100.00 before the cap:"
                        + " the cashback stayed at 100.00.");

        purchase.tell(purchase.refund(2, "quarter", "500.00")).expect(200);
        assertThat(cashback(id)).isEqualTo("50.00");
    }

    @Test
    void whatReturnsGoesToTheOldestFirstAndLandsWhereTheirCashbackIs() {
        UUID first = buy("1000.00");
        UUID confirmed = buy("600.00");
        UUID pending = buy("700.00");
        given.asAdmin().post("/purchases/" + confirmed + "/confirmation").expect(200);

        given.asAdmin().patch("/purchases/" + first + "/reverse", null).expect(200);

        assertThat(cashbacks(confirmed, pending)).containsExactly("60.00", "40.00");
        assertThat(balances()).containsExactly("40.00", "60.00");
    }

    @Test
    void aPurchaseIngestedBeforeButCreditedLaterTakesItsPart() throws SQLException {
        UUID first;
        UUID second;
        try (Connection holder = service.sql().connect();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute(HeldCrediting.HOLD);
            first = given.buy(user, shop, "800.00");
            second = given.buy(user, shop, "900.00");
            given.asAdmin().post("/purchases/" + second + "/confirmation").expect(200);
            assertThat(cashback(second)).isEqualTo("90.00");
        }
        service.awaitCredits();
        assertThat(cashbacks(first, second)).containsExactly("80.00", "20.00");
        assertThat(balances()).containsExactly("80.00", "20.00");
        assertThat(sentences(given.explain(second)))
                .containsExactly("The purchase " + first
                        + ", which came before, took 70.00 of the monthly cap: the cashback fell from 90.00 to 20.00.");
    }

    @Test
    void eachChangeOfANeighbourIsAuditedAndAnEvent() {
        UUID first = buy("1000.00");
        UUID second = buy("500.00");
        reject(first);
        JsonObject entry = given.asAdmin()
                .get("/audit-logs?action=CASHBACK_REALLOTTED&resource_id=" + second)
                .data()
                .get(0);
        assertThat(entry.getJsonObject("details"))
                .isEqualTo(JsonObject.of(
                        "cause_purchase_id", first.toString(), "cashback_before", "0.00", "cashback_amount", "50.00"));
        List<String> events = service.sql()
                .column(
                        "SELECT payload FROM event_log WHERE type = 'cashback.rerated' AND payload LIKE ?",
                        "%" + second + "%");
        assertThat(events).hasSize(1);
        assertThat(new JsonObject(events.get(0)).getJsonArray("changes").getJsonObject(0))
                .isEqualTo(JsonObject.of(
                                "purchase_id",
                                second.toString(),
                                "user_id",
                                user.userId().toString())
                        .put("before_minor", 0)
                        .put("amount_minor", 5000)
                        .put("cause_purchase_id", first.toString()));
    }

    private UUID buy(String amount) {
        UUID id = given.buy(user, shop, amount);
        service.awaitCredits();
        return id;
    }

    private void reject(UUID purchase) {
        given.asAdmin()
                .post("/purchases/" + purchase + "/rejection", JsonObject.of("reason", "returned"))
                .expect(200);
    }

    private String cashback(UUID id) {
        return given.purchase(id).getString("cashback_amount");
    }

    private List<String> cashbacks(UUID... ids) {
        return Stream.of(ids).map(this::cashback).toList();
    }

    private List<String> balances() {
        JsonObject wallet = given.wallet(user);
        return List.of(wallet.getString("pending_balance"), wallet.getString("available_balance"));
    }

    private static List<String> sentences(JsonObject explanation) {
        return explanation.getJsonArray("changes").stream()
                .map(change -> ((JsonObject) change).getString("message"))
                .toList();
    }
}
