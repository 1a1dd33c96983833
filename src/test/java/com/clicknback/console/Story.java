package com.clicknback.console;

import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.TestService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A story that happens in one browser; each of its tests starts signed out. */
@Tag("browser")
@ExtendWith(ServiceExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Story {
    final TestService service;
    final Scenario given;
    Browser browser;

    Story(TestService service, Scenario given) {
        this.service = service;
        this.given = given;
    }

    @BeforeAll
    void openBrowser() {
        Browser.require();
        browser = new Browser(service.url());
        browser.keepsTimeOf(service.clock());
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

    /** Opens a path as this user, in place of whoever was there before. */
    void as(Session user, String path) {
        browser.signOutEverywhere();
        browser.open(path);
        browser.signIn(user);
        browser.sees("Sign out");
    }
}
