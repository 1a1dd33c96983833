package com.clicknback.offers;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.DatabaseContent;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(ServiceExtension.class)
class OfferPreviewTest {
    private static final String NOBODY = "00000000-0000-4000-8000-000000000000";
    private static final JsonObject INACTIVE = JsonObject.of("status", "inactive");

    private final TestService service;
    private final Scenario given;
    private final ApiClient anyone;
    private final Sql sql;

    OfferPreviewTest(TestService service, Scenario given, ApiClient anyone, Sql sql) {
        this.service = service;
        this.given = given;
        this.anyone = anyone;
        this.sql = sql;
    }

    private static String path(Object offerId) {
        return "/offers/" + offerId + "/preview";
    }

    private JsonObject body(Session user, String amount) {
        return body(user, amount, service.clock().today());
    }

    private static JsonObject body(Session user, String amount, LocalDate date) {
        return JsonObject.of("amount", amount, "user_id", user.userId().toString(), "date", date.toString());
    }

    private Reply preview(Session asker, UUID offer, JsonObject body) {
        return anyone.as(asker).post(path(offer), body);
    }

    private static List<String> obstacles(JsonObject preview) {
        return preview.getJsonArray("obstacles").stream()
                .map(String.class::cast)
                .toList();
    }

    private UUID buyCredited(Session user, UUID merchant, String amount) {
        UUID id = given.buy(user, merchant, amount);
        service.awaitCredits();
        return id;
    }

    @Test
    void showsEveryStepAndChangesNothing() {
        Session alice = given.user();
        UUID merchant = given.merchant();
        UUID offer = given.offer(merchant, "percent", "5", "10.00");
        buyCredited(alice, merchant, "140.00");
        LocalDate today = service.clock().today();
        Map<String, String> before = DatabaseContent.of(sql);

        JsonObject preview =
                preview(alice, offer, body(alice, "149.90", today)).expect(200).json();

        assertThat(DatabaseContent.of(sql)).isEqualTo(before);
        assertThat(preview)
                .isEqualTo(JsonObject.of(
                        "offer_id", offer.toString(),
                        "user_id", alice.userId().toString(),
                        "date", today.toString(),
                        "in_force", true,
                        "obstacles", new JsonArray(),
                        "calculation",
                                JsonObject.of(
                                        "basis", "offer",
                                        "offer_id", offer.toString(),
                                        "cashback_type", "percent",
                                        "cashback_value", 5.0,
                                        "monthly_cap", 10.00,
                                        "amount", "149.90",
                                        "unrounded", "7.495",
                                        "rounded", "7.50",
                                        "clamped", false,
                                        "cashback", "7.50"),
                        "cap",
                                JsonObject.of(
                                        "month", YearMonth.from(today).toString(),
                                        "limit", "10.00",
                                        "used_before", "7.00",
                                        "remaining_before", "3.00",
                                        "used_after", "10.00",
                                        "cut", true),
                        "credited_amount", "3.00"));
    }

    /** Buys until the cap is used up, and sometimes gives some of it back. Each purchase earns what its preview said. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void isWhatThePurchaseThenEarns(long seed) {
        Random random = new Random(seed);
        Session user = given.user();
        UUID merchant = given.merchant();
        boolean percent = random.nextBoolean();
        UUID offer = given.offer(merchant, percent ? "percent" : "fixed", percent ? "6.6667" : "3.3335", "12.34");
        for (int i = 0; i < 6; i++) {
            String amount = String.format(Locale.ROOT, "%d.%02d", random.nextInt(100), 1 + random.nextInt(99));
            JsonObject preview = previewToday(user, offer, amount);
            UUID id = buyCredited(user, merchant, amount);
            JsonObject explanation = anyone.as(user)
                    .get("/purchases/" + id + "/explanation")
                    .expect(200)
                    .json();

            assertThat(preview.getBoolean("in_force")).isTrue();
            assertThat(preview.getString("credited_amount"))
                    .isEqualTo(explanation.getJsonObject("credit").getString("amount"))
                    .isEqualTo(given.purchase(id).getString("cashback_amount"));
            assertThat(preview.getJsonObject("calculation")).isEqualTo(explanation.getJsonObject("calculation"));
            assertThat(preview.getJsonObject("cap")).isEqualTo(explanation.getJsonObject("cap"));
            if (random.nextInt(3) == 0) {
                given.asAdmin().patch("/purchases/" + id + "/reverse", null).expect(200);
            }
        }
    }

    /** Asks again when midnight came in between, since preview and purchase must be of one day. */
    private JsonObject previewToday(Session user, UUID offer, String amount) {
        LocalDate day = service.clock().today();
        JsonObject preview =
                preview(user, offer, body(user, amount, day)).expect(200).json();
        return day.equals(service.clock().today()) ? preview : previewToday(user, offer, amount);
    }

    @Test
    void countsOnlyTheCapOfTheMonth() {
        Session alice = given.user();
        UUID merchant = given.merchant();
        UUID offer = given.offer(merchant, "fixed", "8", "10.00");
        UUID id = buyCredited(alice, merchant, "100.00");
        LocalDate day =
                LocalDate.ofInstant(Instant.parse(given.purchase(id).getString("purchased_at")), ZoneOffset.UTC);

        JsonObject thisMonth =
                preview(alice, offer, body(alice, "100.00", day)).expect(200).json();
        JsonObject nextMonth = preview(alice, offer, body(alice, "100.00", day.plusMonths(1)))
                .expect(200)
                .json();
        JsonObject ofAnother = preview(given.admin(), offer, body(given.user(), "100.00", day))
                .expect(200)
                .json();

        assertThat(thisMonth.getString("credited_amount")).isEqualTo("2.00");
        assertThat(nextMonth.getString("credited_amount")).isEqualTo("8.00");
        assertThat(nextMonth.getJsonObject("cap").getString("month"))
                .isEqualTo(YearMonth.from(day.plusMonths(1)).toString());
        assertThat(ofAnother.getString("credited_amount")).isEqualTo("8.00");
    }

    @ParameterizedTest
    @CsvSource({"-P1D, not_started", "P1Y1D, ended", "P300Y, ended"})
    void earnsNothingOutsideOfTheWindow(Period later, String obstacle) {
        Session alice = given.user();
        UUID offer = given.offer(given.merchant(), "fixed", "8", "10.00");

        JsonObject preview = preview(
                        alice,
                        offer,
                        body(alice, "5.00", service.clock().today().plus(later)))
                .expect(200)
                .json();

        assertThat(preview.getBoolean("in_force")).isFalse();
        assertThat(obstacles(preview)).containsExactly(obstacle);
        assertThat(preview.getString("credited_amount")).isEqualTo("0.00");
        assertThat(preview.getJsonObject("calculation").getString("cashback")).isEqualTo("5.00");
        assertThat(preview.getJsonObject("calculation").getBoolean("clamped")).isTrue();
        assertThat(preview.getJsonObject("cap").getString("used_after")).isEqualTo("0.00");
        assertThat(preview.getJsonObject("cap").getBoolean("cut")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0000-01-01, 0000-01, not_started", "9999-12-31, 9999-12, ended"})
    void answersForEveryDayThereIs(String day, String month, String obstacle) {
        Session alice = given.user();
        UUID offer = given.offer(given.merchant(), "fixed", "9999999999.99", "9999999999.99");

        JsonObject preview = preview(alice, offer, body(alice, "9999999999.99", LocalDate.parse(day)))
                .expect(200)
                .json();

        assertThat(preview.getJsonObject("cap").getString("month")).isEqualTo(month);
        assertThat(preview.getJsonObject("calculation").getString("cashback")).isEqualTo("9999999999.99");
        assertThat(obstacles(preview)).containsExactly(obstacle);
    }

    @Test
    void isInForceOnTheFirstAndTheLastDay() {
        Session alice = given.user();
        UUID offer = given.offer(given.merchant(), "fixed", "8", "10.00");
        JsonObject shown = anyone.as(alice).get("/offers/" + offer).expect(200).json();

        for (String end : List.of("start_date", "end_date")) {
            LocalDate day = LocalDate.parse(shown.getString(end));
            assertThat(preview(alice, offer, body(alice, "50.00", day))
                            .expect(200)
                            .json()
                            .getString("credited_amount"))
                    .isEqualTo("8.00");
        }
    }

    @Test
    void tellsAdminsAllThatIsInTheWay() {
        Session alice = given.user();
        UUID merchant = given.merchant();
        UUID offer = given.offer(merchant, "fixed", "8", "10.00");
        given.asAdmin().patch("/offers/" + offer + "/status", INACTIVE).expect(200);
        given.asAdmin().patch("/merchants/" + merchant + "/status", INACTIVE).expect(200);

        JsonObject today =
                preview(given.admin(), offer, body(alice, "50.00")).expect(200).json();
        JsonObject later = preview(
                        given.admin(),
                        offer,
                        body(alice, "50.00", service.clock().today().plusYears(3)))
                .expect(200)
                .json();

        assertThat(obstacles(today)).containsExactly("offer_inactive", "merchant_inactive");
        assertThat(obstacles(later)).containsExactly("offer_inactive", "merchant_inactive", "ended");
        assertThat(later.getString("credited_amount")).isEqualTo("0.00");
    }

    @Test
    void isForOneselfOnlyUnlessAnAdminAsks() {
        Session alice = given.user();
        Session bob = given.user();
        UUID offer = given.offer(given.merchant(), "fixed", "8", "10.00");

        JsonObject details = preview(alice, offer, body(bob, "50.00")).expectError(403, "FORBIDDEN");

        assertThat(details.fieldNames()).containsExactly("reason");
        preview(alice, offer, body(alice, "50.00")).expect(200);
        preview(given.admin(), offer, body(bob, "50.00")).expect(200);
        preview(given.admin(), offer, body(given.admin(), "50.00")).expect(200);
        preview(
                        alice,
                        offer,
                        body(alice, "50.00")
                                .put("user_id", alice.userId().toString().toUpperCase(Locale.ROOT)))
                .expect(200);
    }

    @Test
    void showsUsersOnlyWhatIsOpenToThem() {
        Session alice = given.user();
        UUID merchant = given.merchant();
        UUID offer = given.offer(merchant, "fixed", "8", "10.00");
        given.asAdmin().patch("/merchants/" + merchant + "/status", INACTIVE).expect(200);
        JsonObject closedMerchant = preview(alice, offer, body(alice, "50.00")).expectError(403, "FORBIDDEN");
        given.asAdmin().patch("/offers/" + offer + "/status", INACTIVE).expect(200);
        JsonObject closedOffer = preview(alice, offer, body(alice, "50.00")).expectError(403, "FORBIDDEN");

        assertThat(closedMerchant.getString("resource_id")).isEqualTo(offer.toString());
        assertThat(closedMerchant.getString("reason")).isNotEqualTo(closedOffer.getString("reason"));
        assertThat(closedOffer.getString("resource_type")).isEqualTo("offer");
    }

    @Test
    void checksInItsOrder() {
        Session alice = given.user();
        Session bob = given.user();
        UUID offer = given.offer(given.merchant(), "fixed", "8", "10.00");
        given.asAdmin().patch("/offers/" + offer + "/status", INACTIVE).expect(200);
        JsonObject forBob = body(bob, "50.00");

        preview(alice, UUID.fromString(NOBODY), forBob).expectError(404, "NOT_FOUND");
        assertThat(preview(alice, offer, forBob).expectError(403, "FORBIDDEN").fieldNames())
                .containsExactly("reason");
        assertThat(anyone.as(alice).post(path("42"), JsonObject.of()).expectViolations(422))
                .containsExactly("amount", "user_id", "date");
        anyone.post(path(offer), "[no JSON").expectError(401, "INVALID_TOKEN");
    }

    @Test
    void refusesUsersWhoCouldNotBuy() {
        UUID offer = given.offer(given.merchant(), "fixed", "8", "10.00");
        Session gone = given.user();
        sql.execute("UPDATE users SET active = false WHERE id = ?", gone.userId());

        JsonObject inactive = preview(given.admin(), offer, body(gone, "50.00")).expectError(422, "USER_NOT_ELIGIBLE");
        JsonObject unknown = preview(given.admin(), offer, body(gone, "50.00").put("user_id", NOBODY))
                .expectError(422, "USER_NOT_ELIGIBLE");

        assertThat(inactive.getString("user_id")).isEqualTo(gone.userId().toString());
        assertThat(unknown.getString("user_id")).isEqualTo(NOBODY);
        assertThat(inactive.getString("reason")).isNotEqualTo(unknown.getString("reason"));
    }
}
