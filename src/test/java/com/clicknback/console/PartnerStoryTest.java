package com.clicknback.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.Partner;
import com.clicknback.testing.PartnerPurchase;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.Session;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A partner manager connects a network that reports purchases. */
class PartnerStoryTest extends Story {
    PartnerStoryTest(TestService service, Scenario given) {
        super(service, given);
    }

    @Test
    void createsAPartnerWhoseSecretIsShownOnce() {
        String name = Scenario.unique("Network");
        as(given.admin(), "/console/partners");
        browser.press("New partner…");
        browser.fill("Name", name);
        browser.choose("Purchases are confirmed by", "the partner, by its own events");
        browser.inspect("partner-new");
        browser.press("Create");
        browser.sees("The secret, shown this once: whsec_");
        browser.inspect("partners");

        browser.follow(name);
        browser.sees("Confirmed by the partner, by its own events");
        assertThat(browser.visibleText()).doesNotContain("whsec_");
    }

    @Test
    void rotatesASecretAndAShopperSeesTheCashbackOfASignedTestWebhook() {
        Session shopper = given.user();
        UUID merchant = given.merchant("5");
        Partner partner = given.partner();

        as(given.admin(), "/console/partners/" + partner.id());
        browser.press("Add a secret…");
        browser.sees("beside the 1 of now");
        browser.press("Add");
        browser.sees("The secret, shown this once: whsec_");
        browser.sees("The others stay valid.");

        browser.fill("Id of the user", shopper.userId().toString());
        browser.fill("Id of the merchant", merchant.toString());
        browser.fill("Amount in EUR", "250.00");
        browser.press("Sign and send");
        browser.sees("201 Taken.");
        browser.sees("\"cashback_amount\": \"12.50\"");
        browser.sees("Accepted");
        browser.press("Sign and send");
        browser.sees("200 Taken.");
        browser.sees("\"duplicate\": true");
        browser.inspect("partner");

        given.report(partner, given.purchase(shopper.userId(), merchant, "10.00"))
                .expect(201);
        service.awaitCredits();
        as(shopper, "/app");
        browser.sees("13.00 EUR");

        as(given.admin(), "/console/partners/" + partner.id());
        browser.pressBeside(firstSecret(partner), "Delete…");
        browser.press("Delete");
        browser.sees("The secret is deleted.");
        given.report(partner, given.purchase(shopper.userId(), merchant, "10.00"))
                .expectError(401, "INVALID_SIGNATURE");
    }

    @Test
    void seesWhenASecretExpiresAndKeepsItSo() {
        Partner partner = given.partner();
        LocalDate lastDay = service.clock().today().plusDays(20);
        String expiresAt = lastDay + "T23:59:59Z";
        String secret = "/partners/" + partner.id() + "/secrets/" + firstSecret(partner);
        given.asAdmin().patch(secret, JsonObject.of("expires_at", expiresAt)).expect(200);

        as(given.admin(), "/console/partners/" + partner.id());
        browser.pressBeside(firstSecret(partner), "Expiry…");
        browser.inspect("partner-secret-expiry");
        browser.press("Save");

        browser.sees("The secret is valid until " + lastDay + ".");
        assertThat(given.asAdmin().get("/partners/" + partner.id()).expect(200).text())
                .contains(expiresAt);
    }

    /** The twelfth of December: typed alike where the day stands first and where the month does. */
    @Test
    void typesTheLastDayOfANewSecretAndTakesItBack() {
        Partner partner = given.partner();
        int nextYear = service.clock().today().getYear() + 1;
        String lastDay = nextYear + "-12-12";

        as(given.admin(), "/console/partners/" + partner.id());
        browser.press("Add a secret…");
        browser.fill("Last day (UTC)", "1212" + nextYear);
        browser.press("Add");
        browser.sees("A secret was added. The others stay valid.");
        String added = secretThatExpires(partner, lastDay + "T23:59:59Z");

        browser.pressBeside(added, "Expiry…");
        browser.fill("Last day (UTC)", "");
        browser.press("Save");
        browser.sees("The secret does not expire.");
        assertThat(given.asAdmin().get("/partners/" + partner.id()).expect(200).text())
                .doesNotContain(lastDay);
    }

    /** The id of a secret that expires at this time. */
    private String secretThatExpires(Partner partner, String at) {
        return given.asAdmin().get("/partners/" + partner.id()).expect(200).json().getJsonArray("secrets").stream()
                .map(JsonObject.class::cast)
                .filter(secret -> at.equals(secret.getString("expires_at")))
                .map(secret -> secret.getString("id"))
                .findFirst()
                .orElseThrow();
    }

    /** The id of the partner's oldest secret. */
    private String firstSecret(Partner partner) {
        JsonArray secrets = given.asAdmin()
                .get("/partners/" + partner.id())
                .expect(200)
                .json()
                .getJsonArray("secrets");
        return secrets.getJsonObject(secrets.size() - 1).getString("id");
    }

    @Test
    void seesInTheInboxWhyASignatureWasRefused() {
        Partner partner = given.partner();
        as(given.admin(), "/console/partners/" + partner.id());
        browser.fill("Secret of the partner", "whsec_bm90IHRoZSByaWdodCBvbmU=");
        browser.choose("Event", "purchase.confirmed");
        browser.press("Sign and send");

        browser.sees("401 INVALID_SIGNATURE");
        browser.sees("Mismatch");
        browser.inspect("partner-refused");
    }

    @Test
    void seesWhichEventHadNoEffectAndWhy() {
        PartnerPurchase story = given.partnerPurchase("10.00");
        story.tell(story.confirmation(1)).expect(202);
        story.tell(story.rejection(2, "Cancelled.")).expect(202);
        story.arrive();
        service.awaitPartnerEvents();
        String told = "The rejection was refused. The purchase is not pending: it is confirmed.";

        as(given.admin(), "/console/partners/" + story.partner.id());
        browser.choose("What became of it", "Refused");
        browser.sees("PURCHASE_NOT_PENDING");
        browser.sees(told);
        browser.follow(story.externalId());
        browser.sees("Purchase " + story.externalId());
        browser.sees(told);
    }

    @Test
    void deletesTheOldSecretAndSwitchesThePartnerOff() {
        Partner partner = given.partner();
        as(given.admin(), "/console/partners/" + partner.id());
        browser.press("Delete…");
        browser.sees("It is the last one: everything that the partner sends will be refused.");
        browser.press("Delete");
        browser.sees("The partner has no secret");

        browser.press("Switch off…");
        browser.sees("Its webhooks are refused from now on.");
        browser.press("Switch off");
        browser.sees("The partner is inactive.");
    }

    @Test
    void changesWhoConfirms() {
        Partner partner = given.partner();
        as(given.admin(), "/console/partners/" + partner.id());
        browser.press("Who confirms…");
        browser.choose("Purchases are confirmed by", "the partner, by its own events");
        browser.press("Save");

        browser.sees("Purchases are confirmed by the partner, by its own events.");
    }
}
