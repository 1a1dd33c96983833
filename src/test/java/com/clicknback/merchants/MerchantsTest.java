package com.clicknback.merchants;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Sql;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
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
class MerchantsTest {
    private final Scenario given;
    private final ApiClient anyone;
    private final Sql sql;
    private ApiClient admin;

    MerchantsTest(Scenario given, ApiClient anyone, Sql sql) {
        this.given = given;
        this.anyone = anyone;
        this.sql = sql;
        this.admin = anyone;
    }

    @BeforeEach
    void logIn() {
        admin = given.asAdmin();
    }

    private Reply create(String name) {
        return admin.post("/merchants", JsonObject.of("name", name, "default_cashback_percentage", 5));
    }

    private List<String> actionsOn(UUID merchant) {
        return admin.get("/audit-logs?resource_id=" + merchant).data().stream()
                .map(entry -> entry.getString("action"))
                .toList();
    }

    @Test
    void blanksAndSpellingsMakeNoOtherName() {
        String name = Scenario.unique("Café");
        create(name + " Bar").expect(201);

        for (String alike : List.of(
                name + "\u00a0Bar",
                "\u2003" + name + "  Bar",
                name.replace("é", "e\u0301") + " bar",
                name + " \u3000Bar\n")) {
            create(alike).expectError(409, "MERCHANT_NAME_TAKEN");
        }
        for (String invisible : List.of(name + " \u200bBar", "\u2060" + name, "\u200b", "\u00a0", name + "\tBar")) {
            assertThat(create(invisible).expectViolations(422)).containsExactly("name");
        }
    }

    @Test
    void createsAMerchantAndShowsIt() {
        String name = Scenario.unique("Acme");
        JsonObject created = admin.post(
                        "/merchants", JsonObject.of("name", " \t" + name + "\n ", "default_cashback_percentage", 3.5))
                .expect(201)
                .json();
        String id = created.getString("id");

        assertThat(created.getString("name")).isEqualTo(name);
        assertThat(created.getDouble("default_cashback_percentage")).isEqualTo(3.5);
        assertThat(created.getBoolean("active")).isTrue();
        assertThat(created.getString("status")).isEqualTo("active");
        assertThat(admin.get("/merchants/" + id).expect(200).json()).isEqualTo(created);
        assertThat(admin.get("/merchants/" + id.toUpperCase()).expect(200).json())
                .isEqualTo(created);
    }

    @Test
    void recordsTheCreationWithWhoMadeIt() {
        String name = Scenario.unique("Acme");
        ApiClient traced = admin.with("X-Request-Id", "merchant-creation-1");
        JsonObject created = traced.post("/merchants", JsonObject.of("name", name, "default_cashback_percentage", 5))
                .expect(201)
                .json();

        List<JsonObject> entries =
                admin.get("/audit-logs?resource_id=" + created.getString("id")).data();
        assertThat(entries).hasSize(1);
        JsonObject entry = entries.get(0);
        assertThat(entry.getString("action")).isEqualTo("MERCHANT_CREATED");
        assertThat(entry.getString("actor_type")).isEqualTo("admin");
        assertThat(entry.getString("actor_id")).isEqualTo(given.admin().userId().toString());
        assertThat(entry.getString("resource_type")).isEqualTo("merchant");
        assertThat(entry.getJsonObject("details"))
                .isEqualTo(JsonObject.of("name", name, "default_cashback_percentage", "5.0", "hold_days", null));
        assertThat(sql.<String>value("SELECT cause FROM audit_log WHERE resource_id = ?", created.getString("id")))
                .isEqualTo("merchant-creation-1");
    }

    @ParameterizedTest
    @CsvSource({"0, 201", "365, 201", "-1, 422", "366, 422", "1.5, 422"})
    void mayHoldCashbackForUpToAYear(String days, int status) {
        String body = JsonObject.of("name", Scenario.unique("Holding"), "default_cashback_percentage", 5)
                .encode()
                .replace("}", ",\"hold_days\":" + days + "}");
        Reply reply = admin.post("/merchants", body).expect(status);
        if (status == 201) {
            assertThat(reply.json().getInteger("hold_days")).isEqualTo(Integer.parseInt(days));
        }
    }

    @Test
    void createsAnInactiveMerchantWhenAsked() {
        JsonObject created = admin.post(
                        "/merchants",
                        JsonObject.of(
                                "name", Scenario.unique("Asleep"), "default_cashback_percentage", 0, "active", false))
                .expect(201)
                .json();
        assertThat(created.getBoolean("active")).isFalse();
        assertThat(created.getString("status")).isEqualTo("inactive");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.0001, 0.0001", "2.5000000, 2.5", "19.9999, 19.9999", "2E+1, 20", "0e5, 0"})
    void keepsAPercentageExactly(String sent, double shown) {
        JsonObject created = admin.post(
                        "/merchants",
                        "{\"name\":\"%s\",\"default_cashback_percentage\":%s}"
                                .formatted(Scenario.unique("Exact"), sent))
                .expect(201)
                .json();
        assertThat(created.getDouble("default_cashback_percentage")).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.0001", "-5", "20.0001", "21", "1e300"})
    void refusesAPercentageOutOfRange(String percentage) {
        String name = Scenario.unique("Greedy");
        String body = "{\"name\":\"%s\",\"default_cashback_percentage\":%s}".formatted(name, percentage);
        assertThat(admin.post("/merchants", body).expectViolations(400)).containsExactly("default_cashback_percentage");
        assertThat(sql.count("SELECT count(*) FROM merchants WHERE name = ?", name))
                .isZero();
    }

    @Test
    void refusesAPercentageOfMoreThanFourFractionDigits() {
        String body = "{\"name\":\"a\",\"default_cashback_percentage\":0.00001}";
        assertThat(admin.post("/merchants", body).expectViolations(422)).containsExactly("default_cashback_percentage");
    }

    @Test
    void givesANameOnceIgnoringCaseAndSurroundingBlanks() {
        String name = Scenario.unique("École Ñandú");
        create(name).expect(201);
        for (String same : List.of(name, name.toUpperCase(), name.toLowerCase(), " " + name + " ")) {
            assertThat(create(same).expectError(409, "MERCHANT_NAME_TAKEN"))
                    .isEqualTo(JsonObject.of("name", same.strip()));
        }
    }

    @Test
    void refusesAPercentageBeforeANameThatIsTaken() {
        String name = Scenario.unique("Twice");
        create(name).expect(201);
        JsonObject again = JsonObject.of("name", name, "default_cashback_percentage", 21);
        assertThat(admin.post("/merchants", again).expectViolations(400))
                .containsExactly("default_cashback_percentage");
    }

    @Test
    void givesANameOnceWhenFiftyAskForItAtOnce() {
        String name = Scenario.unique("Popular");
        List<CompletableFuture<Reply>> asked = IntStream.range(0, 50)
                .mapToObj(i ->
                        JsonObject.of("name", i % 2 == 0 ? name : name.toUpperCase(), "default_cashback_percentage", 5))
                .map(body -> admin.sendAsync("POST", "/merchants", body))
                .toList();
        List<Reply> replies = asked.stream().map(CompletableFuture::join).toList();

        assertThat(replies).filteredOn(reply -> reply.status() == 201).hasSize(1);
        replies.stream()
                .filter(reply -> reply.status() != 201)
                .forEach(reply -> reply.expectError(409, "MERCHANT_NAME_TAKEN"));
        assertThat(sql.count("SELECT count(*) FROM merchants WHERE lower(name) = lower(?)", name))
                .isOne();
        assertThat(sql.count(
                        "SELECT count(*) FROM audit_log WHERE action = 'MERCHANT_CREATED' AND lower(details->>'name') = lower(?)",
                        name))
                .isOne();
    }

    @Test
    void listsTheNewestFirstByOffsetAndByCursor() {
        String group = Scenario.unique("Paged");
        List<String> names =
                IntStream.range(0, 5).mapToObj(i -> group + " no " + i).toList();
        names.forEach(name -> create(name).expect(201));
        String path = "/merchants?limit=2&name=" + encoded(group);

        JsonObject first = admin.get(path).expect(200).json();
        assertThat(namesOf(first.getJsonArray("data"))).containsExactly(names.get(4), names.get(3));
        JsonObject pagination = first.getJsonObject("pagination");
        assertThat(pagination.getInteger("offset")).isZero();
        assertThat(pagination.getInteger("limit")).isEqualTo(2);
        assertThat(pagination.getInteger("total")).isEqualTo(5);

        JsonObject second = admin.get(path + "&cursor=" + pagination.getString("next_cursor"))
                .expect(200)
                .json();
        assertThat(namesOf(second.getJsonArray("data"))).containsExactly(names.get(2), names.get(1));
        assertThat(second.getJsonObject("pagination").getValue("offset")).isNull();
        assertThat(second.getJsonObject("pagination").getValue("total")).isNull();

        JsonObject third = admin.get(
                        path + "&cursor=" + second.getJsonObject("pagination").getString("next_cursor"))
                .expect(200)
                .json();
        assertThat(namesOf(third.getJsonArray("data"))).containsExactly(names.get(0));
        assertThat(third.getJsonObject("pagination").getValue("next_cursor")).isNull();

        JsonObject pastTheEnd = admin.get(path + "&offset=6").expect(200).json();
        assertThat(pastTheEnd.getJsonArray("data")).isEmpty();
        assertThat(pastTheEnd.getJsonObject("pagination").getInteger("total")).isEqualTo(5);
    }

    private static List<String> namesOf(JsonArray merchants) {
        return merchants.stream()
                .map(merchant -> ((JsonObject) merchant).getString("name"))
                .toList();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void findsPartsOfNamesIgnoringCaseAndTakesWildcardsLiterally() {
        String name = Scenario.unique("ÄÖ 100%_off\\");
        create(name).expect(201);
        create(Scenario.unique("ÄÖ 100xxoff")).expect(201);
        String literal = name.substring(0, "ÄÖ 100%_off\\-".length()).toLowerCase();

        List<JsonObject> found =
                admin.get("/merchants?name=" + encoded(literal)).data();
        assertThat(found).extracting(merchant -> merchant.getString("name")).containsExactly(name);
    }

    @Test
    void filtersByActivity() {
        String group = Scenario.unique("Filtered");
        create(group + " awake").expect(201);
        admin.post(
                        "/merchants",
                        JsonObject.of("name", group + " asleep", "default_cashback_percentage", 5, "active", false))
                .expect(201);

        String path = "/merchants?name=" + encoded(group);
        assertThat(admin.get(path).data()).hasSize(2);
        assertThat(admin.get(path + "&active=true").data())
                .extracting(merchant -> merchant.getString("name"))
                .containsExactly(group + " awake");
        assertThat(admin.get(path + "&active=false").data())
                .extracting(merchant -> merchant.getString("name"))
                .containsExactly(group + " asleep");
    }

    @Test
    void refusesACursorOfAnotherListOrOfAnImpossibleTimeOrBesideAnOffset() {
        given.merchant();
        given.merchant();
        String cursor = admin.get("/merchants?limit=1")
                .expect(200)
                .json()
                .getJsonObject("pagination")
                .getString("next_cursor");
        admin.get("/merchants?limit=1&cursor=" + cursor).expect(200);

        assertThat(admin.get("/offers?cursor=" + cursor).expectViolations(422)).containsExactly("cursor");
        assertThat(admin.get("/merchants?offset=0&cursor=" + cursor).expectViolations(422))
                .containsExactly("cursor");
        String forged = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("merchants|+1000000000-12-31T23:59:59.999999999Z|" + UUID.randomUUID())
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(admin.get("/merchants?cursor=" + forged).expectViolations(422))
                .containsExactly("cursor");
    }

    @Test
    void changesTheStatusAndRecordsRealChangesOnly() {
        UUID merchant = given.merchant();
        JsonObject offer = admin.get("/offers/" + given.offer(merchant, "percent", "5", "50"))
                .json();

        for (String status : List.of("active", "inactive", "inactive", "active")) {
            JsonObject changed = admin.patch("/merchants/" + merchant + "/status", JsonObject.of("status", status))
                    .expect(200)
                    .json();
            assertThat(changed.getString("status")).isEqualTo(status);
            assertThat(changed.getBoolean("active")).isEqualTo(status.equals("active"));
            assertThat(admin.get("/merchants/" + merchant).json()).isEqualTo(changed);
        }
        assertThat(actionsOn(merchant))
                .containsExactly("MERCHANT_ACTIVATED", "MERCHANT_DEACTIVATED", "MERCHANT_CREATED");
        assertThat(admin.get("/offers/" + offer.getString("id")).json()).isEqualTo(offer);
    }

    @Test
    void recordsOneChangeWhenManyMakeItAtOnce() {
        UUID merchant = given.merchant();
        List<CompletableFuture<Reply>> asked = IntStream.range(0, 20)
                .mapToObj(i -> admin.sendAsync(
                        "PATCH", "/merchants/" + merchant + "/status", JsonObject.of("status", "inactive")))
                .toList();
        asked.forEach(reply -> reply.join().expect(200));
        assertThat(actionsOn(merchant)).containsExactly("MERCHANT_DEACTIVATED", "MERCHANT_CREATED");
    }
}
