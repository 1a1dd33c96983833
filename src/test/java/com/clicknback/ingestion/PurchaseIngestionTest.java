package com.clicknback.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Purchases that users submit for themselves: POST /purchases. */
@ExtendWith(ServiceExtension.class)
class PurchaseIngestionTest {
    private static final String PURCHASES = "/purchases";

    private final TestService service;
    private final Scenario given;
    private final Sql sql;
    private final TestClock clock;
    private Session user;
    private ApiClient api;
    private UUID merchant;

    PurchaseIngestionTest(TestService service, Scenario given, Sql sql, TestClock clock) {
        this.service = service;
        this.given = given;
        this.sql = sql;
        this.clock = clock;
    }

    @BeforeEach
    void aUserAndAMerchantOfFivePercent() {
        user = given.member();
        api = service.api().as(user);
        merchant = given.merchant();
    }

    @Test
    void storesAPurchaseAndCreditsItSoon() {
        JsonObject sent = bought("50.00");
        JsonObject created = api.post(PURCHASES, sent).expect(201).json();
        assertThat(created.fieldNames()).containsExactlyInAnyOrder("id", "status", "cashback_amount", "payable_at");
        assertThat(created.getString("payable_at")).isNull();
        assertThat(created.getString("status")).isEqualTo("pending");
        assertThat(created.getString("cashback_amount")).isEqualTo("2.50");

        assertThat(given.wallet(user).getString("pending_balance")).isEqualTo("2.50");
        JsonObject shown = api.get("/purchases/" + created.getString("id")).json();
        assertThat(shown.getString("external_id")).isEqualTo(sent.getString("external_id"));
        assertThat(shown.getString("user_id")).isEqualTo(user.userId().toString());
        assertThat(shown.getString("merchant_id")).isEqualTo(merchant.toString());
        assertThat(shown.getString("merchant_name")).isNotBlank();
        assertThat(shown.getString("offer_id")).isNull();
        assertThat(shown.getString("source")).isEqualTo("user");
        assertThat(shown.getString("amount")).isEqualTo("50.00");
        assertThat(shown.getString("currency")).isEqualTo("EUR");
        assertThat(shown.getString("status")).isEqualTo("pending");
        assertThat(shown.getString("cashback_amount")).isEqualTo("2.50");
        assertThat(shown.getString("cashback_status")).isEqualTo("pending");
        assertThat(shown.getString("rejection_reason")).isNull();
        assertThat(shown.getString("purchased_at")).isEqualTo(shown.getString("created_at"));
    }

    @Test
    void theTermsOfTheOfferInForceWinOverTheMerchantsDefault() {
        UUID offer = given.offer(merchant, "fixed", "3", "20");
        JsonObject created = api.post(PURCHASES, bought("100.00")).expect(201).json();
        assertThat(created.getString("cashback_amount")).isEqualTo("3.00");
        assertThat(given.purchase(UUID.fromString(created.getString("id"))).getString("offer_id"))
                .isEqualTo(offer.toString());
    }

    /** The day of the purchase decides, not that of its submission, and the offer's both ends are inside. */
    @Test
    void theOfferOfTheDayOfThePurchaseApplies() {
        UUID offer = given.offer(merchant, "percent", "10", "1000");
        sql.execute(
                "UPDATE offers SET start_date = ?::date, end_date = ?::date WHERE id = ?",
                clock.today().minusDays(20).toString(),
                clock.today().minusDays(10).toString(),
                offer);
        assertThat(cashbackOf(midnight().minus(20, ChronoUnit.DAYS))).isEqualTo("10.00");
        assertThat(cashbackOf(midnight().minus(9, ChronoUnit.DAYS).minus(1, ChronoUnit.MICROS)))
                .isEqualTo("10.00");
        assertThat(cashbackOf(midnight().minus(9, ChronoUnit.DAYS))).isEqualTo("5.00");
        assertThat(cashbackOf(midnight().minus(20, ChronoUnit.DAYS).minus(1, ChronoUnit.MICROS)))
                .isEqualTo("5.00");
        // The UTC day of the instant counts, whatever offset it is written with.
        assertThat(cashbackOf(midnight().minus(9, ChronoUnit.DAYS).toString().replace("T00:00:00Z", "T01:30:00+02:00")))
                .isEqualTo("10.00");
    }

    private Instant midnight() {
        return clock.instant().truncatedTo(ChronoUnit.DAYS);
    }

    private String cashbackOf(Object purchasedAt) {
        return api.post(PURCHASES, bought("100.00").put("purchased_at", purchasedAt.toString()))
                .expect(201)
                .json()
                .getString("cashback_amount");
    }

    @Test
    void keepsCurrencyInCapitalsAndAmountsExactly() {
        JsonObject sent = bought("0.30").put("currency", "eUr");
        JsonObject created = api.post(PURCHASES, sent).expect(201).json();
        assertThat(created.getString("cashback_amount")).isEqualTo("0.02");
        JsonObject shown = given.purchase(UUID.fromString(created.getString("id")));
        assertThat(shown.getString("currency")).isEqualTo("EUR");
        assertThat(shown.getString("amount")).isEqualTo("0.30");
    }

    /** Each line is refused by its own check though every later one would refuse it too. */
    @Test
    void theFirstCheckThatFailsAnswers() {
        UUID inactive = given.merchant();
        sql.execute("UPDATE merchants SET active = false, default_percentage_e4 = 0 WHERE id = ?", inactive);
        JsonObject taken = bought("1.00");
        api.post(PURCHASES, taken).expect(201);
        Instant tooOld = clock.instant().minus(Duration.ofDays(91));

        JsonObject wrong = JsonObject.of(
                "external_id", taken.getString("external_id"),
                "user_id", UUID.randomUUID().toString(),
                "merchant_id", inactive.toString(),
                "amount", "1.00",
                "currency", "USD",
                "purchased_at", tooOld.toString());
        assertThat(api.post(PURCHASES, wrong).expectError(403, "FORBIDDEN").fieldNames())
                .containsExactly("reason");
        wrong.put("user_id", user.userId().toString());
        api.post(PURCHASES, wrong).expectError(409, "DUPLICATE_PURCHASE");
        wrong.put("external_id", Scenario.unique("free"));
        assertThat(api.post(PURCHASES, wrong).expectViolations(422)).containsExactly("purchased_at");
        wrong.remove("purchased_at");
        JsonObject currency = api.post(PURCHASES, wrong).expectError(422, "UNSUPPORTED_CURRENCY");
        assertThat(currency.getString("currency")).isEqualTo("USD");
        assertThat(currency.getString("reason")).isNotBlank();
        wrong.put("currency", "EUR");
        JsonObject merchantInactive = api.post(PURCHASES, wrong).expectError(422, "MERCHANT_NOT_ELIGIBLE");
        assertThat(merchantInactive.getString("merchant_id")).isEqualTo(inactive.toString());
        assertThat(merchantInactive.getString("reason")).isNotBlank();
        sql.execute("UPDATE merchants SET active = true WHERE id = ?", inactive);
        JsonObject noOffer = api.post(PURCHASES, wrong).expectError(422, "OFFER_NOT_AVAILABLE");
        assertThat(noOffer.getString("merchant_id")).isEqualTo(inactive.toString());
        assertThat(noOffer.getString("reason")).isNotBlank();
        sql.execute("UPDATE merchants SET default_percentage_e4 = 1 WHERE id = ?", inactive);
        api.post(PURCHASES, wrong).expect(201);
    }

    @Test
    void anUnknownMerchantIsNotEligible() {
        JsonObject sent = bought("1.00").put("merchant_id", UUID.randomUUID().toString());
        api.post(PURCHASES, sent).expectError(422, "MERCHANT_NOT_ELIGIBLE");
    }

    @Test
    void anInactiveOrFutureOfferIsNotInForce() {
        UUID bare = given.merchant("0");
        UUID offer = given.offer(bare, "percent", "10", "1000");
        api.post(PURCHASES, given.purchase(user.userId(), bare, "1.00")).expect(201);
        given.asAdmin()
                .patch("/offers/" + offer + "/status", "{\"status\":\"inactive\"}")
                .expect(200);
        JsonObject refused = given.purchase(user.userId(), bare, "1.00");
        api.post(PURCHASES, refused).expectError(422, "OFFER_NOT_AVAILABLE");
        given.asAdmin()
                .patch("/offers/" + offer + "/status", "{\"status\":\"active\"}")
                .expect(200);
        api.post(PURCHASES, refused).expect(201);
    }

    @Test
    void aRefusedPurchaseStoresNothingAndItsIdStaysFree() {
        JsonObject sent = bought("1.00").put("currency", "USD");
        api.post(PURCHASES, sent).expectError(422, "UNSUPPORTED_CURRENCY");
        api.post(PURCHASES, sent.put("currency", "EUR")).expect(201);
        assertThat(sql.count("SELECT count(*) FROM purchases WHERE user_id = ?", user.userId()))
                .isEqualTo(1);
    }

    @Test
    void theTimeOfPurchaseHasLimits() {
        // The service's clock runs on meanwhile: a second of distance keeps each side of its limit.
        assertAccepted(Duration.ofMinutes(5).minusSeconds(1), true);
        assertAccepted(Duration.ofMinutes(5).plusSeconds(30), false);
        assertAccepted(Duration.ofDays(-31).plusSeconds(30), true);
        assertAccepted(Duration.ofDays(-31).minusSeconds(1), false);
        api.post(PURCHASES, bought("1.00").putNull("purchased_at")).expect(201);
        assertThat(api.post(PURCHASES, bought("1.00").put("purchased_at", "0000-01-01T00:00:00+23:59"))
                        .expectViolations(422))
                .containsExactly("purchased_at");
        assertThat(api.post(PURCHASES, bought("1.00").put("purchased_at", "9999-12-31T23:59:59-23:59"))
                        .expectViolations(422))
                .containsExactly("purchased_at");
    }

    private void assertAccepted(Duration fromNow, boolean accepted) {
        JsonObject sent =
                bought("1.00").put("purchased_at", clock.instant().plus(fromNow).toString());
        Reply reply = api.post(PURCHASES, sent);
        if (accepted) {
            reply.expect(201);
        } else {
            assertThat(reply.expectViolations(422)).containsExactly("purchased_at");
        }
    }

    @Test
    void aRepeatOfOnesOwnIsDescribed() {
        JsonObject sent = bought("50.00");
        String id = api.post(PURCHASES, sent).expect(201).json().getString("id");
        JsonObject details = api.post(PURCHASES, sent.put("amount", "70.00")).expectError(409, "DUPLICATE_PURCHASE");
        assertThat(details.getString("external_id")).isEqualTo(sent.getString("external_id"));
        assertThat(details.getString("purchase_id")).isEqualTo(id);
        assertThat(details.getString("status")).isEqualTo("pending");
        assertThat(details.getString("previously_processed_amount")).isEqualTo("50.00");
        assertThat(Instant.parse(details.getString("previously_created_at")))
                .isEqualTo(Instant.parse(given.purchase(UUID.fromString(id)).getString("created_at")));
        assertThat(details.getString("action")).isNotBlank();
        given.asAdmin().post("/purchases/" + id + "/confirmation").expect(200);
        assertThat(api.post(PURCHASES, sent)
                        .expectError(409, "DUPLICATE_PURCHASE")
                        .getString("status"))
                .isEqualTo("confirmed");
    }

    @Test
    void somebodyElsesPurchaseIsNotDescribed() {
        JsonObject sent = bought("50.00");
        api.post(PURCHASES, sent).expect(201);
        Session other = given.member();
        JsonObject theirs = sent.copy().put("user_id", other.userId().toString());
        JsonObject details = service.api().as(other).post(PURCHASES, theirs).expectError(409, "DUPLICATE_PURCHASE");
        assertThat(details.fieldNames()).containsExactlyInAnyOrder("external_id", "action");
    }

    /** An admin is a user too, but submits for nobody else. */
    @Test
    void nobodySubmitsForAnother() {
        given.asAdmin().post(PURCHASES, bought("1.00")).expectError(403, "FORBIDDEN");
        service.api().post(PURCHASES, bought("1.00")).expectError(401, "INVALID_TOKEN");
    }

    @Test
    void aDeactivatedUserSubmitsNothing() {
        sql.execute("UPDATE users SET active = false WHERE id = ?", user.userId());
        assertThat(api.post(PURCHASES, bought("1.00"))
                        .expectError(401, "USER_INACTIVE")
                        .getString("user_id"))
                .isEqualTo(user.userId().toString());
    }

    @Test
    void ofFiftySimultaneousPostsOneIsStoredAndCredited() {
        JsonObject sent = bought("50.00");
        List<Reply> replies = simultaneously(Stream.generate(() -> sent).limit(50));
        assertThat(replies).filteredOn(reply -> reply.status() == 201).hasSize(1);
        String id = replies.stream()
                .filter(reply -> reply.status() == 201)
                .findFirst()
                .orElseThrow()
                .json()
                .getString("id");
        for (Reply reply : replies) {
            if (reply.status() != 201) {
                JsonObject details = reply.expectError(409, "DUPLICATE_PURCHASE");
                assertThat(details.getString("purchase_id")).isEqualTo(id);
            }
        }
        assertThat(given.wallet(user).getString("pending_balance")).isEqualTo("2.50");
        assertThat(api.get("/users/me/wallet/transactions").data()).hasSize(1);
    }

    @Test
    void ofFiftyUsersWithOneExternalIdOneIsStored() {
        List<Session> users = Stream.of(user, given.member(), given.member()).toList();
        String externalId = Scenario.unique("shared");
        List<CompletableFuture<Reply>> posts = IntStream.range(0, 51)
                .mapToObj(i -> users.get(i % users.size()))
                .map(who -> service.api()
                        .as(who)
                        .sendAsync(
                                "POST",
                                PURCHASES,
                                given.purchase(who.userId(), merchant, "10.00").put("external_id", externalId)))
                .toList();
        List<Reply> replies = posts.stream().map(CompletableFuture::join).toList();
        assertThat(replies).filteredOn(reply -> reply.status() == 201).hasSize(1);
        assertThat(replies)
                .filteredOn(reply -> reply.status() != 201)
                .allSatisfy(reply -> reply.expectError(409, "DUPLICATE_PURCHASE"));
        assertThat(sql.count("SELECT count(*) FROM purchases WHERE external_id = ?", externalId))
                .isEqualTo(1);
    }

    private JsonObject bought(String amount) {
        return given.purchase(user.userId(), merchant, amount);
    }

    private List<Reply> simultaneously(Stream<JsonObject> bodies) {
        List<CompletableFuture<Reply>> posts =
                bodies.map(body -> api.sendAsync("POST", PURCHASES, body)).toList();
        return posts.stream().map(CompletableFuture::join).toList();
    }
}
