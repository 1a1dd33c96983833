package com.clicknback.explanations;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.purchases.PurchaseRows;
import com.clicknback.testing.ApiClient;
import com.clicknback.testing.DatabaseContent;
import com.clicknback.testing.Partner;
import com.clicknback.testing.PartnerPurchase;
import com.clicknback.testing.PayoutScenario;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(ServiceExtension.class)
class ReversalPreviewTest {
    private final TestService service;
    private final Scenario given;
    private final ApiClient anyone;
    private final Sql sql;

    ReversalPreviewTest(TestService service, Scenario given, ApiClient anyone, Sql sql) {
        this.service = service;
        this.given = given;
        this.anyone = anyone;
        this.sql = sql;
    }

    private static String path(Object purchaseId) {
        return "/purchases/" + purchaseId + "/reversal-preview";
    }

    /** Previews a reversal and checks that the preview changed nothing. */
    private JsonObject preview(UUID id) {
        service.awaitCredits();
        ApiClient admin = given.asAdmin();
        Map<String, String> before = DatabaseContent.of(sql);
        JsonObject preview = admin.post(path(id)).expect(200).json();
        assertThat(DatabaseContent.of(sql)).isEqualTo(before);
        return preview;
    }

    private void reverse(UUID id) {
        given.asAdmin().patch("/purchases/" + id + "/reverse", null).expect(200);
    }

    private void confirm(UUID id) {
        given.asAdmin().post("/purchases/" + id + "/confirmation").expect(200);
    }

    /** The present state, by the other operations and by the stored use of the cap. */
    private JsonObject standing(Session user, UUID id) {
        JsonObject purchase = given.purchase(id);
        return JsonObject.of(
                "status",
                purchase.getString("status"),
                "cashback_status",
                purchase.getString("cashback_status"),
                "cashback_amount",
                purchase.getString("cashback_amount"),
                "payable_at",
                purchase.getString("payable_at"),
                "wallet",
                Scenario.balances(
                        anyone.as(user).get("/users/me/wallet").expect(200).json()),
                "cap",
                purchase.getString("offer_id") == null ? null : cap(id));
    }

    private JsonObject cap(UUID id) {
        Map<String, Object> row = sql.rows("""
                        SELECT to_char(p.purchased_at AT TIME ZONE 'UTC', 'YYYY-MM') AS month,
                               (p.monthly_cap_minor / 100.0)::numeric(20, 2)::text AS limit,
                               (coalesce(u.used_minor, 0) / 100.0)::numeric(20, 2)::text AS used,
                               ((p.monthly_cap_minor - coalesce(u.used_minor, 0)) / 100.0)::numeric(20, 2)::text
                                   AS remaining
                        FROM purchases p
                        LEFT JOIN cap_usage u ON u.user_id = p.user_id AND u.offer_id = p.offer_id
                            AND to_char(u.cap_month, 'YYYY-MM') = to_char(p.purchased_at AT TIME ZONE 'UTC', 'YYYY-MM')
                        WHERE p.id = ?
                        """, id).get(0);
        return new JsonObject(row);
    }

    private List<String> journal(UUID id) {
        return sql.column("""
                SELECT kind || ' ' || (amount_minor / 100.0)::numeric(20, 2) || ' ' || debit || '>' || credit
                FROM ledger_transfers WHERE purchase_id = ? ORDER BY created_at, id
                """, id);
    }

    private static List<String> transfers(JsonObject preview) {
        return preview.getJsonArray("transfers").stream()
                .map(JsonObject.class::cast)
                .map(t -> t.getString("type") + " " + t.getString("amount") + " " + t.getString("from", "outside") + ">"
                        + t.getString("to", "outside"))
                .map(text -> text.replace("null", "outside"))
                .toList();
    }

    /** Previews, reverses for real and compares; returns the preview. */
    private JsonObject requireTrue(Session user, UUID id) {
        JsonObject before = standing(user, id);
        List<String> posted = journal(id);
        JsonObject preview = preview(id);
        reverse(id);
        List<String> postedAfter = journal(id);

        assertThat(preview.getString("purchase_id")).isEqualTo(id.toString());
        assertThat(preview.getString("user_id")).isEqualTo(user.userId().toString());
        assertThat(preview.getJsonObject("before")).isEqualTo(before);
        assertThat(preview.getJsonObject("after")).isEqualTo(standing(user, id));
        assertThat(Stream.concat(posted.stream(), transfers(preview).stream()).toList())
                .isEqualTo(postedAfter);
        return preview;
    }

    private UUID offeringMerchant(String percent, String cap) {
        UUID merchant = given.merchant();
        given.offer(merchant, "percent", percent, cap);
        return merchant;
    }

    @Test
    void takesAPendingCreditBackAndFreesTheCap() {
        Session alice = given.user();
        UUID id = given.buyCredited(alice, offeringMerchant("5", "50"), "100.00");

        JsonObject preview = requireTrue(alice, id);

        assertThat(transfers(preview)).containsExactly("cashback_reversed 5.00 pending>outside");
        assertThat(preview.getJsonObject("after").getJsonObject("cap").getString("used"))
                .isEqualTo("0.00");
    }

    @Test
    void takesAConfirmedCreditFromWhatIsAvailable() {
        Session alice = given.user();
        UUID id = given.buyCredited(alice, offeringMerchant("5", "50"), "100.00");
        confirm(id);

        assertThat(transfers(requireTrue(alice, id))).containsExactly("cashback_reversed 5.00 available>outside");
    }

    @Test
    void creditsFirstWhatIsNotCreditedYet() {
        Session alice = given.user();
        UUID merchant = offeringMerchant("5", "7");
        UUID id = PurchaseRows.uncreditedCopy(sql, given.buyCredited(alice, merchant, "100.00"));

        JsonObject preview = requireTrue(alice, id);

        assertThat(preview.getJsonObject("before").getString("cashback_amount")).isEqualTo("5.00");
        assertThat(preview.getJsonObject("before").getValue("cashback_status")).isNull();
        assertThat(transfers(preview))
                .containsExactly("cashback_credit 2.00 outside>pending", "cashback_reversed 2.00 pending>outside");
    }

    @Test
    void makesAWalletForWhoHasNone() {
        Session alice = given.user();
        Session bob = given.user();
        UUID template = given.buyCredited(bob, given.merchant(), "100.00");
        UUID id = PurchaseRows.uncreditedCopy(sql, template, alice.userId());

        assertThat(transfers(requireTrue(alice, id)))
                .containsExactly("cashback_credit 5.00 outside>pending", "cashback_reversed 5.00 pending>outside");
    }

    @Test
    void movesNothingWhereTheCapHadLeftNothing() {
        Session alice = given.user();
        UUID merchant = offeringMerchant("5", "5");
        given.buyCredited(alice, merchant, "100.00");
        UUID id = given.buyCredited(alice, merchant, "40.00");

        JsonObject preview = requireTrue(alice, id);

        assertThat(preview.getJsonArray("transfers")).isEqualTo(new JsonArray());
        assertThat(preview.getJsonObject("after").getString("cashback_status")).isEqualTo("reversed");
    }

    @Test
    void knowsNoCapUnderTheMerchantsDefault() {
        Session alice = given.user();
        UUID id = given.buyCredited(alice, given.merchant(), "100.00");

        JsonObject preview = requireTrue(alice, id);

        assertThat(preview.getJsonObject("before").getValue("cap")).isNull();
        assertThat(preview.getJsonObject("after").getValue("cap")).isNull();
    }

    @Test
    void takesOnlyWhatRefundsHaveLeft() {
        Session alice = given.user();
        Partner partner = given.partner();
        PartnerPurchase purchase =
                given.partnerPurchase(partner, alice.userId(), offeringMerchant("5", "50"), "100.00");
        UUID id = purchase.arriveCredited();
        purchase.tell(purchase.refund(2, Scenario.unique("refund"), "40.00")).expect(200);
        confirm(id);
        purchase.tell(purchase.refund(3, Scenario.unique("refund"), "20.00")).expect(200);

        assertThat(transfers(requireTrue(alice, id))).containsExactly("cashback_reversed 2.00 available>outside");
    }

    @Test
    void showsTheDebtThatAPaidOutCashbackWouldLeave() {
        Session alice = given.user();
        UUID id = given.buyCredited(alice, given.merchant(), "400.00");
        confirm(id);
        PayoutScenario payouts = given.payouts();
        payouts.setStatus(payouts.payout(alice, "15.00"), "completed").expect(200);

        JsonObject after = requireTrue(alice, id).getJsonObject("after");

        assertThat(after.getJsonObject("wallet").getString("available_balance")).isEqualTo("-15.00");
        assertThat(after.getJsonObject("wallet").getString("paid_balance")).isEqualTo("15.00");
    }

    /** Random offers, amounts, neighbours and earlier events. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void isWhatTheReversalThenDoes(long seed) {
        Random random = new Random(seed);
        Session user = given.user();
        Partner partner = given.partner();
        UUID merchant = random.nextInt(4) == 0
                ? given.merchant("7.77")
                : offeringMerchant("3.33", Integer.toString(1 + random.nextInt(30)));
        for (int i = random.nextInt(3); i > 0; i--) {
            UUID neighbour = given.buyCredited(user, merchant, amount(random));
            if (random.nextBoolean()) {
                confirm(neighbour);
            }
        }
        int cents = 2 + random.nextInt(30_000);
        PartnerPurchase purchase = given.partnerPurchase(partner, user.userId(), merchant, decimal(cents));
        UUID id = purchase.arriveCredited();
        if (random.nextBoolean()) {
            purchase.tell(purchase.refund(4, Scenario.unique("refund"), decimal(1 + random.nextInt(cents / 2))))
                    .expect(200);
        }
        if (random.nextBoolean()) {
            confirm(id);
            if (random.nextBoolean()) {
                purchase.tell(purchase.refund(
                                5, Scenario.unique("refund"), decimal(1 + random.nextInt(Math.max(cents / 3, 1)))))
                        .expect(200);
            }
        }

        requireTrue(user, id);
    }

    private static String amount(Random random) {
        return decimal(1 + random.nextInt(30_000));
    }

    private static String decimal(int cents) {
        return String.format(Locale.ROOT, "%d.%02d", cents / 100, cents % 100);
    }

    @Test
    void staysTrueBesideConfirmationsOfTheSamePurchase() {
        Session alice = given.user();
        UUID id = given.buyCredited(alice, given.merchant(), "100.00");
        ApiClient admin = given.asAdmin();
        List<CompletableFuture<Reply>> asked = Stream.of(1, 2, 3, 4, 5, 6)
                .map(n -> n == 3
                        ? admin.sendAsync("POST", "/purchases/" + id + "/confirmation", null)
                        : admin.sendAsync("POST", path(id), null))
                .toList();

        asked.forEach(reply -> assertThat(reply.join().status()).isEqualTo(200));
        for (int i = 0; i < asked.size(); i++) {
            if (i != 2) {
                JsonObject preview = asked.get(i).join().json();
                boolean confirmed =
                        preview.getJsonObject("before").getString("status").equals("confirmed");
                assertThat(transfers(preview))
                        .containsExactly(
                                "cashback_reversed 5.00 " + (confirmed ? "available" : "pending") + ">outside");
            }
        }
        assertThat(given.purchase(id).getString("status")).isEqualTo("confirmed");
        assertThat(given.wallet(alice).getString("available_balance")).isEqualTo("5.00");
    }
}
