package com.clicknback.flags;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Sql;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(ServiceExtension.class)
class FlagsTest {
    private static final JsonObject ON = JsonObject.of("enabled", true);
    private static final JsonObject OFF = JsonObject.of("enabled", false);

    private final Scenario given;
    private final ApiClient anyone;
    private final Sql sql;

    /** A key that no other test uses. */
    private final String key = Scenario.unique("flag").replace('-', '_');

    private final String path = "/feature-flags/" + key;
    private ApiClient admin;

    FlagsTest(Scenario given, ApiClient anyone, Sql sql) {
        this.given = given;
        this.anyone = anyone;
        this.sql = sql;
        this.admin = anyone;
    }

    @BeforeEach
    void logIn() {
        admin = given.asAdmin();
    }

    private static JsonObject of(boolean enabled, String scopeType, UUID scopeId) {
        return JsonObject.of("enabled", enabled, "scope_type", scopeType, "scope_id", scopeId.toString());
    }

    private boolean evaluate(String query) {
        JsonObject verdict = admin.get(path + "/evaluate" + query).expect(200).json();
        assertThat(verdict.getString("key")).isEqualTo(key);
        return verdict.getBoolean("enabled");
    }

    private List<JsonObject> entriesOn(String flagId) {
        return admin.get("/audit-logs?resource_type=feature_flag&resource_id=" + flagId)
                .data();
    }

    @Test
    void createsAFlagAndRecordsIt() {
        UUID merchant = UUID.randomUUID();
        JsonObject flag = admin.put(path, of(true, "merchant", merchant).put("description", "Trial"))
                .expect(200)
                .json();
        assertThat(flag.getString("key")).isEqualTo(key);
        assertThat(flag.getBoolean("enabled")).isTrue();
        assertThat(flag.getString("scope_type")).isEqualTo("merchant");
        assertThat(flag.getString("scope_id")).isEqualTo(merchant.toString());
        assertThat(flag.getString("description")).isEqualTo("Trial");
        assertThat(flag.getString("updated_at")).isEqualTo(flag.getString("created_at"));

        List<JsonObject> entries = entriesOn(flag.getString("id"));
        assertThat(entries).hasSize(1);
        assertThat(entries.get(0).getString("action")).isEqualTo("FEATURE_FLAG_SET");
        assertThat(entries.get(0).getString("actor_id"))
                .isEqualTo(given.admin().userId().toString());
        assertThat(entries.get(0).getJsonObject("details"))
                .isEqualTo(JsonObject.of(
                        "key", key, "scope_type", "merchant", "scope_id", merchant.toString(), "enabled", "true"));
    }

    @Test
    void isGlobalUnlessItSaysOtherwise() {
        JsonObject flag = admin.put(path, OFF).expect(200).json();
        assertThat(flag.getString("scope_type")).isEqualTo("global");
        assertThat(flag.getValue("scope_id")).isNull();
        assertThat(flag.getValue("description")).isNull();
        JsonObject details = entriesOn(flag.getString("id")).get(0).getJsonObject("details");
        assertThat(details.getString("scope_type")).isEqualTo("global");
        assertThat(details.containsKey("scope_id")).isTrue();
        assertThat(details.getValue("scope_id")).isNull();

        JsonObject explicit = JsonObject.of("enabled", false, "scope_type", "global")
                .putNull("scope_id")
                .putNull("description");
        assertThat(admin.put(path, explicit).expect(200).json()).isEqualTo(flag);
    }

    @Test
    void updatesOnlyWhatChanges() {
        JsonObject created = admin.put(path, OFF.copy().put("description", "First"))
                .expect(200)
                .json();
        assertThat(admin.put(path, OFF).expect(200).json()).isEqualTo(created);
        assertThat(admin.put(path, OFF.copy().put("description", "First"))
                        .expect(200)
                        .json())
                .isEqualTo(created);
        assertThat(entriesOn(created.getString("id"))).hasSize(1);

        JsonObject enabled = admin.put(path, ON).expect(200).json();
        assertThat(enabled.getString("id")).isEqualTo(created.getString("id"));
        assertThat(enabled.getString("created_at")).isEqualTo(created.getString("created_at"));
        assertThat(enabled.getString("updated_at")).isGreaterThan(created.getString("updated_at"));
        assertThat(enabled.getString("description")).isEqualTo("First");

        JsonObject described =
                admin.put(path, ON.copy().put("description", "")).expect(200).json();
        assertThat(described.getString("description")).isEmpty();
        assertThat(described.getString("updated_at")).isGreaterThan(enabled.getString("updated_at"));
        assertThat(entriesOn(created.getString("id"))).hasSize(3);
    }

    @Test
    void becomesOneRowWhenManySetItAtOnce() {
        List<CompletableFuture<Reply>> asked = IntStream.range(0, 30)
                .mapToObj(i -> admin.sendAsync("PUT", path, ON))
                .toList();
        List<String> ids = asked.stream()
                .map(reply -> reply.join().expect(200).json().getString("id"))
                .distinct()
                .toList();
        assertThat(ids).hasSize(1);
        assertThat(sql.count("SELECT count(*) FROM feature_flags WHERE key = ?", key))
                .isOne();
        assertThat(entriesOn(ids.get(0))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Purchase", "1st", "_x", "a-b", "a.b", "caf%C3%A9", "a%00", "%20"})
    void refusesAKeyOfAnotherForm(String bad) {
        JsonObject details = admin.put("/feature-flags/" + bad, ON).expectError(422, "VALIDATION_ERROR");
        String sent = URLDecoder.decode(bad, StandardCharsets.UTF_8);
        assertThat(details.getString("key")).isEqualTo(sent);
        assertThat(details.getJsonArray("violations").getJsonObject(0).getString("field"))
                .isEqualTo("key");
        assertThat(details.getJsonArray("violations")).hasSize(1);
    }

    @Test
    void acceptsAKeyOfAHundredCharactersAndNoMore() {
        String hundred = (key + "_" + "x".repeat(100)).substring(0, 100);
        admin.put("/feature-flags/" + hundred, ON).expect(200);
        admin.put("/feature-flags/" + hundred + "x", ON).expectError(422, "VALIDATION_ERROR");
    }

    @Test
    void judgesTheBodyBeforeTheKey() {
        JsonObject details = admin.put("/feature-flags/BAD", "{}").expectError(422, "VALIDATION_ERROR");
        assertThat(details.containsKey("key")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"merchant", "user"})
    void needsTheIdOfItsScopeEverywhere(String scopeType) {
        JsonObject details = JsonObject.of("scope_type", scopeType);
        JsonObject body = ON.copy().put("scope_type", scopeType);
        String query = "?scope_type=" + scopeType;
        assertThat(admin.put(path, body).expectError(422, "FEATURE_FLAG_SCOPE_ID_REQUIRED"))
                .isEqualTo(details);
        assertThat(admin.put(path, body.copy().putNull("scope_id")).expectError(422, "FEATURE_FLAG_SCOPE_ID_REQUIRED"))
                .isEqualTo(details);
        assertThat(admin.get(path + "/evaluate" + query).expectError(422, "FEATURE_FLAG_SCOPE_ID_REQUIRED"))
                .isEqualTo(details);
        assertThat(admin.delete(path + query).expectError(422, "FEATURE_FLAG_SCOPE_ID_REQUIRED"))
                .isEqualTo(details);
        admin.put("/feature-flags/BAD", body).expectError(422, "VALIDATION_ERROR");
    }

    @Test
    void takesNoIdForTheGlobalScopeAnywhere() {
        UUID id = UUID.randomUUID();
        assertThat(admin.put(path, of(true, "global", id)).expectViolations(422))
                .containsExactly("scope_id");
        assertThat(admin.get(path + "/evaluate?scope_id=" + id).expectViolations(422))
                .containsExactly("scope_id");
        assertThat(admin.delete(path + "?scope_type=global&scope_id=" + id).expectViolations(422))
                .containsExactly("scope_id");
    }

    @Test
    void deletesExactlyOneScopeAndRecordsIt() {
        UUID user = UUID.randomUUID();
        String global = admin.put(path, OFF).expect(200).json().getString("id");
        String ofUser =
                admin.put(path, of(true, "user", user)).expect(200).json().getString("id");

        assertThat(admin.delete(path + "?scope_type=user&scope_id=" + user)
                        .expect(204)
                        .text())
                .isEmpty();
        assertThat(evaluate("?scope_type=user&scope_id=" + user)).isFalse();
        assertThat(admin.get("/feature-flags?key=" + key).data())
                .extracting(flag -> flag.getString("id"))
                .containsExactly(global);
        List<JsonObject> entries = entriesOn(ofUser);
        assertThat(entries)
                .extracting(entry -> entry.getString("action"))
                .containsExactly("FEATURE_FLAG_DELETED", "FEATURE_FLAG_SET");
        assertThat(entries.get(0).getJsonObject("details"))
                .isEqualTo(JsonObject.of("key", key, "scope_type", "user", "scope_id", user.toString()));

        admin.delete(path + "?scope_type=global").expect(204);
        assertThat(evaluate("")).isTrue();
    }

    @Test
    void deletesNothingUnknown() {
        UUID user = UUID.randomUUID();
        assertThat(admin.delete(path + "?scope_type=user&scope_id=" + user).expectError(404, "FEATURE_FLAG_NOT_FOUND"))
                .isEqualTo(JsonObject.of("key", key, "scope_type", "user", "scope_id", user.toString()));
        assertThat(admin.delete(path + "?scope_type=global").expectError(404, "FEATURE_FLAG_NOT_FOUND"))
                .isEqualTo(JsonObject.of("key", key, "scope_type", "global").putNull("scope_id"));
        admin.delete("/feature-flags/Bad%00Key?scope_type=global").expectError(404, "FEATURE_FLAG_NOT_FOUND");
        assertThat(admin.delete(path).expectViolations(422)).containsExactly("scope_type");
    }

    @Test
    void deletesOnceWhenManyDelete() {
        String id = admin.put(path, OFF).expect(200).json().getString("id");
        List<Integer> statuses = IntStream.range(0, 10)
                .mapToObj(i -> admin.sendAsync("DELETE", path + "?scope_type=global", null))
                .toList()
                .stream()
                .map(reply -> reply.join().status())
                .sorted()
                .toList();
        assertThat(statuses.get(0)).isEqualTo(204);
        assertThat(statuses.subList(1, 10)).containsOnly(404);
        assertThat(entriesOn(id)).hasSize(2);
    }

    @Test
    void listsTheNewestFirstWithFilters() {
        UUID merchant = UUID.randomUUID();
        UUID user = UUID.randomUUID();
        admin.put(path, ON).expect(200);
        admin.put(path, of(false, "merchant", merchant)).expect(200);
        admin.put(path, of(false, "user", user)).expect(200);

        List<JsonObject> all = admin.get("/feature-flags?key=" + key).data();
        assertThat(all).extracting(flag -> flag.getString("scope_type")).containsExactly("user", "merchant", "global");
        assertThat(admin.get("/feature-flags?key=" + key + "&scope_type=merchant")
                        .data())
                .containsExactly(all.get(1));
        assertThat(admin.get("/feature-flags?scope_id=" + user).data()).containsExactly(all.get(0));
        assertThat(admin.get("/feature-flags?scope_type=merchant&scope_id=" + user)
                        .data())
                .isEmpty();
        assertThat(admin.get("/feature-flags?key=" + key.toUpperCase()).data()).isEmpty();
        assertThat(admin.get("/feature-flags?key=").expectViolations(422)).containsExactly("key");

        JsonObject page =
                admin.get("/feature-flags?limit=2&key=" + key).expect(200).json();
        assertThat(page.getJsonObject("pagination").getInteger("total")).isEqualTo(3);
        String cursor = page.getJsonObject("pagination").getString("next_cursor");
        assertThat(admin.get("/feature-flags?limit=2&key=" + key + "&cursor=" + cursor)
                        .data())
                .containsExactly(all.get(2));
    }

    @Test
    void isForAdminsOnly() {
        ApiClient user = anyone.as(given.user());
        List<String[]> calls = List.of(
                new String[] {"PUT", path, "{\"enabled\":false}"},
                new String[] {"GET", path + "/evaluate", null},
                new String[] {"GET", "/feature-flags", null},
                new String[] {"DELETE", path + "?scope_type=global", null});
        for (String[] call : calls) {
            anyone.send(call[0], call[1], call[2]).expectError(401, "INVALID_TOKEN");
            user.send(call[0], call[1], call[2]).expectError(403, "FORBIDDEN");
        }
        assertThat(sql.count("SELECT count(*) FROM feature_flags WHERE key = ?", key))
                .isZero();
    }
}
