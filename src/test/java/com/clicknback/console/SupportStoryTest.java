package com.clicknback.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.TestService;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A support agent is asked where somebody's cashback is. */
@Tag("browser")
@ExtendWith(ServiceExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SupportStoryTest {
    private final TestService service;
    private final Scenario given;
    private Browser browser;

    SupportStoryTest(TestService service, Scenario given) {
        this.service = service;
        this.given = given;
    }

    @BeforeAll
    void openBrowser() {
        Browser.require();
        browser = new Browser(service.url());
    }

    @BeforeEach
    void signIn() {
        browser.signOutEverywhere();
        browser.open("/console");
        browser.signIn(given.admin());
        browser.sees("Sign out");
    }

    @AfterAll
    void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void tellsWhyAPurchaseEarnedLessThanItsPercentage() {
        Session shopper = given.user();
        UUID merchant = given.merchant();
        given.offer(merchant, "percent", "10", "20.00");
        given.buy(shopper, merchant, "130.00");
        UUID cut = given.buy(shopper, merchant, "200.00");
        service.awaitCredits();

        browser.open("/console/purchases/" + cut);

        browser.sees("The offer in force gives 10 %: 20.00.");
        browser.sees("Credited to the wallet: 7.00, all that was left of the cap");
        browser.sees("20.00, of which 13.00 were used.");
        browser.inspect("purchase");
    }

    @Test
    void reversesAPurchaseAfterSeeingTheEffect() {
        Session shopper = given.user();
        UUID purchase = given.buy(shopper, given.merchant("5"), "100.00");
        service.awaitCredits();

        browser.open("/console/purchases/" + purchase);
        browser.press("Reverse…");
        browser.sees("Pending 5.00 → 0.00");
        browser.inspect("reversal");
        browser.fill("Reason, which the user can read", "Goods returned.");
        browser.press("Reverse");

        browser.sees("is reversed.");
        browser.sees("The reason given: “Goods returned.”");
        browser.sees("The state is final.");
        assertThat(given.purchase(purchase).getString("status")).isEqualTo("reversed");
    }

    @Test
    void walksTheListOfPurchasesByState() {
        Session shopper = given.user();
        given.buy(shopper, given.merchant("5"), "61.30");

        browser.open("/console/purchases?user_id=" + shopper.userId());
        browser.sees("61.30");
        browser.inspect("purchases");
        browser.choose("State", "confirmed");

        browser.sees("No purchase fits.");
    }

    @Test
    void readsWhatIsWrongAndWhatToDoWhenNothingIsThere() {
        browser.open("/console/purchases/" + UUID.randomUUID());

        browser.sees("NOT_FOUND");
        browser.sees("There is nothing at this address.");
        browser.inspect("not-found");
    }
}
