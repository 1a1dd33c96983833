package com.clicknback.partners;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Partner;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Sql;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(ServiceExtension.class)
class PartnerAdministrationTest {
    private static final int SECRETS_MAX = 5;

    private final ApiClient anyone;
    private final Scenario given;
    private final Sql sql;
    private ApiClient admin;

    PartnerAdministrationTest(ApiClient anyone, Scenario given, Sql sql) {
        this.anyone = anyone;
        this.given = given;
        this.sql = sql;
    }

    @BeforeEach
    void actAsAdmin() {
        admin = given.asAdmin();
    }

    @Test
    void createsAnActivePartnerAndShowsItsSecretOnce() {
        String name = Scenario.unique("Acme Network");

        JsonObject created =
                admin.post("/partners", JsonObject.of("name", name)).expect(201).json();

        assertThat(created.getString("name")).isEqualTo(name);
        assertThat(created.getBoolean("active")).isTrue();
        assertThat(created.getString("secret")).matches("whsec_[A-Za-z0-9+/]{43}=");
        assertThat(admin.get("/partners").text()).contains(created.getString("id"));
        assertThat(admin.get("/partners").text()).doesNotContain(created.getString("secret"), "secret");
        assertThat(admin.get(secretsOf(created.getString("id"))).text()).doesNotContain("whsec_");
    }

    @Test
    void trimsNamesAndTakesEqualOnes() {
        String name = "ü".repeat(255);
        JsonObject first = admin.post("/partners", JsonObject.of("name", " " + name + "\t"))
                .expect(201)
                .json();
        JsonObject second =
                admin.post("/partners", JsonObject.of("name", name)).expect(201).json();

        assertThat(first.getString("name")).isEqualTo(name);
        assertThat(second.getString("id")).isNotEqualTo(first.getString("id"));
        assertThat(second.getString("secret")).isNotEqualTo(first.getString("secret"));
    }

    @Test
    void isForAdminsOnly() {
        ApiClient user = anyone.as(given.user());
        Partner partner = given.partner();
        String of = "/partners/" + partner.id();

        List<Reply> asUser = List.of(
                user.post("/partners", JsonObject.of("name", "Mine")),
                user.get("/partners"),
                user.patch(of + "/status", JsonObject.of("status", "inactive")),
                user.post(of + "/secrets"),
                user.get(of + "/secrets"),
                user.patch(of + "/secrets/" + UUID.randomUUID(), JsonObject.of("expires_at", null)),
                user.delete(of + "/secrets/" + UUID.randomUUID()));

        assertThat(asUser).allSatisfy(reply -> reply.expectError(403, "FORBIDDEN"));
        anyone.get("/partners").expectError(401, "INVALID_TOKEN");
    }

    @Test
    void listsPartnersNewestFirstPageByPage() {
        Partner older = given.partner();
        Partner newer = given.partner();

        JsonObject first = admin.get("/partners?limit=1").expect(200).json();
        List<JsonObject> next = admin.get("/partners?limit=1&cursor="
                        + first.getJsonObject("pagination").getString("next_cursor"))
                .data();

        assertThat(first.getJsonArray("data").getJsonObject(0).getString("id"))
                .isEqualTo(newer.id().toString());
        assertThat(next.get(0).getString("id")).isEqualTo(older.id().toString());
    }

    @Test
    void changesTheStatusAndRecordsOnlyChanges() {
        Partner partner = given.partner();

        assertThat(setStatus(partner, "active").getBoolean("active")).isTrue();
        assertThat(setStatus(partner, "inactive").getBoolean("active")).isFalse();
        assertThat(setStatus(partner, "inactive").getBoolean("active")).isFalse();
        assertThat(setStatus(partner, "active").getBoolean("active")).isTrue();

        assertThat(audited(partner)).containsExactly("PARTNER_CREATED", "PARTNER_DEACTIVATED", "PARTNER_ACTIVATED");
    }

    @Test
    void changesTheStatusOnceWhenTwoAsk() {
        Partner partner = given.partner();

        List<CompletableFuture<Reply>> replies = IntStream.range(0, 8)
                .mapToObj(i -> admin.sendAsync(
                        "PATCH", "/partners/" + partner.id() + "/status", JsonObject.of("status", "inactive")))
                .toList();

        assertThat(replies).allSatisfy(reply -> reply.join().expect(200));
        assertThat(audited(partner)).containsExactly("PARTNER_CREATED", "PARTNER_DEACTIVATED");
    }

    @Test
    void keepsEverySecretUntilItIsDeletedTheLastOneIncluded() {
        Partner partner = given.partner();
        JsonObject added = admin.post(secretsOf(partner)).expect(201).json();
        List<JsonObject> listed = admin.get(secretsOf(partner)).data();

        assertThat(added.getString("secret"))
                .matches("whsec_[A-Za-z0-9+/]{43}=")
                .isNotEqualTo(partner.secret());
        assertThat(listed).hasSize(2);
        assertThat(listed.get(0))
                .isEqualTo(JsonObject.of(
                        "id",
                        added.getString("id"),
                        "created_at",
                        added.getString("created_at"),
                        "expires_at",
                        null,
                        "last_used_at",
                        null));

        for (JsonObject secret : listed) {
            admin.delete(secretsOf(partner) + "/" + secret.getString("id")).expect(204);
        }

        assertThat(admin.get(secretsOf(partner)).data()).isEmpty();
        assertThat(audited(partner))
                .containsExactly(
                        "PARTNER_CREATED", "PARTNER_SECRET_ADDED", "PARTNER_SECRET_REVOKED", "PARTNER_SECRET_REVOKED");
    }

    @Test
    void recordsWhoAddedWhichSecret() {
        Partner partner = given.partner();
        JsonObject added = admin.post(secretsOf(partner)).expect(201).json();

        JsonObject row = admin.get("/audit-logs?action=PARTNER_SECRET_ADDED&resource_id=" + partner.id())
                .data()
                .get(0);

        assertThat(row.getString("actor_type")).isEqualTo("admin");
        assertThat(row.getString("actor_id")).isEqualTo(given.admin().userId().toString());
        assertThat(row.getString("resource_type")).isEqualTo("partner");
        assertThat(row.getJsonObject("details").getMap()).isEqualTo(Map.of("secret_id", added.getString("id")));
    }

    @Test
    void holdsTheLimitOfSecretsWhenManyAreAddedAtOnce() {
        Partner partner = given.partner();

        List<Reply> replies =
                IntStream.range(0, 20)
                        .mapToObj(i -> admin.sendAsync("POST", secretsOf(partner), null))
                        .toList()
                        .stream()
                        .map(CompletableFuture::join)
                        .toList();

        assertThat(replies).filteredOn(reply -> reply.status() == 201).hasSize(SECRETS_MAX - 1);
        assertThat(replies)
                .filteredOn(reply -> reply.status() != 201)
                .allSatisfy(reply -> assertThat(reply.expectError(409, "PARTNER_SECRET_LIMIT_REACHED"))
                        .isEqualTo(JsonObject.of("partner_id", partner.id().toString(), "limit", SECRETS_MAX)));
        assertThat(admin.get(secretsOf(partner)).data()).hasSize(SECRETS_MAX);
        assertThat(audited(partner)).filteredOn("PARTNER_SECRET_ADDED"::equals).hasSize(SECRETS_MAX - 1);
    }

    @Test
    void takesAnotherSecretOnceOneIsDeleted() {
        Partner partner = given.partner();
        for (int i = 1; i < SECRETS_MAX; i++) {
            admin.post(secretsOf(partner)).expect(201);
        }
        admin.post(secretsOf(partner)).expectError(409, "PARTNER_SECRET_LIMIT_REACHED");
        String oldest =
                admin.get(secretsOf(partner)).data().get(SECRETS_MAX - 1).getString("id");

        admin.delete(secretsOf(partner) + "/" + oldest.toUpperCase(Locale.ROOT)).expect(204);

        admin.post(secretsOf(partner)).expect(201);
    }

    @Test
    void deletesOnlyTheSecretsOfThePartnerThatIsNamed() {
        Partner partner = given.partner();
        Partner other = given.partner();
        String othersSecret = admin.get(secretsOf(other)).data().get(0).getString("id");

        JsonObject details =
                admin.delete(secretsOf(partner) + "/" + othersSecret).expectError(404, "NOT_FOUND");

        assertThat(details).isEqualTo(JsonObject.of("resource_type", "partner_secret", "resource_id", othersSecret));
        assertThat(admin.get(secretsOf(other)).data()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0b6f3c1e-8a55-4a53-9d0e-0d6f0a6f7f11", "42", "0B6F3C1E-8A55-4A53-9D0E-0D6F0A6F7F11", "%00"})
    void knowsNoSecretWithAnUnknownIdWhateverItsForm(String id) {
        JsonObject details = admin.delete(secretsOf(given.partner()) + "/" + id).expectError(404, "NOT_FOUND");

        assertThat(details.getString("resource_type")).isEqualTo("partner_secret");
        assertThat(details.getString("resource_id")).isEqualTo(id.equals("%00") ? "\0" : id);
    }

    @Test
    void writesNothingWhenARequestIsRefused() {
        Partner partner = given.partner();
        admin.patch("/partners/" + partner.id() + "/status", "{}").expect(422);
        admin.delete(secretsOf(partner) + "/42").expect(404);

        assertThat(audited(partner)).containsExactly("PARTNER_CREATED");
        assertThat(sql.count("SELECT count(*) FROM partner_secrets WHERE partner_id = ?", partner.id()))
                .isEqualTo(1);
    }

    private JsonObject setStatus(Partner partner, String status) {
        return admin.patch("/partners/" + partner.id() + "/status", JsonObject.of("status", status))
                .expect(200)
                .json();
    }

    private static String secretsOf(Partner partner) {
        return secretsOf(partner.id().toString());
    }

    private static String secretsOf(String partnerId) {
        return "/partners/" + partnerId + "/secrets";
    }

    /** The actions on a partner, oldest first. */
    private List<String> audited(Partner partner) {
        return sql.column(
                "SELECT action FROM audit_log WHERE resource_type = 'partner' AND resource_id = ? ORDER BY occurred_at, id",
                partner.id().toString());
    }
}
