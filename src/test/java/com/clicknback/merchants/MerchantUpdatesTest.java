package com.clicknback.merchants;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Partner;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.TestClock;
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

/** Changes of merchants, and what their history tells. */
@ExtendWith(ServiceExtension.class)
class MerchantUpdatesTest {
    private final Scenario given;
    private final TestClock clock;
    private ApiClient admin;
    private UUID merchant;
    private String name;

    MerchantUpdatesTest(Scenario given, ApiClient anyone, TestClock clock) {
        this.given = given;
        this.clock = clock;
        this.admin = anyone;
    }

    @BeforeEach
    void aMerchantOfFivePercent() {
        admin = given.asAdmin();
        merchant = given.merchant();
        name = admin.get("/merchants/" + merchant).json().getString("name");
    }

    private Reply update(JsonObject changes) {
        clock.advance(Duration.ofMillis(5));
        Reply reply = admin.patch("/merchants/" + merchant, changes);
        clock.advance(Duration.ofMillis(5));
        return reply;
    }

    private Reply percentage(double percentage) {
        return update(JsonObject.of("default_cashback_percentage", percentage));
    }

    private List<JsonObject> history() {
        return admin.get("/merchants/" + merchant + "/history").data();
    }

    private List<JsonObject> audited() {
        return admin.get("/audit-logs?action=MERCHANT_UPDATED&resource_id=" + merchant).data().stream()
                .map(entry -> entry.getJsonObject("details"))
                .toList();
    }

    private String cashback(Partner partner, Instant purchasedAt) {
        JsonObject purchase =
                given.purchase(given.users(1).get(0), merchant, "100.00").put("purchased_at", purchasedAt.toString());
        return given.report(partner, purchase).expect(201).json().getString("cashback_amount");
    }

    @Test
    void changesNameAndDefaultAndTellsWhatWasBefore() {
        String other = Scenario.unique("Renamed");
        JsonObject changed = update(JsonObject.of("name", " " + other + " ", "default_cashback_percentage", 7.25))
                .expect(200)
                .json();

        assertThat(changed.getString("name")).isEqualTo(other);
        assertThat(changed.getDouble("default_cashback_percentage")).isEqualTo(7.25);
        assertThat(admin.get("/merchants/" + merchant).json()).isEqualTo(changed);
        assertThat(audited())
                .containsExactly(JsonObject.of(
                        "prior_name",
                        name,
                        "name",
                        other,
                        "prior_default_cashback_percentage",
                        "5.0",
                        "default_cashback_percentage",
                        "7.25"));
    }

    @Test
    void changesTheHoldOfPurchasesFromThenOn() {
        assertThat(update(JsonObject.of("hold_days", 14)).expect(200).json().getInteger("hold_days"))
                .isEqualTo(14);
        update(JsonObject.of("hold_days", 0)).expect(200);

        assertThat(audited())
                .containsExactly(
                        JsonObject.of("prior_hold_days", "14", "hold_days", "0"),
                        JsonObject.of("prior_hold_days", null, "hold_days", "14"));
        assertThat(history())
                .extracting(period -> period.getInteger("hold_days"))
                .containsExactly(0, 14, null);
        assertThat(update(JsonObject.of("hold_days", 366)).expectViolations(422))
                .containsExactly("hold_days");
    }

    @Test
    void changesTheWayOfClicks() {
        String template = "https://shop.example/?ref={click_id}";
        JsonObject changed = update(JsonObject.of("tracking_url_template", template, "attribution_days", 7))
                .expect(200)
                .json();

        assertThat(changed.getString("tracking_url_template")).isEqualTo(template);
        assertThat(changed.getInteger("attribution_days")).isEqualTo(7);
        assertThat(admin.get("/merchants/" + merchant).json()).isEqualTo(changed);
        assertThat(audited().get(0).getString("prior_attribution_days")).isEqualTo("30");
        assertThat(history()).as("terms are as they were").hasSize(1);
        for (String wrong : List.of("http://shop.example", "https://shop.example:65536", "https://shop.example:0")) {
            assertThat(update(JsonObject.of("tracking_url_template", wrong + "/{click_id}"))
                            .expectViolations(422))
                    .as(wrong)
                    .containsExactly("tracking_url_template");
        }
    }

    @Test
    void takesAwayWithNullWhatAMerchantNeedNotHave() {
        String template = "https://shop.example/?ref={click_id}";
        update(JsonObject.of("hold_days", 14, "tracking_url_template", template))
                .expect(200);
        update(JsonObject.of("attribution_days", 7)).expect(200);
        JsonObject cleared = update(JsonObject.of("hold_days", null, "tracking_url_template", null))
                .expect(200)
                .json();

        assertThat(cleared.getValue("hold_days")).isNull();
        assertThat(cleared.getValue("tracking_url_template")).isNull();
        assertThat(cleared.getInteger("attribution_days")).isEqualTo(7);
        assertThat(admin.get("/merchants/" + merchant).json()).isEqualTo(cleared);
        assertThat(audited().get(0))
                .isEqualTo(JsonObject.of("prior_hold_days", "14", "hold_days", null)
                        .put("prior_tracking_url_template", template)
                        .putNull("tracking_url_template"));
        assertThat(history())
                .extracting(period -> period.getInteger("hold_days"))
                .containsExactly(null, 14, null);
        for (String member : List.of("name", "default_cashback_percentage", "attribution_days")) {
            assertThat(update(JsonObject.of(member, null)).expectViolations(422))
                    .containsExactly(member);
        }
    }

    @Test
    void changesNothingWithoutADifference() {
        JsonObject before = admin.get("/merchants/" + merchant).json();
        for (JsonObject same : List.of(
                new JsonObject(),
                JsonObject.of("unknown", 1),
                JsonObject.of("name", name, "default_cashback_percentage", 5.0))) {
            assertThat(update(same).expect(200).json()).isEqualTo(before);
        }
        assertThat(audited()).isEmpty();
        assertThat(history()).hasSize(1);
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThat(percentage(20.5).expectViolations(400)).containsExactly("default_cashback_percentage");
        assertThat(update(new JsonObject().putNull("name")).expectViolations(422))
                .containsExactly("name");
        assertThat(update(JsonObject.of("name", "\u200b")).expectViolations(422))
                .containsExactly("name");
        String taken = admin.get("/merchants/" + given.merchant()).json().getString("name");
        update(JsonObject.of("name", taken.toUpperCase(java.util.Locale.ROOT))).expectError(409, "MERCHANT_NAME_TAKEN");
        admin.patch("/merchants/" + UUID.randomUUID(), new JsonObject()).expectError(404, "NOT_FOUND");
        admin.get("/merchants/" + UUID.randomUUID() + "/history").expectError(404, "NOT_FOUND");
        assertThat(audited()).isEmpty();
    }

    @Test
    void aNewDefaultCountsForPurchasesThatAreMadeFromThenOn() {
        Partner partner = given.partner();
        Instant before = clock.instant();
        percentage(8).expect(200);
        Instant between = clock.instant();
        percentage(2).expect(200);

        assertThat(cashback(partner, before)).isEqualTo("5.00");
        assertThat(cashback(partner, between)).isEqualTo("8.00");
        assertThat(cashback(partner, clock.instant())).isEqualTo("2.00");
    }

    @Test
    void listsTheTimesOfEachDefaultPageByPage() {
        percentage(8).expect(200);
        admin.patch("/merchants/" + merchant + "/status", JsonObject.of("status", "inactive"))
                .expect(200);
        percentage(3).expect(200);
        admin.patch("/merchants/" + merchant + "/status", JsonObject.of("status", "active"))
                .expect(200);

        List<JsonObject> all = history();
        assertThat(all)
                .extracting(period -> period.getDouble("default_cashback_percentage"))
                .as("inactive, it gave nothing")
                .containsExactly(3.0, 8.0, 5.0);
        assertThat(all.get(0).getString("active_until")).isNull();
        assertThat(all.get(1).getString("active_until")).isLessThan(all.get(0).getString("active_from"));
        assertThat(all.get(2).getString("active_until")).isEqualTo(all.get(1).getString("active_from"));
        assertThat(all.get(2).getString("active_from")).as("from its beginning").isNull();

        String path = "/merchants/" + merchant + "/history?limit=2";
        JsonObject first = admin.get(path).expect(200).json();
        assertThat(first.getJsonObject("pagination").getInteger("total")).isEqualTo(3);
        String cursor = first.getJsonObject("pagination").getString("next_cursor");
        assertThat(admin.get(path + "&cursor=" + cursor).data()).containsExactly(all.get(2));
    }

    @Test
    void concurrentChangesFollowOneAnother() {
        List<CompletableFuture<Reply>> sent = IntStream.range(1, 9)
                .mapToObj(i -> CompletableFuture.supplyAsync(() ->
                        admin.patch("/merchants/" + merchant, JsonObject.of("default_cashback_percentage", 5 + i))))
                .toList();
        sent.forEach(reply -> reply.join().expect(200));

        List<JsonObject> changes = audited();
        assertThat(changes).hasSize(8);
        for (int i = 0; i + 1 < changes.size(); i++) {
            assertThat(changes.get(i).getString("prior_default_cashback_percentage"))
                    .isEqualTo(changes.get(i + 1).getString("default_cashback_percentage"));
        }
        assertThat(history()).hasSize(9);
    }

    @Test
    void isForAdministrators() {
        ApiClient user = given.as(given.member());
        user.patch("/merchants/" + merchant, new JsonObject()).expectError(403, "FORBIDDEN");
        user.get("/merchants/" + merchant + "/history").expectError(403, "FORBIDDEN");
    }
}
