package com.clicknback.offers;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.TestClock;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(ServiceExtension.class)
class OfferViewTest {
    private static final JsonObject INACTIVE = JsonObject.of("status", "inactive");

    private final Scenario given;
    private final ApiClient anyone;
    private final TestClock clock;
    private ApiClient admin;
    private ApiClient user;

    OfferViewTest(Scenario given, ApiClient anyone, TestClock clock) {
        this.given = given;
        this.anyone = anyone;
        this.clock = clock;
        this.admin = anyone;
        this.user = anyone;
    }

    @BeforeEach
    void logIn() {
        admin = given.asAdmin();
        user = anyone.as(given.user());
    }

    private String offer(UUID merchant, int firstDay, int lastDay) {
        LocalDate today = clock.today();
        Map<String, Object> body = Map.of(
                "merchant_id",
                merchant.toString(),
                "cashback_type",
                "percent",
                "cashback_value",
                5,
                "start_date",
                today.plusDays(firstDay).toString(),
                "end_date",
                today.plusDays(lastDay).toString(),
                "monthly_cap",
                50);
        return admin.post("/offers", new JsonObject(body)).expect(201).json().getString("id");
    }

    private void deactivateOffer(String id) {
        admin.patch("/offers/" + id + "/status", INACTIVE).expect(200);
    }

    private void deactivateMerchant(UUID id) {
        admin.patch("/merchants/" + id + "/status", INACTIVE).expect(200);
    }

    private static List<String> ids(List<JsonObject> offers) {
        return offers.stream().map(offer -> offer.getString("id")).toList();
    }

    @Test
    void showsEveryOfferToAdminsAndOpenOnesToUsers() {
        UUID merchant = given.merchant();
        String now = offer(merchant, 0, 0);
        String later = offer(merchant, 10, 20);
        String switchedOff = offer(merchant, 30, 40);
        deactivateOffer(switchedOff);

        String path = "/offers?merchant_id=" + merchant;
        assertThat(ids(admin.get(path).data())).containsExactly(switchedOff, later, now);
        assertThat(ids(user.get(path).data())).containsExactly(later, now);
        assertThat(user.get(path).json().getJsonObject("pagination").getInteger("total"))
                .isEqualTo(2);

        deactivateMerchant(merchant);
        assertThat(ids(admin.get(path).data())).containsExactly(switchedOff, later, now);
        assertThat(user.get(path).data()).isEmpty();
    }

    @Test
    void filtersByStatus() {
        UUID merchant = given.merchant();
        String on = offer(merchant, 0, 1);
        String off = offer(merchant, 5, 6);
        deactivateOffer(off);

        String path = "/offers?merchant_id=" + merchant.toString().toUpperCase() + "&status=";
        assertThat(ids(admin.get(path + "active").data())).containsExactly(on);
        assertThat(ids(admin.get(path + "inactive").data())).containsExactly(off);
        assertThat(ids(user.get(path + "active").data())).containsExactly(on);
        assertThat(user.get(path + "inactive").data()).isEmpty();
    }

    @ParameterizedTest(name = "days {0} to {1}: {2} of the windows 10 to 20 and 30 to 40")
    @CsvSource({
        "0,   9,  0",
        "0,  10,  1",
        "15, 15,  1",
        "20, 20,  1",
        "21, 29,  0",
        "20, 30,  2",
        "0,  99,  2",
        "41, 99,  0",
        "25,   ,  1",
        "  , 25,  1",
        "40,   ,  1",
        "  ,  9,  0"
    })
    void filtersByWindowsThatOverlapARange(Integer firstDay, Integer lastDay, int count) {
        UUID merchant = given.merchant();
        offer(merchant, 10, 20);
        offer(merchant, 30, 40);
        String query = (firstDay == null ? "" : "&date_from=" + clock.today().plusDays(firstDay))
                + (lastDay == null ? "" : "&date_to=" + clock.today().plusDays(lastDay));
        assertThat(user.get("/offers?merchant_id=" + merchant + query).data()).hasSize(count);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "status=on                                              | status",
                "status=                                                | status",
                "status=ACTIVE                                          | status",
                "date_from=2026-02-02&date_to=2026-02-01                | date_from",
                "status=on&date_from=2026-02-02&date_to=2026-02-01      | status date_from",
                "date_to=2026-02-01&status=off&date_from=2026-02-02     | status date_from"
            })
    void namesEveryFilterThatMakesNoSense(String query, String fields) {
        assertThat(user.get("/offers?" + query).expectViolations(400)).containsExactly(fields.split(" "));
    }

    @Test
    void refusesMalformedFiltersFirst() {
        assertThat(user.get("/offers?limit=0&status=on").expectViolations(422)).containsExactly("limit");
    }

    @Test
    void acceptsADayAsARange() {
        user.get("/offers?date_from=2026-02-02&date_to=2026-02-02").expect(200);
        user.get("/offers?date_from=0000-01-01&date_to=9999-12-31").expect(200);
    }

    @Test
    void listsWhatIsInForceTodayAndOpen() {
        UUID merchant = given.merchant();
        String now = offer(merchant, 0, 0);
        String tomorrow = offer(merchant, 1, 1);
        UUID switchedOff = given.merchant();
        deactivateOffer(offer(switchedOff, 0, 9));
        UUID closed = given.merchant();
        offer(closed, 0, 9);
        deactivateMerchant(closed);

        List<JsonObject> inForce = allInForce();
        assertThat(ids(inForce)).contains(now).doesNotContain(tomorrow);
        assertThat(inForce)
                .extracting(offer -> offer.getString("merchant_id"))
                .doesNotContain(switchedOff.toString(), closed.toString());
        assertThat(inForce).allSatisfy(offer -> {
            assertThat(offer.getString("status")).isEqualTo("active");
            assertThat(LocalDate.parse(offer.getString("start_date"))).isBeforeOrEqualTo(clock.today());
            assertThat(LocalDate.parse(offer.getString("end_date"))).isAfterOrEqualTo(clock.today());
        });
    }

    private List<JsonObject> allInForce() {
        List<JsonObject> all = new ArrayList<>();
        String cursor = null;
        do {
            JsonObject page = user.get("/offers/active?limit=100" + (cursor == null ? "" : "&cursor=" + cursor))
                    .expect(200)
                    .json();
            page.getJsonArray("data").forEach(offer -> all.add((JsonObject) offer));
            cursor = page.getJsonObject("pagination").getString("next_cursor");
        } while (cursor != null);
        return all;
    }

    @Test
    void tellsWhetherAClickCanLeadToTheMerchant() {
        offer(given.merchant(), 0, 0);
        UUID tracked = given.trackedMerchant("5", 30);
        String reachable = offer(tracked, 0, 0);

        assertThat(user.get("/offers/" + reachable).json().getBoolean("takes_clicks"))
                .isTrue();
        assertThat(allInForce())
                .filteredOn(offer -> offer.getBoolean("takes_clicks"))
                .extracting(offer -> offer.getString("merchant_id"))
                .contains(tracked.toString());
        assertThat(allInForce())
                .anySatisfy(
                        offer -> assertThat(offer.getBoolean("takes_clicks")).isFalse());
    }

    @Test
    void showsAnOfferWhateverItsDates() {
        UUID merchant = given.merchant();
        String later = offer(merchant, 100, 200);
        assertThat(user.get("/offers/" + later).expect(200).json())
                .isEqualTo(admin.get("/offers/" + later).expect(200).json());
    }

    @Test
    void hidesClosedOffersFromUsersAndSaysWhy() {
        UUID merchant = given.merchant();
        String off = offer(merchant, 0, 1);
        String on = offer(merchant, 5, 6);
        deactivateOffer(off);

        JsonObject offerInactive = user.get("/offers/" + off).expectError(403, "FORBIDDEN");
        assertThat(offerInactive.getString("resource_type")).isEqualTo("offer");
        assertThat(offerInactive.getString("resource_id")).isEqualTo(off);

        deactivateMerchant(merchant);
        JsonObject merchantInactive = user.get("/offers/" + on).expectError(403, "FORBIDDEN");
        assertThat(merchantInactive.getString("resource_id")).isEqualTo(on);
        assertThat(merchantInactive.getString("reason")).isNotEqualTo(offerInactive.getString("reason"));
        assertThat(user.get("/offers/" + off).expectError(403, "FORBIDDEN").getString("reason"))
                .isEqualTo(offerInactive.getString("reason"));

        admin.get("/offers/" + off).expect(200);
        admin.get("/offers/" + on).expect(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"42", "886175F1-666B-4D45-829A-75952874C249", "886175f1-666b-4d45-829a-75952874c249"})
    void showsNoUnknownOfferAndNamesTheIdAsSent(String id) {
        assertThat(user.get("/offers/" + id).expectError(404, "NOT_FOUND"))
                .isEqualTo(JsonObject.of("resource_type", "offer", "resource_id", id));
    }

    @Test
    void showsStrangersNothing() {
        for (String path : List.of("/offers", "/offers/active", "/offers/" + UUID.randomUUID())) {
            assertThat(anyone.get(path).expect(401).header("WWW-Authenticate")).isEqualTo("Bearer");
        }
    }

    @Test
    void showsTheMerchantsPresentName() {
        UUID merchant = given.merchant();
        String id = offer(merchant, 0, 1);
        String name = admin.get("/merchants/" + merchant).expect(200).json().getString("name");
        assertThat(admin.get("/offers/" + id).json().getString("merchant_name")).isEqualTo(name);
        assertThat(admin.get("/offers?merchant_id=" + merchant).data())
                .extracting(offer -> offer.getString("merchant_name"))
                .containsExactly(name);
    }
}
