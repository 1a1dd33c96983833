package com.clicknback.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Partner;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.TestService;
import com.clicknback.testing.Waiting;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ServiceExtension.class)
class LiveStatisticsTest {
    private static final String LIVE = "/stats/live";

    private final TestService service;
    private final Scenario given;

    LiveStatisticsTest(TestService service, Scenario given) {
        this.service = service;
        this.given = given;
    }

    @Test
    void tellsWhatThisProcessHasAcceptedCreditedAndRejected() {
        try (TestService own = service.another(Map.of())) {
            Scenario here = new Scenario(own);
            Partner partner = here.partner();
            UUID user = here.users(1).get(0);
            JsonObject bought = here.purchase(user, here.merchant(), "20.00");
            here.report(partner, bought).expect(201);
            here.report(partner, bought).expect(200);
            here.report(partner, here.purchase(user, UUID.randomUUID(), "20.00"))
                    .expect(422);
            own.awaitCredits();

            JsonObject live = soon(here.asAdmin(), partner);

            assertThat(ofPartner(live, partner))
                    .isEqualTo(JsonObject.of(
                            "partner_id",
                            partner.id().toString(),
                            "accepted",
                            1,
                            "duplicates",
                            1,
                            "rejections",
                            JsonObject.of("MERCHANT_NOT_ELIGIBLE", 1)));
            assertThat(sum(live, "accepted")).isEqualTo(1);
            assertThat(sum(live, "duplicates")).isEqualTo(1);
            assertThat(samples(live)).last().satisfies(sample -> {
                assertThat(sample.getInteger("queue")).isZero();
                assertThat(sample.getDouble("lag_seconds")).isNotNegative();
            });
        }
    }

    @Test
    void tellsTheLatestEventsOfTheDatabase() {
        Session user = given.user();
        UUID purchase = given.buyCredited(user, given.merchant(), "20.00");

        JsonObject live = given.asAdmin().get(LIVE).expect(200).json();

        assertThat(live.getJsonArray("events").stream().map(JsonObject.class::cast))
                .anySatisfy(event -> {
                    assertThat(event.getString("type")).isEqualTo("cashback.credited");
                    assertThat(event.getString("purchase_id")).isEqualTo(purchase.toString());
                })
                .hasSizeLessThanOrEqualTo(10);
    }

    @Test
    void isForAdministrators() {
        given.as(given.member()).get(LIVE).expectError(403, "FORBIDDEN");
    }

    /** Three of the partner's purchases: a sample may be taken between them. */
    private static JsonObject soon(ApiClient admin, Partner partner) {
        Waiting.until(
                "all verdicts of the partner",
                Duration.ofSeconds(30),
                Duration.ofMillis(250),
                () -> verdicts(ofPartner(admin.get(LIVE).expect(200).json(), partner)) == 3);
        return admin.get(LIVE).expect(200).json();
    }

    private static int verdicts(JsonObject partner) {
        return partner == null
                ? 0
                : partner.getInteger("accepted")
                        + partner.getInteger("duplicates")
                        + partner.getJsonObject("rejections").stream()
                                .mapToInt(code -> (int) code.getValue())
                                .sum();
    }

    private static JsonObject ofPartner(JsonObject live, Partner partner) {
        return live.getJsonArray("partners").stream()
                .map(JsonObject.class::cast)
                .filter(one -> partner.id().toString().equals(one.getString("partner_id")))
                .findFirst()
                .orElse(null);
    }

    private static List<JsonObject> samples(JsonObject live) {
        return live.getJsonArray("samples").stream().map(JsonObject.class::cast).toList();
    }

    private static int sum(JsonObject live, String counter) {
        return samples(live).stream()
                .mapToInt(sample -> sample.getInteger(counter))
                .sum();
    }
}
