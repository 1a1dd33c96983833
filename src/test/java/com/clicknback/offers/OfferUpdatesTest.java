package com.clicknback.offers;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestClock;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Changes of what offers promise for the future, and what their history tells. */
@ExtendWith(ServiceExtension.class)
class OfferUpdatesTest {
    private final Scenario given;
    private final TestClock clock;
    private final Sql sql;
    private ApiClient admin;
    private UUID merchant;
    private UUID offer;

    OfferUpdatesTest(Scenario given, ApiClient anyone, TestClock clock, Sql sql) {
        this.given = given;
        this.clock = clock;
        this.sql = sql;
        this.admin = anyone;
    }

    @BeforeEach
    void anOffer() {
        admin = given.asAdmin();
        merchant = given.merchant();
        offer = given.offer(merchant, "percent", "5", "50");
    }

    private Reply update(JsonObject changes) {
        return admin.patch("/offers/" + offer, changes);
    }

    private JsonObject stored() {
        return admin.get("/offers/" + offer).expect(200).json();
    }

    private List<JsonObject> history() {
        return admin.get("/offers/" + offer + "/history").data();
    }

    private List<JsonObject> audited() {
        return admin.get("/audit-logs?action=OFFER_UPDATED&resource_id=" + offer).data().stream()
                .map(entry -> entry.getJsonObject("details"))
                .toList();
    }

    @Test
    void movesTheLastDayAndRaisesTheCap() {
        String today = clock.today().toString();
        String end = stored().getString("end_date");
        JsonObject changed = update(JsonObject.of("end_date", today, "monthly_cap", "70.5"))
                .expect(200)
                .json();

        assertThat(changed.getString("end_date")).isEqualTo(today);
        assertThat(changed.getDouble("monthly_cap")).isEqualTo(70.5);
        assertThat(stored()).isEqualTo(changed);
        assertThat(audited())
                .containsExactly(JsonObject.of(
                        "prior_end_date",
                        end,
                        "end_date",
                        today,
                        "prior_monthly_cap",
                        "50.00",
                        "monthly_cap",
                        "70.50"));
        List<JsonObject> history = history();
        assertThat(history)
                .extracting(period -> period.getDouble("monthly_cap"))
                .containsExactly(70.5, 50.0);
        assertThat(history).extracting(period -> period.getString("end_date")).containsExactly(today, end);
        assertThat(history.get(1).getString("active_until"))
                .isEqualTo(history.get(0).getString("active_from"));
        assertThat(history.get(1).getString("active_from")).startsWith(today + "T00:00:00");
        assertThat(history.get(0).getString("active_until")).isNull();
    }

    @Test
    void theHistoryLeavesOutWhatChangedBeforeTheWindowBegan() {
        String tomorrow = clock.today().plusDays(1).toString();
        JsonObject creation = stored().put("merchant_id", given.merchant().toString())
                .put("start_date", tomorrow)
                .put("monthly_cap", 20);
        offer = UUID.fromString(
                admin.post("/offers", creation).expect(201).json().getString("id"));
        update(JsonObject.of("monthly_cap", "60")).expect(200);
        update(JsonObject.of("hold_days", 3)).expect(200);

        assertThat(history()).singleElement().satisfies(period -> {
            assertThat(period.getDouble("monthly_cap")).isEqualTo(60);
            assertThat(period.getInteger("hold_days")).isEqualTo(3);
            assertThat(period.getString("active_from")).startsWith(tomorrow + "T00:00:00");
            assertThat(period.getString("active_until")).isNull();
        });

        admin.patch("/offers/" + offer + "/status", JsonObject.of("status", "inactive"))
                .expect(200);
        assertThat(history()).as("it was never in force").isEmpty();
    }

    @Test
    void leavesTheHoldToTheMerchantWithNull() {
        update(JsonObject.of("hold_days", 14)).expect(200);
        update(JsonObject.of("monthly_cap", "70")).expect(200);
        assertThat(stored().getInteger("hold_days")).as("absent").isEqualTo(14);
        update(JsonObject.of("hold_days", null)).expect(200);

        assertThat(stored().getValue("hold_days")).isNull();
        assertThat(audited().get(0)).isEqualTo(JsonObject.of("prior_hold_days", "14", "hold_days", null));
        assertThat(history())
                .extracting(period -> period.getInteger("hold_days"))
                .containsExactly(null, 14, 14, null);
        for (String member : List.of("end_date", "monthly_cap")) {
            assertThat(update(JsonObject.of(member, null)).expectViolations(422))
                    .containsExactly(member);
        }
    }

    @Test
    void changesNothingWithoutADifference() {
        JsonObject before = stored();
        for (JsonObject same : List.of(new JsonObject(), JsonObject.of("unknown", 1), before)) {
            assertThat(update(same).expect(200).json()).isEqualTo(before);
        }
        assertThat(audited()).isEmpty();
        assertThat(history()).hasSize(1);
    }

    @Test
    void saysOfEachPromiseWhyItCannotChange() {
        JsonObject before = stored();
        JsonObject details = update(JsonObject.of(
                        "merchant_id",
                        given.merchant().toString(),
                        "cashback_type",
                        "fixed",
                        "cashback_value",
                        "9999999999.99",
                        "start_date",
                        clock.today().plusDays(1).toString(),
                        "monthly_cap",
                        "49.99",
                        "end_date",
                        clock.today().toString()))
                .expectError(409, "OFFER_TERMS_FIXED");

        assertThat(details.getJsonArray("violations").stream().map(JsonObject.class::cast))
                .extracting(one -> one.getString("field"))
                .containsExactly("merchant_id", "cashback_type", "cashback_value", "start_date", "monthly_cap");
        assertThat(details.encode())
                .contains("an offer stays with its merchant", "5.0 was promised", "must not fall below 50.00");
        assertThat(stored()).isEqualTo(before);
        assertThat(audited()).isEmpty();
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThat(update(JsonObject.of("end_date", clock.today().minusDays(1).toString()))
                        .expectViolations(400))
                .containsExactly("end_date");
        assertThat(update(JsonObject.of("monthly_cap", "99999999999")).expectViolations(400))
                .containsExactly("monthly_cap");
        assertThat(update(JsonObject.of("monthly_cap", "60.001")).expectViolations(422))
                .containsExactly("monthly_cap");
        assertThat(update(new JsonObject().putNull("end_date")).expectViolations(422))
                .containsExactly("end_date");
        admin.patch("/offers/" + UUID.randomUUID(), new JsonObject()).expectError(404, "NOT_FOUND");
        admin.get("/offers/" + UUID.randomUUID() + "/history").expectError(404, "NOT_FOUND");
        given.as(given.member()).patch("/offers/" + offer, new JsonObject()).expectError(403, "FORBIDDEN");
    }

    @Test
    void changesNoOfferThatHasEnded() {
        sql.execute(
                "UPDATE offers SET start_date = ?, end_date = ? WHERE id = ?",
                clock.today().minusDays(9),
                clock.today().minusDays(1),
                offer);

        update(JsonObject.of("end_date", clock.today().toString())).expectError(409, "OFFER_EXPIRED");
        update(JsonObject.of("monthly_cap", "60")).expectError(409, "OFFER_EXPIRED");
        update(new JsonObject()).expect(200);
    }

    @Test
    void overlapsNoOtherActiveOffer() {
        String today = clock.today().toString();
        update(JsonObject.of("end_date", today)).expect(200);
        JsonObject next = stored().copy()
                .put("start_date", clock.today().plusDays(1).toString())
                .put("end_date", clock.today().plusDays(9).toString());
        String other = admin.post("/offers", next).expect(201).json().getString("id");

        assertThat(update(JsonObject.of("end_date", clock.today().plusDays(1).toString()))
                        .expectError(409, "ACTIVE_OFFER_ALREADY_EXISTS")
                        .getString("offer_id"))
                .isEqualTo(other);
        admin.patch("/offers/" + other + "/status", JsonObject.of("status", "inactive"))
                .expect(200);
        update(JsonObject.of("end_date", clock.today().plusDays(1).toString())).expect(200);
    }
}
