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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(ServiceExtension.class)
class OfferCreationTest {
    private final Scenario given;
    private final ApiClient anyone;
    private final TestClock clock;
    private final Sql sql;
    private ApiClient admin;

    OfferCreationTest(Scenario given, ApiClient anyone, TestClock clock, Sql sql) {
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

    /** The body of an offer of five percent, from so many days after today to so many. */
    private JsonObject body(UUID merchant, int firstDay, int lastDay) {
        LocalDate today = clock.today();
        return JsonObject.of(
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
    }

    private Reply create(UUID merchant, int firstDay, int lastDay) {
        return admin.post("/offers", body(merchant, firstDay, lastDay));
    }

    private long offersOf(UUID merchant) {
        return sql.count("SELECT count(*) FROM offers WHERE merchant_id = ?", merchant);
    }

    @Test
    void createsAnActiveOffer() {
        UUID merchant = given.merchant();
        String merchantName =
                admin.get("/merchants/" + merchant).expect(200).json().getString("name");
        JsonObject created = create(merchant, 0, 30).expect(201).json();

        assertThat(created.getString("merchant_id")).isEqualTo(merchant.toString());
        assertThat(created.getString("merchant_name")).isEqualTo(merchantName);
        assertThat(created.getString("cashback_type")).isEqualTo("percent");
        assertThat(created.getDouble("cashback_value")).isEqualTo(5);
        assertThat(created.getDouble("monthly_cap")).isEqualTo(50);
        assertThat(created.getDouble("monthly_cap_per_user")).isEqualTo(50);
        assertThat(created.getString("start_date")).isEqualTo(clock.today().toString());
        assertThat(created.getString("end_date"))
                .isEqualTo(clock.today().plusDays(30).toString());
        assertThat(created.getString("status")).isEqualTo("active");
        assertThat(admin.get("/offers/" + created.getString("id")).expect(200).json())
                .isEqualTo(created);
    }

    @Test
    void takesDecimalStringsAndRecordsTheTerms() {
        UUID merchant = given.merchant();
        JsonObject body = body(merchant, 1, 1)
                .put("cashback_type", "fixed")
                .put("cashback_value", "2.5050")
                .put("monthly_cap", "0.01")
                .put("hold_days", 14);
        JsonObject created = admin.post("/offers", body).expect(201).json();
        assertThat(created.getDouble("cashback_value")).isEqualTo(2.505);
        assertThat(created.getDouble("monthly_cap")).isEqualTo(0.01);
        assertThat(created.getInteger("hold_days")).isEqualTo(14);

        List<JsonObject> entries =
                admin.get("/audit-logs?resource_id=" + created.getString("id")).data();
        assertThat(entries).hasSize(1);
        assertThat(entries.get(0).getString("action")).isEqualTo("OFFER_CREATED");
        assertThat(entries.get(0).getString("resource_type")).isEqualTo("offer");
        assertThat(entries.get(0).getString("actor_id"))
                .isEqualTo(given.admin().userId().toString());
        String day = clock.today().plusDays(1).toString();
        assertThat(entries.get(0).getJsonObject("details"))
                .isEqualTo(JsonObject.of(
                        "merchant_id",
                        merchant.toString(),
                        "cashback_type",
                        "fixed",
                        "cashback_value",
                        "2.505",
                        "monthly_cap",
                        "0.01",
                        "hold_days",
                        "14",
                        "start_date",
                        day,
                        "end_date",
                        day));
    }

    @ParameterizedTest
    @CsvSource({"percent, 20, 9999999999.99", "percent, 0.0001, 0.01", "fixed, 9999999999.99, 1E+2", "fixed, 21, 3"})
    void acceptsTheEndsOfEachRange(String type, String value, String cap) {
        JsonObject body = body(given.merchant(), 0, 0).put("cashback_type", type);
        String exact = body.encode()
                .replace("\"cashback_value\":5", "\"cashback_value\":" + value)
                .replace("\"monthly_cap\":50", "\"monthly_cap\":" + cap);
        JsonObject created = admin.post("/offers", exact).expect(201).json();
        assertThat(created.getDouble("cashback_value")).isEqualTo(Double.parseDouble(value));
        assertThat(created.getDouble("monthly_cap")).isEqualTo(Double.parseDouble(cap));
    }

    @ParameterizedTest(name = "{0} {1}, from day {2} to {3}, cap {4}: {5}")
    @CsvSource({
        "percent, 0,             0,  1, 50,            cashback_value",
        "percent, 20.0001,       0,  1, 50,            cashback_value",
        "percent, -1,            0,  1, 50,            cashback_value",
        "fixed,   0.0000,        0,  1, 50,            cashback_value",
        "fixed,   10000000000,   0,  1, 50,            cashback_value",
        "percent, 5,            -1,  1, 50,            start_date",
        "percent, 5,             1,  0, 50,            end_date",
        "percent, 5,             0,  0, 0,             monthly_cap",
        "percent, 5,             0,  0, -0.01,         monthly_cap",
        "percent, 5,             0,  0, 10000000000,   monthly_cap",
        "percent, 0,            -1, -2, 0,             cashback_value",
        "percent, 5,            -1, -2, 0,             start_date",
        "percent, 5,             2,  1, 0,             end_date"
    })
    void namesTheFirstBrokenRuleOnly(
            String type, String value, int firstDay, int lastDay, String cap, String violated) {
        UUID merchant = given.merchant();
        JsonObject body = body(merchant, firstDay, lastDay)
                .put("cashback_type", type)
                .put("cashback_value", value)
                .put("monthly_cap", cap);
        assertThat(admin.post("/offers", body).expectViolations(400)).containsExactly(violated);
        assertThat(offersOf(merchant)).isZero();
    }

    @Test
    void checksRulesThenTheMerchantThenItsStateThenTheWindow() {
        UUID unknown = UUID.randomUUID();
        assertThat(create(unknown, -1, 1).expectViolations(400)).containsExactly("start_date");
        assertThat(create(unknown, 0, 1).expectError(404, "NOT_FOUND"))
                .isEqualTo(JsonObject.of("resource_type", "merchant", "resource_id", unknown.toString()));

        UUID merchant = given.merchant();
        create(merchant, 0, 1).expect(201);
        admin.patch("/merchants/" + merchant + "/status", JsonObject.of("status", "inactive"))
                .expect(200);
        JsonObject inactive = create(merchant, 0, 1).expectError(422, "MERCHANT_NOT_ACTIVE");
        assertThat(inactive.getString("merchant_id")).isEqualTo(merchant.toString());
        assertThat(inactive.getString("action")).isNotBlank();
    }

    @ParameterizedTest(name = "days {0} to {1} against 10 to 20")
    @CsvSource({"10, 20", "12, 15", "5, 25", "5, 10", "20, 30", "10, 10", "20, 20"})
    void refusesAWindowThatSharesADayWithAnActiveOffer(int firstDay, int lastDay) {
        UUID merchant = given.merchant();
        String first = create(merchant, 10, 20).expect(201).json().getString("id");
        JsonObject details = create(merchant, firstDay, lastDay).expectError(409, "ACTIVE_OFFER_ALREADY_EXISTS");
        assertThat(details.getString("merchant_id")).isEqualTo(merchant.toString());
        assertThat(details.getString("offer_id")).isEqualTo(first);
        assertThat(details.getString("action")).isNotBlank();
        assertThat(offersOf(merchant)).isOne();
    }

    @Test
    void acceptsWindowsSideBySideAndOfOtherMerchantsAndOverInactiveOffers() {
        UUID merchant = given.merchant();
        String middle = create(merchant, 10, 20).expect(201).json().getString("id");
        create(merchant, 0, 9).expect(201);
        create(merchant, 21, 30).expect(201);
        create(given.merchant(), 10, 20).expect(201);
        admin.patch("/offers/" + middle + "/status", JsonObject.of("status", "inactive"))
                .expect(200);
        create(merchant, 10, 20).expect(201);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 50})
    void letsOneOfManySimultaneousOverlappingOffersWin(int count) {
        UUID merchant = given.merchant();
        List<CompletableFuture<Reply>> asked = IntStream.range(0, count)
                .mapToObj(i -> admin.sendAsync("POST", "/offers", body(merchant, i % 5, 5 + i)))
                .toList();
        List<Reply> replies = asked.stream().map(CompletableFuture::join).toList();

        List<Reply> created =
                replies.stream().filter(reply -> reply.status() == 201).toList();
        assertThat(created).hasSize(1);
        String winner = created.get(0).json().getString("id");
        replies.stream()
                .filter(reply -> reply.status() != 201)
                .forEach(reply -> assertThat(reply.expectError(409, "ACTIVE_OFFER_ALREADY_EXISTS")
                                .getString("offer_id"))
                        .isEqualTo(winner));
        assertThat(offersOf(merchant)).isOne();
        assertThat(sql.count(
                        "SELECT count(*) FROM audit_log WHERE action = 'OFFER_CREATED' AND details->>'merchant_id' = ?",
                        merchant.toString()))
                .isOne();
    }
}
