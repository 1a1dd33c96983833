package com.clicknback.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.Partner;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Terms are those of the time of the purchase, however late its report comes. */
@ExtendWith(ServiceExtension.class)
class LateReportsTest {
    private final TestService service;
    private final Scenario given;
    private final TestClock clock;
    private Partner partner;
    private UUID user;
    private UUID merchant;

    LateReportsTest(TestService service, Scenario given, TestClock clock) {
        this.service = service;
        this.given = given;
        this.clock = clock;
    }

    @BeforeEach
    void aMerchantOfFivePercent() {
        partner = given.partner();
        user = given.users(1).get(0);
        merchant = given.merchant();
    }

    private Reply report(Instant purchasedAt) {
        return given.report(
                partner, given.purchase(user, merchant, "100.00").put("purchased_at", purchasedAt.toString()));
    }

    private String cashback(Instant purchasedAt) {
        return report(purchasedAt).expect(201).json().getString("cashback_amount");
    }

    private Instant setActive(String what, UUID id, boolean active) {
        clock.advance(Duration.ofMillis(5));
        given.asAdmin()
                .patch("/" + what + "/" + id + "/status", JsonObject.of("status", active ? "active" : "inactive"))
                .expect(200);
        clock.advance(Duration.ofMillis(5));
        return Instant.parse(service.sql()
                .value(
                        "SELECT to_json(terms_since AT TIME ZONE 'UTC')#>>'{}' || 'Z' FROM " + what + " WHERE id = ?",
                        id));
    }

    @Test
    void anOfferThatRanThenCountsThoughItWasDeactivatedSince() {
        UUID offer = given.offer(merchant, "percent", "10", "1000");
        Instant ended = setActive("offers", offer, false);
        assertThat(cashback(ended.minusMillis(1))).isEqualTo("10.00");
        assertThat(cashback(ended)).isEqualTo("5.00");
        Instant resumed = setActive("offers", offer, true);
        assertThat(cashback(resumed.minusMillis(1))).isEqualTo("5.00");
        assertThat(cashback(resumed)).isEqualTo("10.00");
    }

    @Test
    void aMerchantThatWasActiveThenCountsThoughItIsNotNow() {
        Instant ended = setActive("merchants", merchant, false);
        assertThat(cashback(ended.minusMillis(1))).isEqualTo("5.00");
        report(ended).expectError(422, "MERCHANT_NOT_ELIGIBLE");
        Instant resumed = setActive("merchants", merchant, true);
        report(resumed.minusMillis(1)).expectError(422, "MERCHANT_NOT_ELIGIBLE");
        assertThat(cashback(resumed)).isEqualTo("5.00");
    }

    /** A report before the replacement and one after it get the same terms. */
    @Test
    void anOfferThatWasReplacedCountsForTheTimeBefore() {
        UUID first = given.offer(merchant, "percent", "10", "1000");
        Instant ended = setActive("offers", first, false);
        given.offer(merchant, "percent", "20", "1000");
        assertThat(cashback(ended.minusMillis(1))).isEqualTo("10.00");
        assertThat(cashback(clock.instant().plusSeconds(60))).isEqualTo("20.00");
    }

    @Test
    void theFirstActivationReachesBackToTheBeginning() {
        JsonObject body = JsonObject.of("name", Scenario.unique("Late"), "default_cashback_percentage", 5);
        String id = given.asAdmin()
                .post("/merchants", body.put("active", false))
                .expect(201)
                .json()
                .getString("id");
        merchant = UUID.fromString(id);
        Instant before = clock.instant().minus(Duration.ofDays(3));
        report(before).expectError(422, "MERCHANT_NOT_ELIGIBLE");
        setActive("merchants", merchant, true);
        assertThat(cashback(before)).isEqualTo("5.00");
    }

    @Test
    void aPartnerMayBeFourHundredDaysLateAndAUserThirtyOne() {
        Instant now = clock.instant();
        assertThat(cashback(now.minus(Duration.ofDays(399)))).isEqualTo("5.00");
        assertThat(report(now.minus(Duration.ofDays(401))).expectViolations(422))
                .containsExactly("data.purchased_at");
        var buyer = given.member();
        JsonObject own = given.purchase(buyer.userId(), merchant, "100.00")
                .put("purchased_at", now.minus(Duration.ofDays(40)).toString());
        Reply refused = service.api().as(buyer).post("/purchases", own);
        assertThat(refused.expectViolations(422)).containsExactly("purchased_at");
        assertThat(refused.text()).contains("at most 31 days ago");
    }
}
