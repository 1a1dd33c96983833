package com.clicknback.console;

import com.clicknback.testing.Scenario;
import com.clicknback.testing.Session;
import com.clicknback.testing.TestService;
import org.junit.jupiter.api.Test;

/** The whole way of a cashback, on screens alone: from the offer to the shopper's wallet. */
class CashbackStoryTest extends Story {
    CashbackStoryTest(TestService service, Scenario given) {
        super(service, given);
    }

    @Test
    void anOfferIsMadeAPartnerReportsAPurchaseAndTheShopperEarns() {
        Session shopper = given.user();
        String shop = Scenario.unique("Shop");
        as(given.admin(), "/console/merchants");
        browser.press("New merchant…");
        browser.fill("Name", shop);
        browser.fill("Default cashback in percent", "0");
        browser.press("Create");
        browser.sees("This merchant has no offer.");
        String merchant = browser.path().substring("/console/merchants/".length());
        browser.press("New offer…");
        browser.fill("Percentage or amount", "5");
        browser.fill("Cap for each user and month, in EUR", "20");
        browser.sees("149.90 would earn 7.50 EUR.");
        browser.press("Create");
        browser.sees("Offer of " + shop);

        browser.open("/console/partners");
        String network = Scenario.unique("Network");
        browser.press("New partner…");
        browser.fill("Name", network);
        browser.press("Create");
        browser.follow(network);
        browser.press("Add a secret…");
        browser.press("Add");
        browser.sees("The secret, shown this once: whsec_");
        browser.fill("Id of the user", shopper.userId().toString());
        browser.fill("Id of the merchant", merchant);
        browser.fill("Amount in EUR", "149.90");
        browser.press("Sign and send");
        browser.sees("201 Taken.");
        service.awaitCredits();
        browser.follow("Show the purchase");
        browser.sees("Credited to the wallet: 7.50.");

        as(shopper, "/app/offers");
        browser.sees(shop);
        browser.open("/app");
        browser.sees("7.50 EUR");
        browser.openLinkContaining(shop);
        browser.sees("Reported by the shop: a purchase of 149.90 EUR. The offer in force gives 5 %: 7.50");
    }
}
