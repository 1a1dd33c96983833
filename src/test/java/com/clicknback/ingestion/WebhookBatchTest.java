package com.clicknback.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.Partner;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Batches: many purchases in one signed request. */
@ExtendWith(ServiceExtension.class)
class WebhookBatchTest {
    private final TestService service;
    private final Scenario given;
    private final TestClock clock;
    private Partner partner;
    private Session user;
    private UUID merchant;

    WebhookBatchTest(TestService service, Scenario given, TestClock clock) {
        this.service = service;
        this.given = given;
        this.clock = clock;
    }

    @BeforeEach
    void aPartnerAUserAndAMerchantOfFivePercent() {
        partner = given.partner();
        user = given.member();
        merchant = given.merchant();
    }

    @Test
    void judgesEachItemAloneAndInOrder() {
        JsonObject fine = bought();
        JsonObject strange = bought().put("user_id", UUID.randomUUID().toString());
        JsonObject shapeless = bought().put("amount", "a lot").put("user_id", 7);
        JsonObject reused = fine.copy().put("amount", "1.00");
        JsonObject old = bought().put(
                        "purchased_at",
                        clock.instant().minus(Duration.ofDays(401)).toString());
        JsonObject last = bought();
        JsonArray items = new JsonArray()
                .add(fine)
                .add(strange)
                .add(shapeless)
                .add(fine)
                .add(7)
                .add(reused)
                .addNull()
                .add(old)
                .add(last);

        JsonObject answer = send(items).expect(200).json();

        assertThat(answer.getInteger("accepted")).isEqualTo(2);
        assertThat(answer.getInteger("duplicates")).isEqualTo(1);
        assertThat(answer.getInteger("rejected")).isEqualTo(6);
        List<JsonObject> results = results(answer);
        assertThat(results).extracting(r -> r.getInteger("index")).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(results)
                .extracting(r -> r.getString("result"))
                .containsExactly(
                        "accepted",
                        "rejected",
                        "rejected",
                        "duplicate",
                        "rejected",
                        "rejected",
                        "rejected",
                        "rejected",
                        "accepted");
        JsonObject accepted = results.get(0);
        assertThat(accepted)
                .isEqualTo(JsonObject.of(
                        "index",
                        0,
                        "external_id",
                        fine.getString("external_id"),
                        "result",
                        "accepted",
                        "id",
                        accepted.getString("id"),
                        "status",
                        "pending",
                        "cashback_amount",
                        "5.00",
                        "payable_at",
                        null,
                        "error",
                        null));
        assertThat(results.get(3)).isEqualTo(accepted.copy().put("index", 3).put("result", "duplicate"));
        assertRejected(results.get(1), strange.getString("external_id"), "USER_NOT_ELIGIBLE");
        assertThat(details(results.get(1)).getString("user_id")).isEqualTo(strange.getString("user_id"));
        assertRejected(results.get(2), shapeless.getString("external_id"), "VALIDATION_ERROR");
        assertThat(fields(results.get(2))).containsExactly("user_id", "amount");
        assertRejected(results.get(4), null, "VALIDATION_ERROR");
        assertThat(fields(results.get(4))).containsExactly("item");
        assertRejected(results.get(5), fine.getString("external_id"), "EXTERNAL_ID_REUSED");
        assertThat(details(results.get(5)).getJsonArray("fields")).containsExactly("amount");
        assertRejected(results.get(6), null, "VALIDATION_ERROR");
        assertThat(fields(results.get(6))).containsExactly("item");
        assertThat(fields(results.get(7))).containsExactly("purchased_at");
        assertThat(given.wallet(user).getString("pending_balance")).isEqualTo("10.00");
    }

    @Test
    void aBatchSentAgainIsAllDuplicatesAsTheyAreNow() {
        List<JsonObject> items = Stream.generate(this::bought).limit(3).toList();
        JsonObject first = given.report(partner, items).expect(200).json();
        List<String> ids = results(first).stream().map(r -> r.getString("id")).toList();
        service.awaitCredits();
        given.asAdmin().post("/purchases/" + ids.get(0) + "/confirmation").expect(200);
        given.asAdmin().patch("/purchases/" + ids.get(1) + "/reverse", null).expect(200);
        JsonObject again = given.report(partner, items).expect(200).json();
        assertThat(again.getInteger("duplicates")).isEqualTo(3);
        assertThat(results(again)).extracting(r -> r.getString("id")).isEqualTo(ids);
        assertThat(results(again))
                .extracting(r -> r.getString("status") + " " + r.getString("cashback_amount"))
                .containsExactly("confirmed 5.00", "reversed 0.00", "pending 5.00");
    }

    /** A duplicate shows what it was credited with, an accepted item what it earns before the cap. */
    @Test
    void theCapShowsInDuplicatesOnly() {
        UUID capped = given.merchant("0");
        given.offer(capped, "fixed", "5", "6");
        List<JsonObject> items = Stream.generate(() -> given.purchase(user.userId(), capped, "20.00"))
                .limit(3)
                .toList();
        assertThat(results(given.report(partner, items).expect(200).json()))
                .extracting(r -> r.getString("cashback_amount"))
                .containsExactly("5.00", "5.00", "5.00");
        service.awaitCredits();
        assertThat(results(given.report(partner, items).expect(200).json()))
                .extracting(r -> r.getString("cashback_amount"))
                .as("credited in the order of the batch")
                .containsExactly("5.00", "1.00", "0.00");
    }

    @Test
    void singleAndBatchShareTheirExternalIds() {
        JsonObject single = bought();
        String id = given.report(partner, single).expect(201).json().getString("id");
        JsonObject result = results(
                        given.report(partner, List.of(single)).expect(200).json())
                .get(0);
        assertThat(result.getString("result")).isEqualTo("duplicate");
        assertThat(result.getString("id")).isEqualTo(id);
        JsonObject batched = bought();
        given.report(partner, List.of(batched)).expect(200);
        given.report(partner, batched).expect(200);
        given.report(given.partner(), List.of(batched)).expect(200);
        assertThat(given.wallet(user).getString("pending_balance")).isEqualTo("15.00");
    }

    @Test
    void takesAThousandItemsAndNotOneMore() {
        List<JsonObject> items = Stream.generate(this::bought).limit(1_001).toList();
        assertThat(given.report(partner, items).expectViolations(422)).containsExactly("data.purchases");
        JsonObject answer =
                given.report(partner, items.subList(0, 1_000)).expect(200).json();
        assertThat(answer.getInteger("accepted")).isEqualTo(1_000);
        Set<String> ids = results(answer).stream().map(r -> r.getString("id")).collect(Collectors.toSet());
        assertThat(ids).hasSize(1_000);
        assertThat(given.wallet(user).getString("pending_balance")).isEqualTo("5000.00");
    }

    @Test
    void aThousandItemsOfTheSameIdAreOnePurchase() {
        JsonObject one = bought();
        JsonObject answer = given.report(
                        partner, Stream.generate(() -> one).limit(1_000).toList())
                .expect(200)
                .json();
        assertThat(answer.getInteger("accepted")).isEqualTo(1);
        assertThat(answer.getInteger("duplicates")).isEqualTo(999);
        assertThat(results(answer).get(0).getString("result")).isEqualTo("accepted");
    }

    @Test
    void aBatchOfWrongItemsOnlyIsAnsweredToo() {
        JsonObject answer = send(new JsonArray().add(1).add(new JsonArray()).add("x"))
                .expect(200)
                .json();
        assertThat(answer.getInteger("rejected")).isEqualTo(3);
        assertThat(results(answer)).allSatisfy(r -> assertThat(fields(r)).containsExactly("item"));
    }

    @Test
    void hostileItemsHarmOnlyThemselves() {
        JsonObject fine = bought();
        String items = "[" + fine.encode()
                + "," + bought().encode().replace("\"100.00\"", "1e400")
                + "," + bought().encode().replace("\"100.00\"", "1e-400")
                + "," + bought().put("external_id", "NUL").encode().replace("\"NUL\"", "\"a\\u0000b\"")
                + "," + bought().put("external_id", "LONE").encode().replace("\"LONE\"", "\"\\ud83d\"")
                + "," + bought().put("currency", "\u0000\u0000\u0000").encode()
                + "," + bought().put("external_id", "x".repeat(300)).encode()
                + ",{\"external_id\":{\"external_id\":\"deep\"}}"
                + ",[]]";
        String body = given.batch(List.of()).encode().replace("[]", items);
        JsonObject answer =
                given.signed(partner, partner.batchPath(), body).expect(200).json();
        List<JsonObject> results = results(answer);
        assertThat(answer.getInteger("accepted")).isEqualTo(1);
        assertThat(fields(results.get(1))).containsExactly("amount");
        assertThat(fields(results.get(2))).containsExactly("amount");
        assertThat(fields(results.get(3))).containsExactly("external_id");
        assertThat(fields(results.get(4))).containsExactly("external_id");
        assertThat(results.get(4).getString("external_id")).isNull();
        assertThat(fields(results.get(5))).containsExactly("currency");
        assertThat(fields(results.get(6))).containsExactly("external_id");
        assertThat(results.get(6).getString("external_id")).isEqualTo("x".repeat(300));
        assertThat(fields(results.get(7)))
                .containsExactly("external_id", "user_id", "merchant_id", "amount", "currency");
        assertThat(results.get(7).getString("external_id")).isNull();
        assertThat(fields(results.get(8))).containsExactly("item");
    }

    /** Overlapping batches at once, in different orders: each purchase once, every answer a verdict. */
    @Test
    void overlappingBatchesAtOnceStoreEachPurchaseOnce() {
        List<JsonObject> items =
                new ArrayList<>(Stream.generate(this::bought).limit(120).toList());
        List<CompletableFuture<Reply>> sent = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Collections.rotate(items, 17);
            String body = given.batch(items.subList(0, 90)).encode();
            sent.add(service.api()
                    .with(partner.sign(body, clock.instant()))
                    .sendAsync("POST", partner.batchPath(), body));
        }
        List<JsonObject> answers =
                sent.stream().map(reply -> reply.join().expect(200).json()).toList();
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.getInteger("rejected")).isZero());
        assertThat(answers.stream()
                        .mapToInt(answer -> answer.getInteger("accepted"))
                        .sum())
                .isEqualTo(120);
        assertThat(given.wallet(user).getString("pending_balance")).isEqualTo("600.00");
    }

    private Reply send(JsonArray items) {
        return sendText(given.batch(List.of())
                .put("data", JsonObject.of("purchases", items))
                .encode());
    }

    private Reply sendText(String body) {
        return given.signed(partner, partner.batchPath(), body);
    }

    private static List<JsonObject> results(JsonObject answer) {
        return answer.getJsonArray("results").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private static void assertRejected(JsonObject result, String externalId, String code) {
        assertThat(result.getString("external_id")).isEqualTo(externalId);
        assertThat(result.getValue("id")).isNull();
        assertThat(result.getValue("status")).isNull();
        assertThat(result.getValue("cashback_amount")).isNull();
        assertThat(result.getJsonObject("error").getString("code")).isEqualTo(code);
        assertThat(result.getJsonObject("error").getString("message")).isNotBlank();
    }

    private static JsonObject details(JsonObject result) {
        return result.getJsonObject("error").getJsonObject("details");
    }

    private static List<String> fields(JsonObject result) {
        return details(result).getJsonArray("violations").stream()
                .map(violation -> ((JsonObject) violation).getString("field"))
                .toList();
    }

    private JsonObject bought() {
        return given.purchase(user.userId(), merchant, "100.00");
    }
}
