package com.clicknback.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.TestService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The limits of what each account sees, and a session that no script can take away. */
@Tag("browser")
@ExtendWith(ServiceExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignInTest {
    private final TestService service;
    private final Scenario given;
    private Browser browser;

    SignInTest(TestService service, Scenario given) {
        this.service = service;
        this.given = given;
    }

    @BeforeAll
    void openBrowser() {
        Browser.require();
        browser = new Browser(service.url());
    }

    @BeforeEach
    void asAStranger() {
        browser.signOutEverywhere();
    }

    @AfterAll
    void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void aWrongPasswordIsSaidPlainly() {
        browser.open("/console");
        browser.inspect("sign-in");
        browser.signIn(given.user().email(), "Wr0ng!Pass");

        browser.sees("INVALID_CREDENTIALS");
        browser.sees("Sign in");
    }

    @Test
    void theSessionOutlivesAReloadAndEndsWithSigningOut() {
        browser.open("/console/purchases");
        browser.signIn(given.admin());
        browser.sees("Purchases");

        browser.open("/console/purchases");
        browser.sees("Purchases");
        browser.press("Sign out");
        browser.sees("ClicknBack console");

        browser.open("/console/purchases");
        browser.sees("ClicknBack console");
    }

    @Test
    void scriptsSeeNoToken() {
        browser.open("/console");
        browser.signIn(given.admin());
        browser.sees("Sign out");

        assertThat(browser.script(
                        "return document.cookie + JSON.stringify(localStorage) + JSON.stringify(sessionStorage)"))
                .isEqualTo("{}{}");
    }

    @Test
    void aShopperIsSentToTheirOwnPage() {
        Session shopper = given.user();
        given.buy(shopper, given.merchant("5"), "100.00");
        service.awaitCredits();

        browser.open("/console");
        browser.signIn(shopper);
        browser.sees("The console is for administrators");
        browser.follow("See your cashback");

        browser.sees("Pending");
        browser.sees("5.00 EUR");
        browser.inspect("wallet");
    }
}
