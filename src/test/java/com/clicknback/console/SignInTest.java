package com.clicknback.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.PayoutScenario;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.Session;
import com.clicknback.testing.TestService;
import java.util.UUID;
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

        browser.sees("Sign in again");
        browser.inspect("sign-in-again");
        browser.press("Sign in as somebody else");
        browser.sees("ClicknBack console");
        browser.signIn(admin);
        browser.sees("Refresh");
    }

    @Test
    void goesOnWithAnActionThatTheEndOfASessionHasInterrupted() {
        Session admin = given.newAdmin();
        UUID purchase = given.buyCredited(given.user(), given.merchant("5"), "20.00");
        as(admin, "/console/purchases/" + purchase);
        browser.press("Reject…");
        browser.fill("Reason, which the user can read", "Sent back.");
        given.asAdmin().delete("/users/" + admin.userId() + "/sessions").expect(204);

        browser.press("Reject");
        browser.sees("Sign in again");
        browser.fill("Password", Session.PASSWORD);
        browser.press("Sign in");
        browser.seesNot("Sign in again");
        browser.press("Reject");

        browser.sees("is rejected.");
        browser.sees("The reason given: “Sent back.”");
    }

    @Test
    void tabsShareASessionAndEndItTogether() {
        as(given.newAdmin(), "/console/users");
        browser.sees("as of");
        String first = browser.openTab("/console/payouts");
        browser.sees("as of");
        browser.press("Sign out");
        browser.sees("ClicknBack console");

        browser.toTab(first);
        browser.sees("ClicknBack console");
    }

    /** The cookie is that of all tabs, the access token that of one. */
    @Test
    void nothingIsDoneInTheNameOfSomebodyElse() {
        Session one = given.payouts().userWith("20.00");
        Session other = given.payouts().userWith("20.00");
        as(one, "/app/payouts");
        browser.fill("Amount in EUR", "15.00");
        browser.fill("IBAN", PayoutScenario.IBAN);
        browser.fill("Holder of the account", PayoutScenario.HOLDER);
        given.as(one).delete("/users/me/sessions").expect(204);
        String first = browser.openTab("/app");
        browser.signIn(other);
        browser.sees("Available");

        browser.toTab(first);
        browser.press("Request");
        browser.sees(other.email());
        browser.sees("You have not requested a payout yet.");
        assertThat(given.payouts().wallet(other)).isEqualTo("pending 0.00 available 20.00 reserved 0.00 paid 0.00");
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
