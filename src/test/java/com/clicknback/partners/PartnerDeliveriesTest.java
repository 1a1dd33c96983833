package com.clicknback.partners;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Partner;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A partner's profile, and the record of what it has sent lately. */
@ExtendWith(ServiceExtension.class)
class PartnerDeliveriesTest {
    private static final int KEPT = 200;

    private final TestService service;
    private final ApiClient anyone;
    private final Scenario given;
    private final Sql sql;
    private ApiClient admin;
    private Partner partner;

    PartnerDeliveriesTest(TestService service, ApiClient anyone, Scenario given, Sql sql) {
        this.service = service;
        this.anyone = anyone;
        this.given = given;
        this.sql = sql;
    }

    @BeforeEach
    void makePartner() {
        admin = given.asAdmin();
        partner = given.partner();
    }

    @Test
    void recordsTheVerdictOnEachMessage() {
        double before = rejections();
        JsonObject purchase = given.purchase(given.user().userId(), given.merchant(), "100.00");
        given.report(partner, purchase).expect(201);
        given.report(partner, purchase).expect(200);
        given.report(partner, given.purchase(UUID.randomUUID(), given.merchant(), "100.00"))
                .expect(422);
        given.signed(partner, partner.purchasesPath(), "{\"type\":").expect(422);

        List<JsonObject> deliveries = deliveries("");

        assertThat(deliveries)
                .extracting(delivery -> delivery.getString("outcome") + " " + delivery.getInteger("status"))
                .containsExactly("rejected 422", "rejected 422", "duplicate 200", "accepted 201");
        assertThat(deliveries.get(3).getMap())
                .containsEntry("external_id", purchase.getString("external_id"))
                .containsEntry("accepted", 1)
                .containsEntry("batch", false)
                .containsEntry("reason", null)
                .containsEntry("omitted_before", 0);
        assertThat(deliveries.get(3).getString("message_id")).startsWith("msg_");
        assertThat(deliveries.get(1).getString("code")).isEqualTo("USER_NOT_ELIGIBLE");
        assertThat(deliveries.get(0).getString("code")).isEqualTo("VALIDATION_ERROR");
        assertThat(rejections()).isEqualTo(before + 1);
    }

    @Test
    void countsTheItemsOfABatch() {
        JsonObject good = given.purchase(given.user().userId(), given.merchant(), "10.00");
        JsonObject bad = given.purchase(UUID.randomUUID(), given.merchant(), "10.00");
        JsonObject batch = JsonObject.of(
                "type",
                "purchase.batch",
                "timestamp",
                service.clock().instant().toString(),
                "data",
                JsonObject.of("purchases", JsonArray.of(good, bad, bad)));
        given.signed(partner, partner.batchPath(), batch.encode()).expect(200);

        JsonObject delivery = deliveries("?outcome=partly_rejected").get(0);

        assertThat(delivery.getMap())
                .containsEntry("batch", true)
                .containsEntry("accepted", 1)
                .containsEntry("rejected", 2)
                .containsEntry("code", "USER_NOT_ELIGIBLE")
                .containsEntry("external_id", null);
    }

    @Test
    void tellsTheAdministratorWhyASignatureWasRefused() {
        List<String> reasons = List.of("partner_inactive", "header_missing", "too_old", "mismatch");
        Map<String, Double> before =
                reasons.stream().collect(Collectors.toMap(reason -> reason, reason -> refusedOf(partner, reason)));
        String body = "{}";
        Map<String, String> signed = partner.sign(body, service.clock().instant());
        Map<String, String> old = partner.sign(body, service.clock().instant().minus(Duration.ofHours(1)));
        anyone.with(signed).post(partner.purchasesPath(), "{ }").expectError(401, "INVALID_SIGNATURE");
        anyone.with(old).post(partner.purchasesPath(), body).expectError(401, "SIGNATURE_EXPIRED");
        anyone.post(partner.purchasesPath(), body).expectError(401, "INVALID_SIGNATURE");
        admin.patch("/partners/" + partner.id() + "/status", JsonObject.of("status", "inactive"))
                .expect(200);
        anyone.with(signed).post(partner.purchasesPath(), body).expectError(401, "INVALID_SIGNATURE");

        assertThat(deliveries("?outcome=refused"))
                .extracting(delivery -> delivery.getString("reason"))
                .containsExactly("partner_inactive", "header_missing", "too_old", "mismatch");
        for (String reason : reasons) {
            assertThat(refusedOf(partner, reason)).isEqualTo(before.get(reason) + 1);
        }
        assertThat(deliveries("?outcome=accepted")).isEmpty();
    }

    @Test
    void recordsNothingOfPartnersThatDoNotExist() {
        Partner stranger = new Partner(UUID.randomUUID(), partner.secret());
        double unknown = refusedSignatures("unknown", "partner_unknown");
        given.signed(stranger, stranger.purchasesPath(), "{}").expectError(401, "INVALID_SIGNATURE");
        anyone.post("/webhooks/42/purchases", "{}").expectError(401, "INVALID_SIGNATURE");

        assertThat(refusedSignatures("unknown", "partner_unknown")).isEqualTo(unknown + 2);
        admin.get("/partners/" + stranger.id() + "/deliveries").expectError(404, "NOT_FOUND");
        assertThat(deliveries("")).isEmpty();
        assertThat(sql.count("SELECT count(*) FROM partner_deliveries WHERE partner_id = ?", stranger.id()))
                .isZero();
    }

    @Test
    void isBoundedHoweverManyRefusedMessagesArriveAndKeepsTheOthers() {
        given.signed(partner, partner.purchasesPath(), "{}").expect(422);
        for (int round = 0; round < 12; round++) {
            IntStream.range(0, 50)
                    .mapToObj(i -> anyone.sendAsync("POST", partner.purchasesPath(), JsonObject.of()))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .forEach(reply -> reply.expectError(401, "INVALID_SIGNATURE"));
            deliveries("");
        }

        List<JsonObject> refused = deliveries("?outcome=refused");
        assertThat(refused)
                .extracting(delivery -> delivery.getInteger("omitted_before"))
                .anyMatch(omitted -> omitted > 0);
        assertThat(sql.count(
                        "SELECT count(*) FROM partner_deliveries WHERE partner_id = ? AND outcome = 'refused'",
                        partner.id()))
                .isLessThanOrEqualTo(KEPT);
        assertThat(deliveries("?outcome=rejected")).hasSize(1);
    }

    @Test
    void showsAPartnerWithWhatStandsAroundIt() {
        JsonObject before = admin.get("/partners/" + partner.id()).expect(200).json();
        admin.patch("/partners/" + partner.id(), JsonObject.of("confirmed_by", "partner"))
                .expect(200);
        given.report(partner, given.purchase(given.user().userId(), given.merchant(), "100.00"))
                .expect(201);
        service.awaitCredits();
        service.runVerification();
        JsonObject added =
                admin.post("/partners/" + partner.id() + "/secrets").expect(201).json();

        JsonObject profile = admin.get("/partners/" + partner.id()).expect(200).json();

        assertThat(before.getString("last_delivery_at")).isNull();
        assertThat(before.getJsonObject("waiting")).isEqualTo(JsonObject.of("purchases", 0, "events", 0));
        assertThat(profile.getJsonObject("waiting")).isEqualTo(JsonObject.of("purchases", 1, "events", 0));
        assertThat(profile.getString("last_delivery_at")).isNotNull();
        assertThat(profile.getString("confirmed_by")).isEqualTo("partner");
        assertThat(profile.getJsonArray("secrets")).hasSize(2);
        assertThat(profile.getJsonArray("secrets").getJsonObject(0).getString("id"))
                .isEqualTo(added.getString("id"));
        assertThat(profile.encode()).doesNotContain("whsec_", added.getString("secret"));
    }

    @Test
    void isForAdministratorsOnly() {
        for (String path : List.of("/partners/" + partner.id(), "/partners/" + partner.id() + "/deliveries")) {
            anyone.get(path).expectError(401, "INVALID_TOKEN");
            anyone.as(given.user()).get(path).expectError(403, "FORBIDDEN");
        }
        admin.get("/partners/42").expectError(404, "NOT_FOUND");
        admin.get("/partners/" + partner.id() + "/deliveries?outcome=lost").expectError(422, "VALIDATION_ERROR");
    }

    private List<JsonObject> deliveries(String query) {
        return admin.get("/partners/" + partner.id() + "/deliveries" + query).data();
    }

    private double rejections() {
        return service.measuredOf(
                partner.id(), "clicknback_partner_rejections_total{code=\"USER_NOT_ELIGIBLE\",partner=\"PARTNER\"}");
    }

    private double refusedOf(Partner of, String reason) {
        return service.measuredOf(
                of.id(), "clicknback_partner_signatures_refused_total{partner=\"PARTNER\",reason=\"" + reason + "\"}");
    }

    private double refusedSignatures(String label, String reason) {
        return service.measured(
                "clicknback_partner_signatures_refused_total{partner=\"" + label + "\",reason=\"" + reason + "\"}");
    }
}
