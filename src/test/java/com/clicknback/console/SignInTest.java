package com.clicknback.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.Scenario;
import com.clicknback.testing.Session;
import com.clicknback.testing.TestService;
import org.junit.jupiter.api.Test;

/** The limits of what each account sees, and a session that no script can take away. */
class SignInTest extends Story {
    SignInTest(TestService service, Scenario given) {
        super(service, given);
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
    void asksToSignInAgainOnceTheSessionWasEndedElsewhere() {
        Session admin = given.newAdmin();
        as(admin, "/console/purchases");
        browser.sees("Refresh");

        given.asAdmin().delete("/users/" + admin.userId() + "/sessions").expect(204);
        browser.press("Refresh");

        browser.sees("ClicknBack console");
        browser.signIn(admin);
        browser.sees("Refresh");
    }

    @Test
    void tellsThatTheServiceCannotBeReachedAndTriesAgain() {
        as(given.admin(), "/console/users");
        browser.sees("as of");

        browser.offline(true);
        try {
            browser.press("Refresh");
            browser.sees("UNREACHABLE");
            browser.sees("Check the connection, then try again.");
            browser.inspect("unreachable");
        } finally {
            browser.offline(false);
        }
        browser.press("Try again");
        browser.seesNot("UNREACHABLE");
        browser.sees("as of");
    }

    @Test
    void waitsForAServiceThatIsAwayAndGoesOnByItself() {
        as(given.admin(), "/console/users");
        browser.sees("as of");

        browser.blocks("*/browser-session/*");
        browser.open("/console/users");
        browser.sees("The service cannot be reached.");
        browser.sees("It is tried again by itself.");
        browser.inspect("away");
        browser.blocks();

        browser.sees("as of");
    }

    @Test
    void tellsThatASessionCouldNotBeEnded() {
        as(given.admin(), "/console/users");
        browser.blocks("*/browser-session");
        browser.press("Sign out");
        browser.sees("UNREACHABLE");
        browser.blocks();

        browser.press("Sign out");
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

        browser.open("/console");
        browser.signIn(shopper);
        browser.sees("The console is for administrators");
        browser.follow("See your cashback");

        browser.sees("Your cashback");
    }
}
