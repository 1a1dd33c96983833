package com.clicknback.holds;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.PartnerPurchase;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Purchases during a hold, as their users, administrators and partners meet them. */
@ExtendWith(ServiceExtension.class)
class HeldPurchasesTest {
    private final TestService service;
    private final Scenario given;
    private final TestClock clock;
    private final Sql sql;
    private Session user;
    private UUID merchant;

    HeldPurchasesTest(TestService service, Scenario given, TestClock clock, Sql sql) {
        this.service = service;
        this.given = given;
        this.clock = clock;
        this.sql = sql;
    }

    @BeforeEach
    void aUserAtAMerchantThatHoldsThirtyDays() {
        user = given.member();
        merchant = holding(30);
    }

    @Test
    void aHeldPurchaseShowsWhenItsMoneyComes() {
        UUID id = given.buy(user, merchant, "50.00");
        assertThat(given.purchase(id).getString("payable_at")).isNull();
        JsonObject confirmed = confirm(id);
        String payableAt = confirmed.getString("payable_at");
        assertThat(confirmed.getString("cashback_status")).isEqualTo("held");
        assertThat(clock.instant().plus(Duration.ofDays(30))).isAfterOrEqualTo(payableAt);
        for (JsonObject shown : List.of(
                own().get("/purchases/" + id).expect(200).json(),
                own().get("/users/me/purchases").data().get(0),
                given.explain(id),
                own().get("/users/me/wallet/transactions").data().get(0))) {
            assertThat(shown.getString("payable_at")).isEqualTo(payableAt);
        }
        assertThat(given.purchase(id).getString("cashback_status")).isEqualTo("held");
    }

    @Test
    void theWalletShowsWhatIsHeldAndTheNextThreeReleases() {
        List<Integer> holds = List.of(40, 10, 20, 30, 10);
        for (int days : holds) {
            confirm(given.buy(user, holding(days), "50.00"));
        }
        given.buy(user, merchant, "20.00");
        JsonObject wallet = given.wallet(user);
        assertThat(wallet.getString("pending_balance")).isEqualTo("13.50");
        assertThat(wallet.getString("held_balance")).isEqualTo("12.50");
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        assertThat(wallet.getJsonArray("next_releases"))
                .containsExactly(
                        JsonObject.of("date", today.plusDays(10).toString(), "amount", "5.00"),
                        JsonObject.of("date", today.plusDays(20).toString(), "amount", "2.50"),
                        JsonObject.of("date", today.plusDays(30).toString(), "amount", "2.50"));
        assertThat(given.asAdmin().get("/users/" + user.userId() + "/wallet").json())
                .isEqualTo(wallet);
    }

    /** Half comes back, the rest is corrected, then paid. */
    @Test
    void refundsAndCorrectionsChangeWhatIsHeld() {
        PartnerPurchase purchase = given.partnerPurchase(given.partner(), user.userId(), merchant, "100.00");
        UUID id = purchase.arriveCredited();
        confirm(id);
        purchase.tell(purchase.refund(1, "r1", "50.00")).expect(200);
        assertThat(held()).isEqualTo("2.50");
        purchase.tell(purchase.correction(2, "c1", "80.00")).expect(200);
        assertThat(held()).isEqualTo("1.50");
        pass(30);
        service.runReleases();
        assertThat(held()).isEqualTo("0.00");
        assertThat(given.wallet(user).getString("available_balance")).isEqualTo("1.50");
    }

    @Test
    void allowanceThatComesBackToAHeldPurchaseIsHeldToo() {
        UUID atCap = given.merchant("0");
        given.offer(atCap, "percent", "10", "20");
        UUID first = given.buy(user, atCap, "150.00");
        service.awaitCredits();
        UUID second = given.buy(user, atCap, "100.00");
        service.awaitCredits();
        sql.execute("UPDATE purchases SET hold_days = 30 WHERE id = ?", second);
        confirm(second);
        assertThat(held()).isEqualTo("5.00");
        given.asAdmin()
                .post("/purchases/" + first + "/rejection", JsonObject.of("reason", "returned"))
                .expect(200);
        assertThat(held()).isEqualTo("10.00");
        assertThat(given.wallet(user).getString("available_balance")).isEqualTo("0.00");
    }

    /** The partner's word counts, the money waits. */
    @Test
    void aFraudHoldIsNotPassedByThePartnersOwnConfirmation() {
        PartnerPurchase purchase = given.partnerPurchase(given.partner(), user.userId(), given.merchant(), "100.00");
        fraudHold(true);
        purchase.tell(purchase.confirmation(1)).expect(202);
        UUID id = purchase.arrive();
        assertThat(purchase.settled().getString("status")).isEqualTo("confirmed");
        assertThat(held()).isEqualTo("5.00");
        JsonObject explained = given.explain(id);
        assertThat(explained.getJsonObject("next").getString("step")).isEqualTo("release_stopped");
        assertThat(explained.getJsonObject("next").getString("feature_flag")).isEqualTo("purchase_auto_confirm");
        assertThat(explained.getJsonObject("hold").getString("message"))
                .isEqualTo("The purchase is confirmed, but a feature flag holds its cashback.");
        service.runReleases();
        assertThat(held()).isEqualTo("5.00");
        fraudHold(false);
        clock.advance(Duration.ofMinutes(1));
        service.runReleases();
        assertThat(held()).isEqualTo("0.00");
        assertThat(given.wallet(user).getString("available_balance")).isEqualTo("5.00");
    }

    @Test
    void theExplanationTellsTheHoldAndItsEnd() {
        UUID id = given.buy(user, merchant, "50.00");
        service.awaitCredits();
        assertThat(given.explain(id).getJsonObject("hold").getString("message"))
                .isEqualTo("Once confirmed, the cashback stays pending for 30 days, in which the goods may come back.");
        String payableAt = confirm(id).getString("payable_at");
        JsonObject held = given.explain(id);
        assertThat(held.getJsonObject("hold").getString("message"))
                .isEqualTo("The purchase is confirmed, and its cashback is held for 30 days, until " + payableAt + ".");
        assertThat(held.getJsonObject("next").getString("step")).isEqualTo("release");
        assertThat(held.getJsonObject("next").getString("due_at")).isEqualTo(payableAt);
        pass(30);
        service.runReleases();
        JsonObject released = given.explain(id);
        assertThat(released.getJsonObject("hold").getString("released_at")).isNotNull();
        assertThat(released.getJsonObject("next").getString("step")).isEqualTo("none");
    }

    @Test
    void theExplanationOfAnEarlyReleaseOfNothingDoesNotSayThatTheDaysArePast() {
        UUID id = given.buy(user, merchant, "0.01");
        confirm(id);
        given.asAdmin().post("/purchases/" + id + "/release").expect(200);

        assertThat(given.explain(id).getJsonObject("hold").getString("message")).isEqualTo("The hold has ended.");
    }

    @Test
    void anAdministratorReleasesOnePurchaseAtOnceAndOnRecord() {
        UUID id = given.buy(user, merchant, "50.00");
        String release = "/purchases/" + id + "/release";
        given.asAdmin().post(release).expectError(400, "CASHBACK_NOT_HELD");
        confirm(id);
        own().post(release).expectError(403, "FORBIDDEN");
        JsonObject released = given.asAdmin()
                .post(release, JsonObject.of("reason", "vouched for"))
                .expect(200)
                .json();
        assertThat(released.getString("cashback_status")).isEqualTo("available");
        assertThat(clock.instant()).isAfterOrEqualTo(released.getString("payable_at"));
        assertThat(given.wallet(user).getString("available_balance")).isEqualTo("2.50");
        JsonObject entry = given.asAdmin()
                .get("/audit-logs?action=CASHBACK_RELEASED&resource_id=" + id)
                .data()
                .get(0);
        assertThat(entry.getString("actor_type")).isEqualTo("admin");
        assertThat(entry.getJsonObject("details").getString("reason")).isEqualTo("vouched for");
        given.asAdmin().post(release).expectError(400, "CASHBACK_NOT_HELD");
        given.asAdmin().post("/purchases/" + UUID.randomUUID() + "/release").expectError(404, "NOT_FOUND");
    }

    @Test
    void anOffersHoldComesBeforeItsMerchants() {
        given.offer(merchant, "percent", "10", "20");
        sql.execute("UPDATE offers SET hold_days = 7, terms_since = '-infinity' WHERE merchant_id = ?", merchant);
        UUID id = given.buy(user, merchant, "50.00");
        assertThat(sql.<Number>value("SELECT hold_days FROM purchases WHERE id = ?", id)
                        .intValue())
                .isEqualTo(7);
    }

    @Test
    void aHoldCountsAsItWasAtTheTimeOfThePurchase() {
        Instant bought = clock.instant();
        pass(1);
        sql.execute(
                "UPDATE merchants SET hold_days = 90, terms_since = ?::timestamptz WHERE id = ?",
                clock.instant().toString(),
                merchant);
        JsonObject reported = given.purchase(user.userId(), merchant, "100.00").put("purchased_at", bought.toString());
        UUID late = UUID.fromString(
                given.report(given.partner(), reported).expect(201).json().getString("id"));
        UUID now = given.buy(user, merchant, "50.00");
        assertThat(sql.<Number>column("SELECT hold_days FROM purchases WHERE id IN (?, ?) ORDER BY id", late, now))
                .extracting(Number::intValue)
                .containsExactly(30, 90);
    }

    private void fraudHold(boolean on) {
        JsonObject flag = JsonObject.of("enabled", !on, "scope_type", "user")
                .put("scope_id", user.userId().toString());
        given.asAdmin().put("/feature-flags/purchase_auto_confirm", flag).expect(200);
    }

    /** A token does not outlast a day. */
    private void pass(int days) {
        clock.advance(Duration.ofDays(days));
        user = given.session(user.userId());
    }

    private UUID holding(int days) {
        JsonObject merchant =
                JsonObject.of("name", Scenario.unique("Holding"), "default_cashback_percentage", 5, "hold_days", days);
        return UUID.fromString(
                given.asAdmin().post("/merchants", merchant).expect(201).json().getString("id"));
    }

    private JsonObject confirm(UUID id) {
        return given.asAdmin()
                .post("/purchases/" + id + "/confirmation")
                .expect(200)
                .json();
    }

    private ApiClient own() {
        return service.api().as(user);
    }

    private String held() {
        return given.wallet(user).getString("held_balance");
    }
}
