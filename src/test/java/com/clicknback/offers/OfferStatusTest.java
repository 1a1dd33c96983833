package com.clicknback.offers;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestClock;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ServiceExtension.class)
class OfferStatusTest {
    private final Scenario given;
    private final ApiClient anyone;
    private final TestClock clock;
    private final Sql sql;
    private ApiClient admin;

    OfferStatusTest(Scenario given, ApiClient anyone, TestClock clock, Sql sql) {
        this.given = given;
        this.anyone = anyone;
        this.clock = clock;
        this.sql = sql;
        this.admin = anyone;
    }

    @BeforeEach
    void logIn() {
        admin = given.asAdmin();
    }

    private UUID offer(UUID merchant) {
        return given.offer(merchant, "percent", "5", "50");
    }

    private Reply set(UUID offer, String status) {
        return admin.patch("/offers/" + offer + "/status", JsonObject.of("status", status));
    }

    private List<String> actionsOn(UUID offer) {
        return admin.get("/audit-logs?resource_type=offer&resource_id=" + offer).data().stream()
                .map(entry -> entry.getString("action"))
                .toList();
    }

    /** Dates an offer back, as if it had been created long ago and ended on this day. */
    private void end(UUID offer, LocalDate lastDay) {
        sql.execute(
                "UPDATE offers SET start_date = ?, end_date = ? WHERE id = ?", lastDay.minusDays(9), lastDay, offer);
    }

    @Test
    void changesTheStatusAndRecordsRealChangesOnly() {
        UUID merchant = given.merchant();
        UUID offer = offer(merchant);
        for (String status : List.of("active", "inactive", "inactive", "active")) {
            JsonObject changed = set(offer, status).expect(200).json();
            assertThat(changed.getString("status")).isEqualTo(status);
            assertThat(admin.get("/offers/" + offer).json()).isEqualTo(changed);
        }
        assertThat(actionsOn(offer)).containsExactly("OFFER_ACTIVATED", "OFFER_DEACTIVATED", "OFFER_CREATED");
        assertThat(admin.get("/audit-logs?action=OFFER_ACTIVATED&resource_id=" + offer)
                        .data()
                        .get(0)
                        .getJsonObject("details"))
                .isEqualTo(JsonObject.of("merchant_id", merchant.toString()));
    }

    @Test
    void activatesNothingThatOverlapsAnActiveOffer() {
        UUID merchant = given.merchant();
        UUID first = offer(merchant);
        set(first, "inactive").expect(200);
        UUID second = offer(merchant);

        JsonObject details = set(first, "active").expectError(409, "ACTIVE_OFFER_ALREADY_EXISTS");
        assertThat(details.getString("merchant_id")).isEqualTo(merchant.toString());
        assertThat(details.getString("offer_id")).isEqualTo(second.toString());
        assertThat(details.getString("action")).isNotBlank();
        assertThat(actionsOn(first)).containsExactly("OFFER_DEACTIVATED", "OFFER_CREATED");

        set(second, "inactive").expect(200);
        set(first, "active").expect(200);
    }

    @Test
    void activatesNothingThatHasEnded() {
        UUID offer = offer(given.merchant());
        set(offer, "inactive").expect(200);
        LocalDate yesterday = clock.today().minusDays(1);
        end(offer, yesterday);

        JsonObject details = set(offer, "active").expectError(409, "OFFER_EXPIRED");
        assertThat(details.getString("offer_id")).isEqualTo(offer.toString());
        assertThat(details.getString("end_date")).isEqualTo(yesterday.toString());
        assertThat(details.getString("action")).isNotBlank();
        assertThat(actionsOn(offer)).containsExactly("OFFER_DEACTIVATED", "OFFER_CREATED");
    }

    @Test
    void activatesOnTheLastDay() {
        UUID offer = offer(given.merchant());
        set(offer, "inactive").expect(200);
        end(offer, clock.today());
        set(offer, "active").expect(200);
    }

    @Test
    void saysThatAnOfferHasEndedBeforeThatAnotherIsInTheWay() {
        UUID merchant = given.merchant();
        LocalDate yesterday = clock.today().minusDays(1);
        UUID ended = offer(merchant);
        set(ended, "inactive").expect(200);
        end(ended, yesterday);
        UUID inTheWay = offer(merchant);
        end(inTheWay, yesterday);
        set(ended, "active").expectError(409, "OFFER_EXPIRED");
    }

    @Test
    void checksNothingForThePresentStatus() {
        UUID offer = offer(given.merchant());
        end(offer, clock.today().minusDays(1));
        set(offer, "active").expect(200);
        set(offer, "inactive").expect(200);
        set(offer, "inactive").expect(200);
        assertThat(actionsOn(offer)).containsExactly("OFFER_DEACTIVATED", "OFFER_CREATED");
    }

    @Test
    void activatesOfferOfAnInactiveMerchantWithoutOpeningIt() {
        UUID merchant = given.merchant();
        UUID offer = offer(merchant);
        set(offer, "inactive").expect(200);
        admin.patch("/merchants/" + merchant + "/status", JsonObject.of("status", "inactive"))
                .expect(200);
        set(offer, "active").expect(200);
        anyone.as(given.user()).get("/offers/" + offer).expectError(403, "FORBIDDEN");
    }

    @Test
    void activatesOneOfTwoOverlappingOffersWhoeverRaces() {
        UUID merchant = given.merchant();
        UUID first = offer(merchant);
        set(first, "inactive").expect(200);
        UUID second = offer(merchant);
        set(second, "inactive").expect(200);

        List<CompletableFuture<Reply>> asked = IntStream.range(0, 30)
                .mapToObj(i -> admin.sendAsync(
                        "PATCH",
                        "/offers/" + (i % 2 == 0 ? first : second) + "/status",
                        JsonObject.of("status", "active")))
                .toList();
        List<Reply> replies = asked.stream().map(CompletableFuture::join).toList();

        UUID winner = sql.value("SELECT id FROM offers WHERE merchant_id = ? AND active", merchant);
        for (int i = 0; i < replies.size(); i++) {
            if ((i % 2 == 0 ? first : second).equals(winner)) {
                replies.get(i).expect(200);
            } else {
                assertThat(replies.get(i)
                                .expectError(409, "ACTIVE_OFFER_ALREADY_EXISTS")
                                .getString("offer_id"))
                        .isEqualTo(winner.toString());
            }
        }
        assertThat(sql.count(
                        "SELECT count(*) FROM audit_log WHERE action = 'OFFER_ACTIVATED' AND details->>'merchant_id' = ?",
                        merchant.toString()))
                .isOne();
    }

    @Test
    void isForAdminsOnly() {
        UUID offer = offer(given.merchant());
        JsonObject inactive = JsonObject.of("status", "inactive");
        anyone.patch("/offers/" + offer + "/status", inactive).expectError(401, "INVALID_TOKEN");
        anyone.as(given.user()).patch("/offers/" + offer + "/status", inactive).expectError(403, "FORBIDDEN");
        assertThat(actionsOn(offer)).containsExactly("OFFER_CREATED");
    }
}
