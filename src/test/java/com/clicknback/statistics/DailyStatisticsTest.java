package com.clicknback.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.PartnerPurchase;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ServiceExtension.class)
class DailyStatisticsTest {
    private static final String DAILY = "/stats/daily";

    private final TestService service;
    private final Scenario given;
    private final Sql sql;

    DailyStatisticsTest(TestService service, Scenario given, Sql sql) {
        this.service = service;
        this.given = given;
        this.sql = sql;
    }

    @Test
    void addsUpWhatHappenedToThePurchasesOfAMerchant() {
        UUID merchant = given.merchant("10");
        Session user = given.user();
        UUID confirmed = given.buyCredited(user, merchant, "100.00");
        UUID rejected = given.buyCredited(user, merchant, "50.00");
        UUID reversed = given.buyCredited(user, merchant, "30.00");
        given.asAdmin().post("/purchases/" + confirmed + "/confirmation").expect(200);
        given.asAdmin()
                .post("/purchases/" + rejected + "/rejection", JsonObject.of("reason", "returned"))
                .expect(200);
        given.asAdmin()
                .patch("/purchases/" + reversed + "/reverse", JsonObject.of("reason", "returned"))
                .expect(200);

        assertThat(days("merchant", merchant))
                .containsExactly(
                        JsonObject.of("day", service.clock().today().toString(), "group_id", merchant.toString())
                                .put("accepted", 3)
                                .put("accepted_amount", "180.00")
                                .put("credited", 3)
                                .put("cashback_credited", "18.00")
                                .put("cashback_changed", "0.00")
                                .put("confirmed", 1)
                                .put("cashback_confirmed", "10.00")
                                .put("rejected", 1)
                                .put("cashback_rejected", "5.00")
                                .put("reversed", 1)
                                .put("cashback_reversed", "3.00")
                                .put("refunded", 0)
                                .put("corrected", 0));
    }

    @Test
    void addsUpRefundsAndCorrectionsOfAPartner() {
        PartnerPurchase refunded = given.partnerPurchase("100.00");
        refunded.arrive();
        service.awaitCredits();
        refunded.tell(refunded.refund(1, "r-1", "20.00")).expect(200);
        refunded.tell(refunded.correction(2, "k-1", "200.00")).expect(200);
        refunded.tell(refunded.confirmation(3)).expect(200);

        JsonObject day = days("partner", refunded.partner.id()).get(0);

        assertThat(day.getInteger("refunded")).isEqualTo(1);
        assertThat(day.getInteger("corrected")).isEqualTo(1);
        assertThat(day.getString("accepted_amount")).isEqualTo("100.00");
        assertThat(day.getString("cashback_credited")).isEqualTo("5.00");
        assertThat(day.getString("cashback_changed")).isEqualTo("4.00");
        assertThat(day.getString("cashback_confirmed")).isEqualTo("9.00");
    }

    @Test
    void countsHeldCashbackOnceItIsAvailable() {
        JsonObject created = given.asAdmin()
                .post(
                        "/merchants",
                        JsonObject.of("name", Scenario.unique("Holding"), "default_cashback_percentage", 10)
                                .put("hold_days", 30))
                .expect(201)
                .json();
        UUID merchant = UUID.fromString(created.getString("id"));
        UUID held = given.buyCredited(given.user(), merchant, "100.00");
        given.asAdmin().post("/purchases/" + held + "/confirmation").expect(200);
        JsonObject before = days("merchant", merchant).get(0);
        given.asAdmin().post("/purchases/" + held + "/release").expect(200);
        JsonObject after = days("merchant", merchant).get(0);

        assertThat(List.of(before, after))
                .extracting(day -> day.getInteger("confirmed") + " for " + day.getString("cashback_confirmed"))
                .containsExactly("1 for 0.00", "1 for 10.00");
    }

    @Test
    void countsEachThingOnItsOwnDay() {
        UUID merchant = given.merchant();
        UUID purchase = given.buyCredited(given.user(), merchant, "100.00");
        LocalDate bought = service.clock().today();
        service.clock().advance(Duration.ofDays(2));
        given.asAdmin().post("/purchases/" + purchase + "/confirmation").expect(200);

        List<JsonObject> days = days("merchant", merchant);

        assertThat(days)
                .extracting(day -> day.getString("day"))
                .containsExactly(bought.plusDays(2).toString(), bought.toString());
        assertThat(days).extracting(day -> day.getInteger("accepted")).containsExactly(0, 1);
        assertThat(days).extracting(day -> day.getInteger("confirmed")).containsExactly(1, 0);
        assertThat(list("group_by=merchant&from=" + bought.plusDays(1) + "&to=" + bought.plusDays(1)))
                .noneMatch(day -> merchant.toString().equals(day.getString("group_id")));
    }

    @Test
    void purchasesOfUsersBelongToNoPartner() {
        given.buyCredited(given.user(), given.merchant(), "100.00");
        caughtUp();

        assertThat(list("group_by=partner"))
                .anyMatch(day -> day.getString("group_id") == null && day.getInteger("accepted") >= 1);
    }

    @Test
    void aPurchaseThatItsUserSubmittedFirstBelongsToNoPartnerAlsoOnceOneHasReportedIt() {
        PartnerPurchase order = submittedFirst(service, given);
        caughtUp();
        order.tell(order.creation()).expect(200);
        order.tell(order.rejection(1, "returned")).expect(200);

        assertThat(days("partner", order.partner.id())).isEmpty();
        assertThat(days("merchant", UUID.fromString(order.purchase.getString("merchant_id"))))
                .singleElement()
                .satisfies(day ->
                        assertThat(day.getMap()).containsEntry("accepted", 1).containsEntry("rejected", 1));
    }

    /** The next that its partner tells is the second report of an order that its user has submitted. */
    private static PartnerPurchase submittedFirst(TestService service, Scenario given) {
        Session user = given.member();
        UUID merchant = given.merchant();
        String orderRef = Scenario.unique("order");
        given.as(user)
                .post(
                        "/purchases",
                        given.purchase(user.userId(), merchant, "100.00").put("order_ref", orderRef))
                .expect(201);
        service.awaitCredits();
        PartnerPurchase order = given.partnerPurchase(given.partner(), user.userId(), merchant, "100.00");
        order.purchase.put("order_ref", orderRef);
        return order;
    }

    @Test
    void aReplayComesToTheSameRows() {
        try (TestService own = TestService.start(TestServer.shared().createMigratedDatabase(), new TestClock())) {
            Scenario scenario = new Scenario(own);
            PartnerPurchase bought = scenario.partnerPurchase("100.00");
            bought.arriveCredited();
            bought.tell(bought.confirmation(1)).expect(200);
            bought.tell(bought.refund(2, "r-1", "20.00")).expect(200);
            PartnerPurchase order = submittedFirst(own, scenario);
            caughtUp(own);
            order.tell(order.creation()).expect(200);
            order.tell(order.confirmation(1)).expect(200);
            caughtUp(own);
            List<String> before = rows(own);

            own.sql().execute("""
                    WITH emptied AS (DELETE FROM statistics_days)
                    UPDATE event_cursors SET transaction_id = 0, serial = 0 WHERE follower = 'daily-statistics'
                    """);
            caughtUp(own);

            assertThat(rows(own)).isNotEmpty().isEqualTo(before);
        }
    }

    @Test
    void whatWasGivenIsWhatTheJournalSays() {
        UUID merchant = given.merchant();
        given.offer(merchant, "percent", "10", "15.00");
        Session user = given.user();
        UUID first = given.buyCredited(user, merchant, "100.00");
        given.buyCredited(user, merchant, "100.00");
        given.asAdmin()
                .post("/purchases/" + first + "/rejection", JsonObject.of("reason", "returned"))
                .expect(200);

        JsonObject day = days("merchant", merchant).get(0);

        assertThat(day.getString("cashback_changed")).isEqualTo("5.00");
        assertThat(cents(day, "cashback_credited")
                        + cents(day, "cashback_changed")
                        - cents(day, "cashback_rejected")
                        - cents(day, "cashback_reversed"))
                .isEqualTo(sql.<Long>value("""
                        SELECT sum(CASE WHEN debit = 'outside' THEN amount_minor ELSE -amount_minor END)::bigint
                        FROM ledger_transfers WHERE user_id = ? AND 'outside' IN (debit, credit)
                        """, user.userId()));
    }

    private static long cents(JsonObject day, String member) {
        return Long.parseLong(day.getString(member).replace(".", ""));
    }

    @Test
    void pagesByCursor() {
        UUID merchant = given.merchant();
        given.buyCredited(given.user(), merchant, "100.00");
        service.clock().advance(Duration.ofDays(1));
        given.buyCredited(given.user(), merchant, "100.00");
        caughtUp();

        String path = DAILY + "?group_by=merchant&limit=1";
        JsonObject first = given.asAdmin().get(path).expect(200).json();
        String cursor = first.getJsonObject("pagination").getString("next_cursor");
        JsonObject second =
                given.asAdmin().get(path + "&cursor=" + cursor).expect(200).json();

        JsonObject uncounted =
                given.asAdmin().get(path + "&cursor=start").expect(200).json();
        assertThat(uncounted.getJsonArray("data")).isEqualTo(first.getJsonArray("data"));
        assertThat(uncounted.getJsonObject("pagination").getValue("total")).isNull();
        LocalDate yesterday = service.clock().today().minusDays(1);
        assertThat(given.asAdmin()
                        .get(path + "&cursor=start&to=" + yesterday)
                        .expect(200)
                        .data())
                .extracting(day -> day.getString("day"))
                .containsExactly(yesterday.toString());
        assertThat(second.getJsonArray("data")).hasSize(1).isNotEqualTo(first.getJsonArray("data"));
        given.asAdmin().get("/audit-logs?cursor=" + cursor).expectViolations(422);
    }

    @Test
    void refusesTooLongARangeAndWhatIsNoGroup() {
        LocalDate today = service.clock().today();
        String range = DAILY + "?group_by=merchant&from=%s&to=%s";
        assertThat(given.asAdmin()
                        .get(range.formatted(today.minusDays(366), today))
                        .expectViolations(422))
                .containsExactly("from");
        given.asAdmin().get(range.formatted(today.minusDays(365), today)).expect(200);
        given.asAdmin().get(range.formatted(today, today.minusDays(1))).expect(200);
        assertThat(given.asAdmin().get(DAILY + "?group_by=user").expectViolations(422))
                .containsExactly("group_by");
        assertThat(given.asAdmin().get(DAILY).expectViolations(422)).containsExactly("group_by");
        given.as(given.member()).get(DAILY + "?group_by=merchant").expectError(403, "FORBIDDEN");
    }

    private void caughtUp() {
        caughtUp(service);
    }

    private static void caughtUp(TestService service) {
        TestService.await(service.app().followers().caughtUp(StatisticsVerticle.FOLLOWER));
    }

    private static List<String> rows(TestService service) {
        return service.sql().column("SELECT s::text FROM statistics_days s ORDER BY day, merchant_id, partner_id");
    }

    /** Of one merchant or partner, the latest first. */
    private List<JsonObject> days(String groupBy, UUID group) {
        caughtUp();
        return list("group_by=" + groupBy).stream()
                .filter(day -> group.toString().equals(day.getString("group_id")))
                .toList();
    }

    private List<JsonObject> list(String query) {
        List<JsonObject> all = new ArrayList<>();
        String cursor = "";
        do {
            JsonObject page = given.asAdmin()
                    .get(DAILY + "?limit=100&" + query + cursor)
                    .expect(200)
                    .json();
            page.getJsonArray("data").forEach(day -> all.add((JsonObject) day));
            String next = page.getJsonObject("pagination").getString("next_cursor");
            cursor = next == null ? "" : "&cursor=" + next;
        } while (!cursor.isEmpty());
        return all;
    }
}
