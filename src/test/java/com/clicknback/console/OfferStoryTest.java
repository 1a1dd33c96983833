package com.clicknback.console;

import com.clicknback.testing.Scenario;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A partner manager wins a merchant and makes offers for it. */
class OfferStoryTest extends Story {
    OfferStoryTest(TestService service, Scenario given) {
        super(service, given);
    }

    @BeforeEach
    void signIn() {
        as(given.admin(), "/console/merchants");
    }

    @Test
    void createsAMerchantAndAnOfferAndSeesWhatItEarns() {
        String name = Scenario.unique("Shop");
        browser.press("New merchant…");
        browser.fill("Name", name);
        browser.fill("Default cashback in percent", "1.5");
        browser.fill("Days of hold after the confirmation", "14");
        browser.fill("Where clicks lead", "https://shop.example/?ref={click_id}");
        browser.inspect("merchant-new");
        browser.press("Create");
        browser.sees("1.5 % without an offer");
        browser.sees("14 days");
        browser.sees("https://shop.example/?ref={click_id}");
        browser.sees("This merchant has no offer.");

        browser.press("New offer…");
        browser.fill("Percentage or amount", "5");
        browser.sees("Fill in the terms to see it.");
        browser.fill("Days of hold after the confirmation", "7");
        browser.fill("Cap for each user and month, in EUR", "6");
        browser.sees("149.90 would earn 6.00 EUR.");
        browser.sees("It is cut from 7.50 to the cap of 6 for a month.");
        browser.inspect("offer-new");
        browser.press("Create");
        browser.sees("Offer of " + name);
        browser.sees("7 days");
        browser.press("Preview");
        browser.sees("It would earn 6.00 EUR.");
        browser.sees("149.90 earn 7.495, rounded 7.50.");
        browser.sees("so the cashback is cut");
        browser.inspect("offer");

        browser.follow(name);
        browser.sees("Purchases");
        browser.inspect("merchant");
        browser.press("Edit…");
        browser.fill("Days of hold after the confirmation", "");
        browser.fill("Where clicks lead", "");
        browser.press("Save");
        browser.sees("as the installation has it");
        browser.sees("nowhere: it takes none");
    }

    @Test
    void raisesADefaultAndACapAndReadsWhatWasBefore() {
        UUID merchant = given.merchant();
        browser.open("/console/merchants/" + merchant);
        browser.press("Edit…");
        browser.fill("Default cashback in percent", "21");
        browser.press("Save");
        browser.sees("must be between 0 and 20");
        browser.fill("Default cashback in percent", "6.5");
        browser.inspect("merchant-edit");
        browser.press("Save");
        browser.sees("6.5 % without an offer");
        browser.sees("the beginning");

        browser.open("/console/offers/" + given.offer(merchant, "percent", "5", "50"));
        browser.press("Edit…");
        browser.fill("Cap for each user and month, in EUR", "40");
        browser.press("Save");
        browser.sees("must not fall below 50.00");
        browser.fill("Cap for each user and month, in EUR", "80");
        browser.inspect("offer-edit");
        browser.press("Save");
        browser.sees("The offer is saved.");
        browser.sees("80.00 EUR");
        browser.sees("50.00 EUR");
        browser.inspect("offer-history");
    }

    /** Two people have the same merchant, and then the same offer, open. */
    @Test
    void leavesAloneWhatAColleagueChangedMeanwhile() {
        UUID merchant = given.merchant("1");
        UUID offer = given.offer(merchant, "percent", "5", "50");
        String name = Scenario.unique("Renamed");
        browser.open("/console/merchants/" + merchant);
        browser.press("Edit…");
        given.asAdmin()
                .patch("/merchants/" + merchant, JsonObject.of("default_cashback_percentage", 7, "hold_days", 30))
                .expect(200);
        browser.fill("Name", name);
        browser.press("Save");
        browser.sees(name + " is saved.");
        browser.sees("7 % without an offer");
        browser.sees("30 days");

        browser.open("/console/offers/" + offer);
        browser.press("Edit…");
        given.asAdmin()
                .patch("/offers/" + offer, JsonObject.of("hold_days", 45))
                .expect(200);
        browser.fill("Cap for each user and month, in EUR", "70");
        browser.press("Save");
        browser.sees("The offer is saved.");
        browser.sees("70.00 EUR");
        browser.sees("45 days");
    }

    @Test
    void readsWhichOfferIsInTheWayAndSwitchesItOff() {
        UUID merchant = given.merchant();
        UUID old = given.offer(merchant, "fixed", "3", "20");

        browser.open("/console/merchants/" + merchant);
        browser.press("New offer…");
        browser.sees("In the way");
        browser.fill("Percentage or amount", "5");
        browser.fill("Cap for each user and month, in EUR", "6");
        browser.sees("It cannot be created: 3.00 EUR applies on some of its days.");
        browser.inspect("offer-in-the-way");
        browser.press("Create");
        browser.sees("ACTIVE_OFFER_ALREADY_EXISTS");
        browser.inspect("offer-overlap");

        browser.follow("Show the offer in the way");
        browser.sees("3.00 EUR");
        browser.press("Deactivate…");
        browser.sees("New purchases earn the default of the merchant from now on.");
        browser.press("Deactivate");
        browser.sees("The offer is inactive.");
        browser.press("Preview");
        browser.sees("The offer does not apply: Offer inactive.");
        browser.open("/console/offers/" + old);
        browser.press("Activate…");
        browser.press("Activate");
        browser.sees("The offer is active.");
    }

    @Test
    void readsWhatIsStillWrongWhileTypingTheTerms() {
        UUID merchant = given.merchant();
        browser.open("/console/merchants/" + merchant);
        browser.press("New offer…");
        browser.fill("Percentage or amount", "21");
        browser.fill("Cap for each user and month, in EUR", "6");

        browser.sees("Not yet: cashback value must be above 0 and at most 20.");
    }

    @Test
    void findsAMerchantByAPartOfItsNameAndSwitchesItOff() {
        UUID merchant = given.merchant();
        String name =
                given.asAdmin().get("/merchants/" + merchant).expect(200).json().getString("name");

        browser.fill("Part of the name", name + "\n");
        browser.follow(name);
        browser.press("Deactivate…");
        browser.sees("New purchases there are refused, and shoppers no longer see its offers; none is in force today.");
        browser.press("Deactivate");
        browser.sees(name + " is inactive.");

        browser.open("/console/merchants?active=false&name=" + name);
        browser.sees(name);
        browser.inspect("merchants");
    }

    @Test
    void readsWhatIsWrongWithAField() {
        browser.press("New merchant…");
        browser.fill("Name", Scenario.unique("Shop"));
        browser.fill("Default cashback in percent", "21");
        browser.press("Create");

        browser.sees("must be between 0 and 20");
        browser.inspect("merchant-refused");
    }
}
