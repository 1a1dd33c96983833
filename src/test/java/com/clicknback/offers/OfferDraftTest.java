package com.clicknback.offers;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(ServiceExtension.class)
class OfferDraftTest {
    private final TestService service;
    private final Scenario given;

    OfferDraftTest(TestService service, Scenario given) {
        this.service = service;
        this.given = given;
    }

    private LocalDate today() {
        return service.clock().today();
    }

    private JsonObject offer(UUID merchant, String type, String value, String cap) {
        return JsonObject.of(
                "merchant_id",
                merchant.toString(),
                "cashback_type",
                type,
                "cashback_value",
                value,
                "monthly_cap",
                cap,
                "start_date",
                today().plusDays(10).toString(),
                "end_date",
                today().plusDays(20).toString());
    }

    private Reply preview(JsonObject offer, String amount, LocalDate date) {
        return given.asAdmin()
                .post("/offers/preview", JsonObject.of("offer", offer, "amount", amount, "date", date.toString()));
    }

    @ParameterizedTest
    @CsvSource({
        "percent,    5, 20.00, 149.90, 7.495, 7.50, false, 7.50, 7.50",
        "percent,    5,  6.00, 149.90, 7.495, 7.50, false, 7.50, 6.00",
        "fixed,   3.00, 20.00,   2.00,  3.00, 3.00,  true, 2.00, 2.00"
    })
    void tellsWhatAPurchaseWouldEarn(
            String type,
            String value,
            String cap,
            String amount,
            String unrounded,
            String rounded,
            boolean clamped,
            String cashback,
            String credited) {
        JsonObject told = preview(offer(given.merchant(), type, value, cap), amount, today().plusDays(10))
                .expect(200)
                .json();

        assertThat(told)
                .isEqualTo(JsonObject.of(
                                "date", today().plusDays(10).toString(),
                                "in_window", true,
                                "amount", amount,
                                "unrounded", unrounded,
                                "rounded", rounded,
                                "clamped", clamped,
                                "cashback", cashback,
                                "credited_amount", credited)
                        .put("overlaps", told.getJsonArray("overlaps")));
        assertThat(told.getJsonArray("overlaps")).isEmpty();
    }

    @Test
    void createsNothing() {
        UUID merchant = given.merchant();

        preview(offer(merchant, "percent", "5", "20.00"), "10.00", today()).expect(200);

        assertThat(given.asAdmin()
                        .get("/offers?merchant_id=" + merchant)
                        .expect(200)
                        .data())
                .isEmpty();
    }

    @Test
    void agreesWithThePurchaseThatFollows() {
        UUID merchant = given.merchant();
        JsonObject draft = offer(merchant, "percent", "7.35", "20.00").put("start_date", today().toString());
        String told = preview(draft, "133.37", today()).expect(200).json().getString("credited_amount");

        given.asAdmin().post("/offers", draft).expect(201);

        UUID bought = given.buyCredited(given.user(), merchant, "133.37");
        assertThat(given.purchase(bought).getString("cashback_amount")).isEqualTo(told);
    }

    @Test
    void namesWhatIsInTheWayInsteadOfRefusing() {
        UUID merchant = given.merchant();
        UUID taken = given.offer(merchant, "fixed", "3", "20");
        given.offer(given.merchant(), "fixed", "3", "20");

        JsonObject told = preview(offer(merchant, "percent", "5", "20.00"), "10.00", today().plusDays(15))
                .expect(200)
                .json();

        assertThat(told.getJsonArray("overlaps"))
                .extracting(offer -> ((JsonObject) offer).getString("id"))
                .containsExactly(taken.toString());
    }

    @Test
    void earnsNothingOutsideOfItsDays() {
        JsonObject told = preview(offer(given.merchant(), "percent", "5", "20.00"), "10.00", today().plusDays(21))
                .expect(200)
                .json();

        assertThat(told.getBoolean("in_window")).isFalse();
        assertThat(told.getString("cashback")).isEqualTo("0.50");
        assertThat(told.getString("credited_amount")).isEqualTo("0.00");
    }

    @Test
    void refusesWhatTheCreationWouldRefuse() {
        UUID merchant = given.merchant();
        JsonObject early = offer(merchant, "percent", "5", "20.00")
                .put("start_date", today().minusDays(1).toString());
        UUID inactive = given.merchant();
        given.asAdmin()
                .patch("/merchants/" + inactive + "/status", JsonObject.of("status", "inactive"))
                .expect(200);

        assertThat(preview(offer(merchant, "percent", "21", "20.00"), "10.00", today())
                        .expectViolations(400))
                .containsExactly("offer.cashback_value");
        assertThat(preview(early, "10.00", today()).expectViolations(400)).containsExactly("offer.start_date");
        assertThat(preview(early.copy().putNull("monthly_cap"), "0", today()).expectViolations(422))
                .isEqualTo(List.of("offer.monthly_cap", "amount"));
        preview(offer(inactive, "percent", "5", "20.00"), "10.00", today()).expectError(422, "MERCHANT_NOT_ACTIVE");
        preview(offer(UUID.randomUUID(), "percent", "5", "20.00"), "10.00", today())
                .expectError(404, "NOT_FOUND");
        given.as(given.user()).post("/offers/preview", new JsonObject()).expectError(403, "FORBIDDEN");
    }
}
