package com.clicknback.console;

import com.clicknback.testing.Scenario;
import com.clicknback.testing.Session;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** A support agent looks at all that belongs to somebody who calls. */
class UserStoryTest extends Story {
    UserStoryTest(TestService service, Scenario given) {
        super(service, given);
    }

    @Test
    void findsTheCallerByEmailAndSeesTheirMoneyMove() {
        Session shopper = given.payouts().userWith("25.00");
        given.payouts().payout(shopper, "12.00");

        as(given.admin(), "/console");
        browser.key("/");
        browser.typeAndEnter(shopper.email());
        browser.sees("Shopper");
        browser.sees("Available after");
        browser.sees("13.00 EUR");
        browser.sees("Payout requested");
        browser.sees("Cashback confirmed");
        browser.sees("To read aloud:");
        browser.inspect("user");

        browser.openLinkContaining("payout …");
        browser.sees("12.00 EUR");
    }

    @Test
    void listsUsersByTheBeginningOfTheirEmail() {
        Session shopper = given.user();
        as(given.admin(), "/console/users");
        browser.fill(
                "Beginning of the e-mail",
                shopper.email().substring(0, shopper.email().indexOf('@')) + "\n");
        browser.follow(shopper.email());
        browser.sees("No money has moved yet.");

        browser.open("/console/users?role=admin");
        browser.sees(given.admin().email());
        browser.inspect("users");
    }

    @Test
    void deactivatesAnAccountAfterReadingWhatThatDoes() {
        Session shopper = given.user();
        as(given.admin(), "/console/users/" + shopper.userId());
        browser.press("Deactivate…");
        browser.sees("The user is signed out everywhere and cannot sign in.");
        browser.sees("Sessions: 1. Pending purchases: 0.");
        browser.inspect("user-deactivation");
        browser.press("Deactivate");
        browser.sees(shopper.email() + " is deactivated.");
        browser.sees("Ended");
        browser.press("Activate…");
        browser.press("Activate");
        browser.sees(shopper.email() + " is active.");

        browser.open("/console/audit?resource_type=user&resource_id=" + shopper.userId());
        browser.sees("State: active → inactive");
    }

    @Test
    void erasesThePersonalDataOfSomebodyWhoLeaves() {
        Session shopper = given.payouts().userWith("25.00");
        String payout = given.payouts().payout(shopper, "25.00");
        as(given.admin(), "/console/users/" + shopper.userId());
        browser.press("Erase personal data…");
        browser.sees("A payout of 25.00 EUR is under way and needs its destination.");
        browser.press("Cancel");
        given.payouts().setStatus(payout, "completed").expect(200);

        browser.press("Erase personal data…");
        browser.sees("deletes the bank account of 1 payout");
        browser.sees("under the id alone.");
        browser.inspect("user-erasure");
        browser.press("Erase for ever");
        browser.sees("The personal data are erased.");
        browser.sees("Erased user");
        browser.seesNot(shopper.email());
        browser.sees("Cashback confirmed");
        browser.inspect("user-erased");

        browser.open("/console/audit?action=USER_ERASED&resource_id=" + shopper.userId());
        browser.sees("Available balance: 0.00");
    }

    @Test
    void erasesThoughMoneyIsOwedOnlyIfTold() {
        Session shopper = given.payouts().userWith("25.00");
        as(given.admin(), "/console/users/" + shopper.userId());
        browser.press("Erase personal data…");
        browser.sees("Money is owed: available 25.00 EUR, pending 0.00 EUR.");
        browser.press("Erase for ever");
        browser.seesNot("The personal data are erased.");
        browser.tick("Erase all the same");
        browser.press("Erase for ever");

        browser.sees("The personal data are erased.");
    }

    @Test
    void seesTheFlagsThatHoldForTheCallerAlone() {
        Session shopper = given.user();
        given.asAdmin()
                .put(
                        "/feature-flags/early_offers",
                        JsonObject.of(
                                "enabled",
                                false,
                                "scope_type",
                                "user",
                                "scope_id",
                                shopper.userId().toString()))
                .expect(200);

        as(given.admin(), "/console/users/" + shopper.userId());

        browser.follow("early_offers");
        browser.sees("user " + shopper.userId());
    }

    @Test
    void givesTheRoleOfAnAdministratorButKeepsOnesOwn() {
        Session colleague = given.user();
        as(given.admin(), "/console/users/" + colleague.userId());
        browser.press("Make an administrator…");
        browser.press("Make an administrator");
        browser.sees(colleague.email() + " is an administrator.");
        browser.open("/console/audit?action=USER_ROLE_SET&resource_id=" + colleague.userId());
        browser.sees("Role: user → admin");

        browser.open("/console/users/" + given.admin().userId());
        browser.press("Deactivate…");
        browser.press("Deactivate");
        browser.sees("OWN_ACCOUNT");
    }
}
