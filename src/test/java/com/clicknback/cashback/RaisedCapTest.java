package com.clicknback.cashback;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.Partner;
import com.clicknback.testing.PartnerPurchase;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A cap that is raised within a month: each purchase keeps the cap that applied when it was made. */
@ExtendWith(ServiceExtension.class)
class RaisedCapTest {
    private final TestService service;
    private final Scenario given;
    private final TestClock clock;
    private final Sql sql;
    private Partner partner;
    private UUID user;
    private UUID merchant;
    private UUID offer;

    RaisedCapTest(TestService service, Scenario given, TestClock clock, Sql sql) {
        this.service = service;
        this.given = given;
        this.clock = clock;
        this.sql = sql;
    }

    @BeforeEach
    void tenPercentUpToFifty() {
        partner = given.partner();
        user = given.users(1).get(0);
        merchant = given.merchant("0");
        offer = given.offer(merchant, "percent", "10", "50");
    }

    private Instant raise(String cap) {
        clock.advance(Duration.ofMillis(5));
        Instant before = clock.instant();
        clock.advance(Duration.ofMillis(5));
        given.asAdmin()
                .patch("/offers/" + offer, JsonObject.of("monthly_cap", cap))
                .expect(200);
        clock.advance(Duration.ofMillis(5));
        return before;
    }

    private PartnerPurchase bought(String amount, Instant at) {
        PartnerPurchase purchase = given.partnerPurchase(partner, user, merchant, amount);
        purchase.purchase.put("purchased_at", at.toString());
        purchase.tell(purchase.creation());
        service.awaitCredits();
        return purchase;
    }

    private List<Long> amounts() {
        return sql.column("""
                SELECT coalesce(p.rerated_minor, c.amount_minor) FROM purchases p
                JOIN cashback_credits c ON c.purchase_id = p.id
                WHERE p.user_id = ? AND p.status = 'pending' ORDER BY p.created_at, p.id
                """, user);
    }

    @Test
    void givesMoreToLaterPurchasesAndNothingToThoseThatWereCut() {
        PartnerPurchase first = bought("400.00", clock.instant());
        bought("300.00", clock.instant());
        assertThat(amounts()).containsExactly(4000L, 1000L);

        raise("100");
        bought("200.00", clock.instant());
        assertThat(amounts()).containsExactly(4000L, 1000L, 2000L);

        first.tell(first.rejection(1, "cancelled"));
        assertThat(amounts()).containsExactly(3000L, 2000L);
        service.requireCleanLedger();
    }

    @Test
    void leavesTheLowerCapToAPurchaseThatWasMadeBeforeAndReportedAfter() {
        Instant before = raise("100");
        PartnerPurchase raised = bought("200.00", clock.instant());
        bought("250.00", before);
        assertThat(amounts()).containsExactly(2000L, 2500L);

        raised.tell(raised.correction(1, "c-1", "400.00"));
        assertThat(amounts()).as("only 10.00 of 50.00 are left for it").containsExactly(4000L, 1000L);
        service.requireCleanLedger();
    }

    @Test
    void keepsBothCapsOfPurchasesThatAreCreditedTogether() {
        Instant before = raise("100");
        JsonObject raised = given.purchase(user, merchant, "200.00");
        JsonObject earlier = given.purchase(user, merchant, "250.00").put("purchased_at", before.toString());
        given.report(partner, List.of(raised, earlier)).expect(200);
        service.awaitCredits();

        assertThat(amounts()).containsExactlyInAnyOrder(2000L, 2500L);
        assertThat(sql.<Long>column("SELECT least_minor FROM cap_usage WHERE user_id = ?", user))
                .containsExactly(5000L);
    }

    /** Each purchase has the whole terms of before or after, and the books agree with it. */
    @Test
    void racesWithIngestionWithoutAMixOfTerms() {
        CompletableFuture<?> sender = CompletableFuture.allOf(IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.runAsync(() -> {
                    for (int n = 0; n < 10; n++) {
                        given.report(partner, given.purchase(user, merchant, "30.00"))
                                .expect(201);
                    }
                }))
                .toArray(CompletableFuture[]::new));
        for (int cap = 60; cap <= 100; cap += 10) {
            given.asAdmin()
                    .patch("/offers/" + offer, JsonObject.of("monthly_cap", cap))
                    .expect(200);
        }
        sender.join();
        service.awaitCredits();

        assertThat(sql.count("""
                SELECT count(*) FROM purchases p WHERE user_id = ? AND NOT EXISTS (
                    SELECT FROM offer_periods h WHERE h.offer_id = p.offer_id
                        AND h.monthly_cap_minor = p.monthly_cap_minor AND h.cashback_value_e4 = p.cashback_value_e4)
                """, user)).isZero();
        service.requireCleanLedger();
    }
}
