package com.clicknback.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Partner;
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
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Single purchases in signed webhooks, and their verdicts. */
@ExtendWith(ServiceExtension.class)
class WebhookIngestionTest {
    private final TestService service;
    private final Scenario given;
    private final Sql sql;
    private final TestClock clock;
    private Partner partner;
    private Session user;
    private UUID merchant;

    WebhookIngestionTest(TestService service, Scenario given, Sql sql, TestClock clock) {
        this.service = service;
        this.given = given;
        this.sql = sql;
        this.clock = clock;
    }

    @BeforeEach
    void aPartnerAUserAndAMerchantOfFivePercent() {
        partner = given.partner();
        user = given.member();
        merchant = given.merchant();
    }

    @Test
    void storesAPurchaseAndCreditsItSoon() {
        JsonObject sent = bought();
        JsonObject created = given.report(partner, sent).expect(201).json();
        String id = created.getString("id");
        assertThat(created)
                .isEqualTo(JsonObject.of(
                        "id",
                        id,
                        "external_id",
                        sent.getString("external_id"),
                        "status",
                        "pending",
                        "cashback_amount",
                        "5.00",
                        "payable_at",
                        null));
        assertThat(given.wallet(user).getString("pending_balance")).isEqualTo("5.00");
        assertThat(given.purchase(UUID.fromString(id)).getString("source"))
                .isEqualTo(partner.id().toString());
        assertThat(service.api().as(user).get("/purchases/" + id).expect(200).json())
                .as("the user sees what partners report")
                .isEqualTo(given.purchase(UUID.fromString(id)));
    }

    @Test
    void aRepeatIsAnsweredWithThePurchaseAsItIsNow() {
        JsonObject sent = bought();
        String id = given.report(partner, sent).expect(201).json().getString("id");
        JsonObject repeat = given.report(partner, sent).expect(200).json();
        assertThat(repeat)
                .isEqualTo(JsonObject.of(
                        "id",
                        id,
                        "external_id",
                        sent.getString("external_id"),
                        "status",
                        "pending",
                        "payable_at",
                        null,
                        "duplicate",
                        true));
        given.asAdmin().post("/purchases/" + id + "/confirmation").expect(200);
        assertThat(given.report(partner, sent).expect(200).json().getString("status"))
                .isEqualTo("confirmed");
        assertThat(given.wallet(user).getString("available_balance")).isEqualTo("5.00");
    }

    /** The amount counts by value, the currency in any case, the time as an instant; unknown members do not count. */
    @Test
    void anotherSpellingOfTheSamePayloadIsARepeat() {
        Instant then = clock.instant().minus(Duration.ofHours(1));
        JsonObject sent = bought().put("purchased_at", then.toString());
        given.report(partner, sent).expect(201);
        JsonObject same = sent.copy()
                .put("amount", 100.0)
                .put("currency", "eUR")
                .put("user_id", user.userId().toString().toUpperCase())
                .put("purchased_at", then.atOffset(ZoneOffset.ofHours(2)).toString())
                .put("memo", "not compared");
        assertThat(given.report(partner, same).expect(200).json().getBoolean("duplicate"))
                .isTrue();
    }

    @Test
    void aReusedExternalIdNamesWhatDiffers() {
        JsonObject sent = bought();
        String id = given.report(partner, sent).expect(201).json().getString("id");
        Session other = given.member();
        assertThat(fieldsOf(sent.copy().put("amount", "100.01"))).containsExactly("amount");
        assertThat(fieldsOf(sent.copy().put("currency", "USD"))).containsExactly("currency");
        assertThat(fieldsOf(sent.copy().put("user_id", other.userId().toString())))
                .containsExactly("user_id");
        assertThat(fieldsOf(sent.copy().put("merchant_id", UUID.randomUUID().toString())))
                .containsExactly("merchant_id");
        assertThat(fieldsOf(sent.copy()
                        .put("purchased_at", given.purchase(UUID.fromString(id)).getString("purchased_at"))))
                .as("absent equals only absent")
                .containsExactly("purchased_at");
        assertThat(fieldsOf(sent.copy()
                        .put("amount", 1)
                        .put("user_id", other.userId().toString())
                        .put("currency", "GBP")))
                .containsExactlyInAnyOrder("amount", "user_id", "currency");
        assertThat(given.wallet(user).getString("pending_balance")).isEqualTo("5.00");
    }

    private List<Object> fieldsOf(JsonObject reused) {
        JsonObject details = given.report(partner, reused).expectError(409, "EXTERNAL_ID_REUSED");
        assertThat(details.getString("external_id")).isEqualTo(reused.getString("external_id"));
        return details.getJsonArray("fields").stream().toList();
    }

    /** The external id comes first: what is known is answered so, however old it is by now. */
    @Test
    void aRepeatIsOneEvenWhenItWouldBeRefusedByNow() {
        JsonObject sent =
                bought().put("purchased_at", clock.instant().minusSeconds(60).toString());
        given.report(partner, sent).expect(201);
        sql.execute("UPDATE merchants SET active = false WHERE id = ?", merchant);
        sql.execute("UPDATE users SET active = false WHERE id = ?", user.userId());
        given.report(partner, sent).expect(200);
        given.report(partner, bought()).expectError(422, "USER_NOT_ELIGIBLE");
    }

    @Test
    void theFirstCheckThatFailsAnswers() {
        JsonObject wrong = bought().put(
                        "purchased_at",
                        clock.instant().minus(Duration.ofDays(401)).toString())
                .put("currency", "USD")
                .put("user_id", UUID.randomUUID().toString())
                .put("merchant_id", UUID.randomUUID().toString());
        assertThat(given.report(partner, wrong).expectViolations(422)).containsExactly("data.purchased_at");
        wrong.remove("purchased_at");
        given.report(partner, wrong).expectError(422, "UNSUPPORTED_CURRENCY");
        wrong.put("currency", "eur");
        assertThat(given.report(partner, wrong)
                        .expectError(422, "USER_NOT_ELIGIBLE")
                        .getString("user_id"))
                .isEqualTo(wrong.getString("user_id"));
        wrong.put("user_id", user.userId().toString());
        given.report(partner, wrong).expectError(422, "MERCHANT_NOT_ELIGIBLE");
        wrong.put("merchant_id", given.merchant("0").toString());
        given.report(partner, wrong).expectError(422, "OFFER_NOT_AVAILABLE");
        assertThat(sql.count("SELECT count(*) FROM purchases WHERE external_id = ?", wrong.getString("external_id")))
                .isZero();
        wrong.put("merchant_id", merchant.toString());
        given.report(partner, wrong).expect(201);
    }

    @Test
    void partnersAndUsersDoNotShareExternalIds() {
        JsonObject sent = bought();
        Partner another = given.partner();
        String mine = given.report(partner, sent).expect(201).json().getString("id");
        String theirs = given.report(another, sent).expect(201).json().getString("id");
        String own = service.api()
                .as(user)
                .post("/purchases", sent)
                .expect(201)
                .json()
                .getString("id");
        assertThat(List.of(mine, theirs, own)).doesNotHaveDuplicates();
        assertThat(given.wallet(user).getString("pending_balance")).isEqualTo("15.00");
        given.report(partner, sent.copy().put("amount", "1")).expectError(409, "EXTERNAL_ID_REUSED");
        given.report(another, sent).expect(200);
    }

    @Test
    void aPartnerSignsForItselfOnly() {
        Partner another = given.partner();
        String body = given.event(bought()).encode();
        given.signed(partner, another.purchasesPath(), body).expectError(401, "INVALID_SIGNATURE");
        given.signed(
                        partner,
                        another.batchPath(),
                        given.batch(List.of(bought())).encode())
                .expectError(401, "INVALID_SIGNATURE");
    }

    @Test
    void ofFiftySimultaneousWebhooksOneIsStoredAndCredited() {
        String body = given.event(bought()).encode();
        List<CompletableFuture<Reply>> sent = IntStream.range(0, 50)
                .mapToObj(i -> service.api()
                        .with(partner.sign(body, clock.instant()))
                        .sendAsync("POST", partner.purchasesPath(), body))
                .toList();
        List<Reply> replies = sent.stream().map(CompletableFuture::join).toList();
        assertThat(replies).extracting(Reply::status).containsOnly(200, 201).containsOnlyOnce(201);
        assertThat(replies).extracting(reply -> reply.json().getString("id")).containsOnly(idOf(replies));
        assertThat(given.wallet(user).getString("pending_balance")).isEqualTo("5.00");
    }

    private static String idOf(List<Reply> replies) {
        return replies.get(0).json().getString("id");
    }

    @Test
    void aMessageMayBeSentAgainAsItIs() {
        String body = given.event(bought()).encode();
        ApiClient signed = service.api().with(partner.sign(body, clock.instant()));
        signed.post(partner.purchasesPath(), body).expect(201);
        signed.post(partner.purchasesPath(), body).expect(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\" \"", "\"\\u0000\"", "5", "[]"})
    void refusesDataThatAreNoObject(String value) {
        String frame = "{\"type\":\"%s\",\"timestamp\":\"2026-01-01T00:00:00Z\",\"data\":%s}";
        for (String type : List.of("created", "confirmed", "rejected", "refunded")) {
            assertThat(send(frame.formatted("purchase." + type, value)).expectViolations(422))
                    .containsExactly("data");
        }
        String batch = frame.formatted("purchase.batch", value);
        assertThat(given.signed(partner, partner.purchasesPath() + "/batch", batch)
                        .expectViolations(422))
                .containsExactly("data");
    }

    @Test
    void skipsAByteOrderMark() {
        send("\ufeff" + given.event(bought()).encode()).expect(201);
    }

    @Test
    void refusesDeepNestingAndHugeNumbersAnywhere() {
        assertThat(send("{\"x\":" + "[".repeat(200_000) + "]".repeat(200_000) + "}")
                        .expectViolations(422))
                .containsExactly("body");
        assertThat(send("{\"x\":" + "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000) + "}")
                        .expectViolations(422))
                .containsExactly("body");
        assertThat(send("{\"x\":" + "9".repeat(500_000) + "}").expectViolations(422))
                .containsExactly("body");
    }

    /** Of duplicate members the last counts, unknown ones never. */
    @Test
    void theLastOfDuplicateMembersCounts() {
        JsonObject sent = bought();
        String body = given.event(sent)
                .encode()
                .replace("\"amount\":\"100.00\"", "\"amount\":true,\"amount\":\"200.00\"")
                .replace("\"currency\"", "\"unknown\":{\"amount\":[1e5]},\"currency\"");
        assertThat(send(body).expect(201).json().getString("cashback_amount")).isEqualTo("10.00");
    }

    @Test
    void theMediaTypeIsJudgedAfterTheSignature() {
        String body = given.event(bought()).encode();
        ApiClient text = service.api().with("Content-Type", "text/plain");
        text.post(partner.purchasesPath(), body).expectError(401, "INVALID_SIGNATURE");
        text.with(partner.sign(body, clock.instant()))
                .post(partner.purchasesPath(), body)
                .expectError(415, "UNSUPPORTED_MEDIA_TYPE");
        service.api()
                .with("Content-Type", "application/cloudevents+json; charset=UTF-8")
                .with(partner.sign(body, clock.instant()))
                .post(partner.purchasesPath(), body)
                .expect(201);
    }

    @Test
    void anExternalIdMayBeAnyTextOfUpTo255Characters() {
        String longest = Scenario.unique("𝄞") + "𝄞".repeat(200);
        longest = longest + "x".repeat(255 - longest.codePointCount(0, longest.length()));
        JsonObject created = given.report(partner, bought().put("external_id", longest))
                .expect(201)
                .json();
        assertThat(created.getString("external_id")).isEqualTo(longest);
        String tooLong = longest + "x";
        assertThat(given.report(partner, bought().put("external_id", tooLong)).expectViolations(422))
                .containsExactly("data.external_id");
        given.report(partner, bought().put("external_id", " ")).expect(201);
    }

    private Reply send(String body) {
        return given.signed(partner, partner.purchasesPath(), body);
    }

    private JsonObject bought() {
        return given.purchase(user.userId(), merchant, "100.00");
    }
}
