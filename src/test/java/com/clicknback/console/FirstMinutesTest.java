package com.clicknback.console;

import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.TestService;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A newcomer opens the printed address and signs in with the printed credentials: demo data as they come. */
@Tag("browser")
class FirstMinutesTest {
    private static final String PARTNER = "ee000001-0000-0000-0000-000000000001";
    private static final String SHOPLY = "a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d";
    private static final String PASSWORD = "Str0ng!Pass";

    private static TestService service;
    private static Browser browser;

    @BeforeAll
    static void start() {
        Browser.require();
        service = TestService.start(
                TestServer.shared().createMigratedDatabase(), new TestClock(), Map.of("CLICKNBACK_SEED_DEMO", "true"));
        browser = new Browser(service.url());
        browser.keepsTimeOf(service.clock());
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
        if (service != null) {
            service.close();
        }
    }

    @Test
    void understandsWhatTheProductDoes() {
        browser.open("/console");
        browser.signIn("carol@clicknback.com", PASSWORD);
        browser.sees("Sign out");
        browser.key("/");
        browser.typeAndEnter("alice");
        browser.sees("alice@clicknback.com");
        browser.sees("EUR can be paid out now.");
        browser.sees("Cashback credit");
        browser.inspect("demo-user");

        browser.key("/");
        browser.typeAndEnter("txn_seed_013");
        browser.sees("So 10.00 of the 60.00 were cut.");
        browser.inspect("demo-purchase");

        browser.open("/console/partners/" + PARTNER);
        browser.fill("Secret of the partner", "whsec_bm90IHRoZSByaWdodCBvbmU=");
        browser.choose("Event", "purchase.confirmed");
        browser.press("Sign and send");
        browser.sees("401 INVALID_SIGNATURE");
        browser.sees("Mismatch");
        browser.script("document.getElementById('test').scrollIntoView()");
        browser.inspect("demo-partner");

        browser.open("/console/merchants/" + SHOPLY);
        browser.press("New offer…");
        browser.fill("Percentage or amount", "7");
        browser.fill("Cap for each user and month, in EUR", "30.00");
        browser.sees("It cannot be created");
        browser.script("document.querySelector('dialog').scrollTo(0, 1e6)");
        browser.inspect("demo-offer");

        browser.signOutEverywhere();
        browser.open("/app");
        browser.signIn("alice@clicknback.com", PASSWORD);
        browser.sees("Becomes available once the shop stands by the purchase, and its time for returns is over.");
        browser.sees("Shoply");
        browser.inspect("demo-shopper");
    }
}
