package com.clicknback.partners;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Partner;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The choice of who decides about a partner's purchases, and its consequences. */
@ExtendWith(ServiceExtension.class)
class PartnerConfirmationTest {
    private final TestService service;
    private final ApiClient anyone;
    private final Scenario given;
    private final Sql sql;
    private ApiClient admin;

    PartnerConfirmationTest(TestService service, ApiClient anyone, Scenario given, Sql sql) {
        this.service = service;
        this.anyone = anyone;
        this.given = given;
        this.sql = sql;
    }

    @BeforeEach
    void actAsAdmin() {
        admin = given.asAdmin();
    }

    @Test
    void isLeftToVerificationUnlessSaidOtherwise() {
        JsonObject usual = create(null);
        JsonObject special = create("partner");

        assertThat(usual.getString("confirmed_by")).isEqualTo("verification");
        assertThat(special.getString("confirmed_by")).isEqualTo("partner");
        assertThat(create("verification").getString("confirmed_by")).isEqualTo("verification");
        assertThat(admin.get("/partners?limit=100").data())
                .filteredOn(partner -> partner.getString("id").equals(special.getString("id")))
                .extracting(partner -> partner.getString("confirmed_by"))
                .containsExactly("partner");
    }

    @Test
    void isSetAndKeptWhenTheStatusChanges() {
        String id = create(null).getString("id");

        JsonObject set = set(id, "partner");
        JsonObject inactive = admin.patch("/partners/" + id + "/status", JsonObject.of("status", "inactive"))
                .expect(200)
                .json();

        assertThat(set.getString("confirmed_by")).isEqualTo("partner");
        assertThat(set.getBoolean("active")).isTrue();
        assertThat(inactive.getString("confirmed_by")).isEqualTo("partner");
        assertThat(set(id, "verification").getBoolean("active")).isFalse();
    }

    @Test
    void isAuditedOnlyWhenItChanges() {
        String id = create(null).getString("id");
        set(id, "partner");
        set(id, "partner");
        set(id, "verification");

        List<JsonObject> entries = admin.get("/audit-logs?action=PARTNER_CONFIRMATION_SET&resource_id=" + id)
                .data();

        assertThat(entries)
                .extracting(entry -> entry.getJsonObject("details"))
                .containsExactly(
                        JsonObject.of("confirmed_by", "verification"), JsonObject.of("confirmed_by", "partner"));
        assertThat(entries).allSatisfy(entry -> {
            assertThat(entry.getString("actor_type")).isEqualTo("admin");
            assertThat(entry.getString("actor_id"))
                    .isEqualTo(given.admin().userId().toString());
            assertThat(entry.getString("resource_type")).isEqualTo("partner");
        });
    }

    @Test
    void isForAdministratorsAndPartnersThatExist() {
        JsonObject body = JsonObject.of("confirmed_by", "partner");
        String id = create(null).getString("id");

        anyone.patch("/partners/" + id, body).expectError(401, "INVALID_TOKEN");
        anyone.as(given.user()).patch("/partners/" + id, body).expectError(403, "FORBIDDEN");
        assertThat(admin.patch("/partners/42", body).expectError(404, "NOT_FOUND"))
                .isEqualTo(JsonObject.of("resource_type", "partner", "resource_id", "42"));
        admin.patch("/partners/" + UUID.randomUUID(), body).expectError(404, "NOT_FOUND");
        assertThat(sql.<String>value("SELECT confirmed_by FROM partners WHERE id = ?", UUID.fromString(id)))
                .isEqualTo("verification");
    }

    @Test
    void aPartnerThatDecidesItselfIsLeftAloneByTheJobUntilItDoesNotDecideAnyMore() {
        Partner partner = partner("partner");
        UUID purchase = purchaseOf(partner);

        service.runVerification();
        service.runVerification();
        assertThat(given.purchase(purchase).getString("status")).isEqualTo("pending");
        assertThat(nextStep(purchase)).isEqualTo("partner_confirmation");

        set(partner.id().toString(), "verification");
        assertThat(nextStep(purchase)).isEqualTo("verification");
        service.runVerification();
        assertThat(given.purchase(purchase).getString("status")).isEqualTo("confirmed");
    }

    @Test
    void whatIsPendingAlreadyIsLeftToThePartnerToo() {
        Partner partner = partner("verification");
        UUID purchase = purchaseOf(partner);

        set(partner.id().toString(), "partner");
        service.runVerification();

        assertThat(given.purchase(purchase).getString("status")).isEqualTo("pending");
    }

    @ParameterizedTest
    @ValueSource(strings = {"verification", "partner"})
    void thePartnersOwnEventsAreHonouredEitherWay(String confirmedBy) {
        Partner partner = partner(confirmedBy);
        UUID purchase = purchaseOf(partner);
        JsonObject event = JsonObject.of(
                "type",
                "purchase.rejected",
                "timestamp",
                "2026-04-22T10:00:00Z",
                "data",
                JsonObject.of(
                        "external_id", given.purchase(purchase).getString("external_id"), "reason", "Cancelled."));

        given.signed(partner, partner.purchasesPath(), event.encode()).expect(200);

        service.runVerification();
        assertThat(given.purchase(purchase).getString("status")).isEqualTo("rejected");
    }

    @Test
    void aPartnerThatIsSwitchedOffLeavesItsPurchasesToTheAdministrator() {
        Partner partner = partner("partner");
        UUID byHand = purchaseOf(partner);
        UUID byJob = purchaseOf(partner);
        service.runVerification();
        setStatus(partner, "inactive");

        service.runVerification();
        assertThat(List.of(nextStep(byHand), nextStep(byJob))).containsOnly("admin_decision");
        assertThat(given.purchase(byJob).getString("status")).isEqualTo("pending");

        admin.post("/purchases/" + byHand + "/rejection", JsonObject.of("reason", "The partner is gone."))
                .expect(200);
        setStatus(partner, "active");
        assertThat(nextStep(byJob)).isEqualTo("partner_confirmation");
        setStatus(partner, "inactive");
        set(partner.id().toString(), "verification");
        service.runVerification();

        assertThat(given.purchase(byHand).getString("status")).isEqualTo("rejected");
        assertThat(given.purchase(byJob).getString("status")).isEqualTo("confirmed");
    }

    private void setStatus(Partner partner, String status) {
        admin.patch("/partners/" + partner.id() + "/status", JsonObject.of("status", status))
                .expect(200);
    }

    @Test
    void anAdministratorMayDecideForThePartner() {
        UUID purchase = purchaseOf(partner("partner"));
        admin.post("/purchases/" + purchase + "/confirmation").expect(200);
        assertThat(given.purchase(purchase).getString("status")).isEqualTo("confirmed");
    }

    private JsonObject create(String confirmedBy) {
        JsonObject body = JsonObject.of("name", Scenario.unique("Partner"));
        return admin.post("/partners", confirmedBy == null ? body : body.put("confirmed_by", confirmedBy))
                .expect(201)
                .json();
    }

    private Partner partner(String confirmedBy) {
        JsonObject created = create(confirmedBy);
        return new Partner(UUID.fromString(created.getString("id")), created.getString("secret"));
    }

    private JsonObject set(String id, String confirmedBy) {
        return admin.patch("/partners/" + id, JsonObject.of("confirmed_by", confirmedBy))
                .expect(200)
                .json();
    }

    private UUID purchaseOf(Partner partner) {
        Session shopper = given.user();
        JsonObject accepted = given.report(partner, given.purchase(shopper.userId(), given.merchant(), "100.00"))
                .expect(201)
                .json();
        service.awaitCredits();
        return UUID.fromString(accepted.getString("id"));
    }

    private String nextStep(UUID purchase) {
        return admin.get("/purchases/" + purchase + "/explanation")
                .expect(200)
                .json()
                .getJsonObject("next")
                .getString("step");
    }
}
