package com.clicknback.offers;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Offers on a service of its own, with another maximum percentage and a clock that passes midnight. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OfferSettingsTest {
    private final TestClock clock = new TestClock();
    private final TestService service = TestService.start(
            TestServer.shared().createMigratedDatabase(), clock, Map.of("CLICKNBACK_CASHBACK_PERCENTAGE_MAX", "2.5"));
    private final Scenario given = new Scenario(service);

    @AfterAll
    void stop() {
        service.close();
    }

    /** One hour past midnight, so that no test of a few seconds runs over the next one. */
    @BeforeAll
    void startEarlyInADay() {
        Duration untilTomorrow =
                Duration.between(clock.instant(), clock.today().plusDays(1).atStartOfDay(ZoneOffset.UTC));
        clock.advance(untilTomorrow.plusHours(1));
    }

    private JsonObject offer(UUID merchant, String type, String value, LocalDate start, LocalDate end) {
        return JsonObject.of(
                "merchant_id",
                merchant.toString(),
                "cashback_type",
                type,
                "cashback_value",
                value,
                "start_date",
                start.toString(),
                "end_date",
                end.toString(),
                "monthly_cap",
                50);
    }

    @Test
    void limitsThePercentagesOfMerchantsAndOffers() {
        ApiClient admin = given.asAdmin();
        LocalDate today = clock.today();
        UUID merchant = given.merchant("2.5");
        JsonObject tooHigh = JsonObject.of("name", Scenario.unique("Generous"), "default_cashback_percentage", 2.5001);
        assertThat(admin.post("/merchants", tooHigh).expectViolations(400))
                .containsExactly("default_cashback_percentage");
        assertThat(admin.post("/offers", offer(merchant, "percent", "2.5001", today, today))
                        .expectViolations(400))
                .containsExactly("cashback_value");
        admin.post("/offers", offer(merchant, "percent", "2.5", today, today)).expect(201);
        admin.post("/offers", offer(merchant, "fixed", "99", today.plusDays(1), today.plusDays(1)))
                .expect(201);
    }

    @Test
    void endsAnOfferWithItsLastUtcDay() {
        LocalDate today = clock.today();
        UUID merchant = given.merchant("1");
        String id = given.asAdmin()
                .post("/offers", offer(merchant, "fixed", "3", today, today))
                .expect(201)
                .json()
                .getString("id");
        assertThat(inForce(id)).isTrue();

        clock.advance(Duration.ofDays(1));
        assertThat(inForce(id)).isFalse();
        ApiClient admin = given.asAdmin();
        admin.get("/offers/" + id).expect(200);
        assertThat(admin.post("/offers", offer(merchant, "fixed", "3", today, today.plusDays(9)))
                        .expectViolations(400))
                .containsExactly("start_date");
        admin.patch("/offers/" + id + "/status", JsonObject.of("status", "inactive"))
                .expect(200);
        admin.patch("/offers/" + id + "/status", JsonObject.of("status", "active"))
                .expectError(409, "OFFER_EXPIRED");
    }

    private boolean inForce(String id) {
        return given.asAdmin().get("/offers/active?limit=100").data().stream()
                .anyMatch(offer -> offer.getString("id").equals(id));
    }
}
