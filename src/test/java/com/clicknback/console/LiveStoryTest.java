package com.clicknback.console;

import com.clicknback.testing.Cable;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.TestService;
import com.clicknback.testing.Waiting;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A newcomer starts the service with demo traffic, signs in as the banner says, and watches. */
@Tag("browser")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveStoryTest {
    private Cable cable;
    private TestService service;
    private Browser browser;

    @BeforeAll
    void start() {
        Browser.require();
        cable = Cable.to(TestServer.shared().createMigratedDatabase());
        service = TestService.start(
                cable.address(),
                new TestClock(),
                Map.of("CLICKNBACK_SEED_DEMO", "true", "CLICKNBACK_DEMO_TRAFFIC", "40"));
        browser = new Browser(service.url());
        browser.keepsTimeOf(service.clock());
    }

    @AfterAll
    void close() {
        if (browser != null) {
            browser.close();
        }
        if (service != null) {
            service.close();
        }
        if (cable != null) {
            cable.close();
        }
    }

    @Test
    void anAdministratorWatchesDemoTrafficBecomeCashback() {
        browser.open("/console");
        browser.signIn("carol@clicknback.com", "Str0ng!Pass");
        browser.sees("Accepted a second");
        browser.sees("purchases credited");
        browser.sees("Demo Partner");
        Object before = lines();
        Waiting.until("charts that move", () -> !before.equals(lines()));
        Waiting.until("three points of a line", () -> lines().toString().split(" ").length >= 3);
        browser.inspect("live");

        browser.openLinkContaining("purchases");
        browser.sees("Reported by");

        browser.open("/console/live");
        browser.sees("Accepted a second");
        cable.cut();
        browser.sees("The database does not answer");
        browser.sees("Accepted a second");
        browser.inspect("live-without-database");
        cable.mend();
        browser.seesNot("The database does not answer");

        service.close();
        browser.sees("The service cannot be reached. The screen goes on by itself.");
        browser.sees("Accepted a second");
        browser.inspect("live-interrupted");
    }

    private Object lines() {
        return browser.script("return document.querySelector('.plot polyline').getAttribute('points')");
    }
}
