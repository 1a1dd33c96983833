package com.clicknback.partners;

import static com.clicknback.testing.TestService.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.partners.SecretStore.Expiring;
import com.clicknback.platform.db.Database;
import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Partner;
import com.clicknback.testing.Plan;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.TestService;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Until when the secrets of partners count, and when they were last used. */
@ExtendWith(ServiceExtension.class)
class PartnerSecretsTest {
    private static final Duration SOON = Duration.ofMinutes(5);
    private static final Duration FORTNIGHT = Duration.ofDays(14);
    private static final String BODY = "{}";

    private final TestService service;
    private final Scenario given;
    private Partner partner;
    private String secrets;

    PartnerSecretsTest(TestService service, Scenario given) {
        this.service = service;
        this.given = given;
    }

    @BeforeEach
    void makePartner() {
        partner = given.partner();
        secrets = "/partners/" + partner.id() + "/secrets";
    }

    private ApiClient admin() {
        return given.asAdmin();
    }

    private Instant in(Duration time) {
        return service.clock().instant().plus(time);
    }

    private static JsonObject expiry(@Nullable Object expiresAt) {
        return JsonObject.of("expires_at", expiresAt == null ? null : expiresAt.toString());
    }

    private JsonObject add(Instant expiresAt) {
        return admin().post(secrets, expiry(expiresAt)).expect(201).json();
    }

    /** A secret as the list tells it. */
    private JsonObject listed(String id) {
        return admin().get(secrets).data().stream()
                .filter(secret -> secret.getString("id").equals(id))
                .findFirst()
                .orElseThrow();
    }

    private String firstSecret() {
        List<JsonObject> all = admin().get(secrets).data();
        return all.get(all.size() - 1).getString("id");
    }

    private Partner signingWith(JsonObject added) {
        return new Partner(partner.id(), added.getString("secret"));
    }

    /** A message that ends behind the signature, for its content. */
    private Reply send(Partner sender) {
        return given.signed(sender, partner.purchasesPath(), BODY);
    }

    @Test
    void countUntilTheyExpireAndAgainWithMoreTime() {
        JsonObject added = add(in(SOON));
        Partner sender = signingWith(added);
        send(sender).expectError(422, "VALIDATION_ERROR");

        service.clock().advance(SOON);

        send(sender).expectError(401, "INVALID_SIGNATURE");
        send(partner).expectError(422, "VALIDATION_ERROR");
        admin().patch(secrets + "/" + added.getString("id"), expiry(null)).expect(200);
        send(sender).expectError(422, "VALIDATION_ERROR");
        admin().patch(secrets + "/" + added.getString("id"), expiry(in(SOON))).expect(200);
        send(sender).expectError(422, "VALIDATION_ERROR");
    }

    @Test
    void areNamedToAdministratorsWhenTheyHaveExpired() {
        JsonObject added = add(in(SOON));
        service.clock().advance(SOON);
        var headers = signingWith(added).sign(BODY, service.clock().instant());

        JsonObject test = admin().post(
                        "/partners/" + partner.id() + "/signature-tests",
                        JsonObject.of(
                                "webhook_id", headers.get("webhook-id"),
                                "webhook_timestamp", headers.get("webhook-timestamp"),
                                "webhook_signature", headers.get("webhook-signature"),
                                "body", BODY))
                .expect(200)
                .json();

        assertThat(test.getBoolean("accepted")).isFalse();
        assertThat(test.getString("matched_secret_id")).isEqualTo(added.getString("id"));
        assertThat(test.getJsonArray("findings"))
                .singleElement()
                .satisfies(finding ->
                        assertThat(((JsonObject) finding).getString("code")).isEqualTo("secret_expired"));
    }

    @Test
    void tellWhenTheyExpireAndWhoHasSaidSo() {
        Instant first = in(SOON);
        JsonObject added = add(first);
        String id = added.getString("id");
        Instant second = in(Duration.ofDays(30));
        JsonObject changed =
                admin().patch(secrets + "/" + id, expiry(second)).expect(200).json();
        admin().patch(secrets + "/" + id, expiry(second)).expect(200);

        assertThat(added.getString("expires_at")).isEqualTo(micros(first));
        assertThat(changed.getString("expires_at")).isEqualTo(micros(second));
        assertThat(changed).isEqualTo(listed(id));
        assertThat(admin().get("/audit-logs?action=PARTNER_SECRET_EXPIRY_SET&resource_id=" + partner.id())
                        .data())
                .singleElement()
                .satisfies(row -> assertThat(row.getJsonObject("details"))
                        .isEqualTo(JsonObject.of(
                                "secret_id", id, "prior_expires_at", micros(first), "expires_at", micros(second))));
    }

    private static String micros(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS).toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "P3654D"})
    void expireInTheNextTenYearsOrNever(Duration ahead) {
        String id = firstSecret();

        assertThat(admin().post(secrets, expiry(in(ahead))).expectViolations(422))
                .containsExactly("expires_at");
        assertThat(admin().patch(secrets + "/" + id, expiry(in(ahead))).expectViolations(422))
                .containsExactly("expires_at");
        assertThat(listed(id).getString("expires_at")).isNull();
    }

    @Test
    void keepTheirExpiryUnlessAChangeNamesIt() {
        assertThat(admin().patch(secrets + "/" + firstSecret(), "{}").expectViolations(422))
                .containsExactly("expires_at");
        admin().patch(secrets + "/" + UUID.randomUUID(), expiry(null)).expectError(404, "NOT_FOUND");
        admin().patch("/partners/" + UUID.randomUUID() + "/secrets/" + firstSecret(), expiry(null))
                .expectError(404, "NOT_FOUND");
    }

    @Test
    void tellWhenTheyWereLastUsedToTheMinute() {
        String first = firstSecret();
        JsonObject added = add(in(Duration.ofDays(1)));
        assertThat(lastUsed(first)).isNull();

        send(partner).expectError(422, "VALIDATION_ERROR");
        String used = lastUsed(first);
        service.clock().advance(Duration.ofSeconds(30));
        send(partner).expectError(422, "VALIDATION_ERROR");

        assertThat(used).isNotNull();
        assertThat(lastUsed(first)).isEqualTo(used);
        service.clock().advance(Duration.ofSeconds(31));
        send(partner).expectError(422, "VALIDATION_ERROR");
        assertThat(lastUsed(first)).isGreaterThan(used);
        assertThat(listed(added.getString("id")).getString("last_used_at")).isNull();
    }

    @Test
    void areNotUsedByMessagesThatAreRefused() {
        Partner stranger = new Partner(partner.id(), "whsec_bm90IHRoZSByaWdodCBvbmU=");

        send(stranger).expectError(401, "INVALID_SIGNATURE");

        assertThat(lastUsed(firstSecret())).isNull();
    }

    /** The profile writes what waits before it is read. */
    private @Nullable String lastUsed(String id) {
        JsonArray all =
                admin().get("/partners/" + partner.id()).expect(200).json().getJsonArray("secrets");
        return all.stream()
                .map(JsonObject.class::cast)
                .filter(secret -> secret.getString("id").equals(id))
                .findFirst()
                .orElseThrow()
                .getString("last_used_at");
    }

    @Test
    void areLookedForBeforeTheyExpireWhenTheirPartnerStillNeedsThem() {
        String first = firstSecret();
        Instant end = in(FORTNIGHT.minusHours(1));
        admin().patch(secrets + "/" + first, expiry(end)).expect(200);
        assertThat(expiring()).containsExactly(first);

        JsonObject second = admin().post(secrets).expect(201).json();
        assertThat(expiring()).isEmpty();

        send(partner).expectError(422, "VALIDATION_ERROR");
        lastUsed(first);
        assertThat(expiring()).containsExactly(first);

        admin().patch(secrets + "/" + second.getString("id"), expiry(in(SOON))).expect(200);
        assertThat(expiring()).containsExactly(second.getString("id"), first);

        admin().patch("/partners/" + partner.id() + "/status", JsonObject.of("status", "inactive"))
                .expect(200);
        assertThat(expiring()).isEmpty();
    }

    private List<String> expiring() {
        Vertx vertx = Vertx.vertx();
        Database database = Database.open(vertx, TestServer.settings(service.database()));
        try {
            return await(SecretStore.findExpiring(
                            database, in(Duration.ZERO), in(FORTNIGHT), in(SOON.negated()), 1_000))
                    .stream()
                    .filter(found -> found.partnerId().equals(partner.id()))
                    .map(Expiring::id)
                    .map(UUID::toString)
                    .toList();
        } finally {
            await(database.close());
            await(vertx.close());
        }
    }

    @Test
    void areLookedForInTheirIndex() {
        assertThat(Plan.of(service.sql(), SecretStore.FIND_EXPIRING, 4))
                .anyMatch(line -> line.contains("partner_secrets_expiring"));
    }
}
