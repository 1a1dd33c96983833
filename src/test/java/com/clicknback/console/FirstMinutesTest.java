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
    private static final String PASSWORD = "Str0ng!Pass";

    private static TestService service;
    private static Browser browser;

    @BeforeAll
    static void start() {
        Browser.require();
        service = TestService.start(
                TestServer.shared().createDatabase(), new TestClock(), Map.of("CLICKNBACK_SEED_DEMO", "true"));
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
        browser.sees("Cashback credit");
        browser.inspect("demo-user");

        browser.signOutEverywhere();
        browser.open("/app");
        browser.signIn("alice@clicknback.com", PASSWORD);
        browser.sees("Becomes available once the shop stands by the purchase, and its time for returns is over.");
        browser.sees("Shoply");
        browser.inspect("demo-shopper");
    }
}
