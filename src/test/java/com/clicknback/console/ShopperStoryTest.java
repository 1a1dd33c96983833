package com.clicknback.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.clicks.ClickId;
import com.clicknback.testing.PayoutScenario;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.Session;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shopper looks after their cashback, on a phone. */
class ShopperStoryTest extends Story {
    ShopperStoryTest(TestService service, Scenario given) {
        super(service, given);
    }

    @Test
    void understandsWhereTheCashbackComesFrom() {
        Session shopper = given.user();
        UUID merchant = given.merchant();
        given.offer(merchant, "percent", "10", "20.00");
        given.buy(shopper, merchant, "130.00");
        given.buyCredited(shopper, merchant, "200.00");

        browser.onPhone();
        as(shopper, "/app");
        browser.sees("20.00 EUR");
        browser.sees("Becomes available once the shop stands by the purchase, and its time for returns is over.");
        browser.inspect("shopper-home");

        browser.onPhone();
        browser.open("/app/purchases");
        browser.sees("7.00 EUR");
        browser.inspect("shopper-purchases");
        browser.openLinkContaining("200.00 EUR");
        browser.sees("Reported by you: a purchase of 200.00 EUR. The offer in force gives 10 %: 20.00.");
        browser.sees("Credited to the wallet: 7.00, all that was left of the cap");
        browser.inspect("shopper-purchase");

        browser.open("/app/offers");
        browser.sees("at most 20.00 EUR a month");
        // The shops of other tests may take clicks.
        browser.seesNot("Shop at " + nameOf(merchant));
        browser.inspect("shopper-offers");
    }

    private String nameOf(UUID merchant) {
        return given.asAdmin().get("/merchants/" + merchant).expect(200).json().getString("name");
    }

    @Test
    void goesToAShopByAClick() {
        Session shopper = given.user();
        UUID merchant = given.trackedMerchant("5", 30);
        given.offer(merchant, "percent", "10", "20.00");
        String name = nameOf(merchant);
        browser.onPhone();
        as(shopper, "/app/offers");
        // A real tab would leave this machine.
        browser.script("const open = window.open;"
                + "window.open = (...all) => { window.opened = all.join(' '); window.open = open; };");

        browser.press("Shop at " + name);

        browser.sees("Open " + name);
        UUID click = service.sql()
                .<UUID>column("SELECT id FROM clicks WHERE user_id = ?", shopper.userId())
                .get(0);
        assertThat(browser.script("return window.opened"))
                .isEqualTo("https://shop.example/go?ref=" + new ClickId(click).text() + " _blank noopener,noreferrer");
        browser.inspect("shopper-click");
    }

    @Test
    void seesWhatBecameOfTheirVisitsToShops() {
        Session shopper = given.user();
        UUID merchant = given.trackedMerchant("5", 30);
        browser.onPhone();
        as(shopper, "/app/visits");
        browser.sees("You have not gone to a shop from here.");
        browser.inspect("shopper-visits-none");

        String click = visit(shopper, merchant);
        given.offer(merchant, "percent", "10", "20.00");
        visit(shopper, merchant);
        given.report(
                        given.partner(),
                        JsonObject.of(
                                "external_id",
                                Scenario.unique("visit"),
                                "click_id",
                                click,
                                "amount",
                                "40.00",
                                "currency",
                                "EUR"))
                .expect(201);
        service.awaitCredits();

        browser.onPhone();
        browser.press("Refresh");
        browser.sees("10 %, at most 20.00 EUR a month");
        browser.sees("A purchase counts until");
        browser.sees("No purchase has come of it yet.");
        browser.sees("cashback 2.00 EUR");
        browser.inspect("shopper-visits");
        browser.openLinkContaining("Bought for 40.00 EUR");
        browser.sees("You went to the shop by a click.");
    }

    private String visit(Session shopper, UUID merchant) {
        return given.as(shopper)
                .post("/users/me/clicks", JsonObject.of("merchant_id", merchant.toString()))
                .expect(201)
                .json()
                .getString("id");
    }

    @Test
    void requestsAPayoutAfterMendingWhatWasWrong() {
        Session shopper = given.payouts().userWith("25.00");
        browser.onPhone();
        as(shopper, "/app/payouts");
        browser.sees("Available: 25.00 EUR");
        browser.sees("You have not requested a payout yet.");

        browser.fill("Amount in EUR", "12.00");
        browser.fill("IBAN", "DE00370400440532013000");
        browser.fill("Holder of the account", PayoutScenario.HOLDER);
        browser.press("Request");
        browser.sees("must be a valid IBAN");
        browser.inspect("shopper-payout-refused");
        browser.fill("IBAN", PayoutScenario.IBAN);
        browser.fill("Amount in EUR", "5.00");
        browser.press("Request");
        browser.sees("PAYOUT_POLICY_VIOLATION");
        browser.sees("Limit: 10.00");
        browser.fill("Amount in EUR", "12.00");
        browser.press("Request");

        browser.sees("12.00 EUR are requested for the account ending in 3000.");
        browser.sees("Available: 13.00 EUR");
        browser.sees("Requested");
        browser.inspect("shopper-payouts");
        assertThat(given.payouts().wallet(shopper)).isEqualTo("pending 0.00 available 13.00 reserved 12.00 paid 0.00");
    }

    @Test
    void changesThePassword() {
        Session shopper = given.user();
        browser.onPhone();
        as(shopper, "/app/account");
        browser.fill("Current password", "Wr0ng!Pass");
        browser.fill("New password", "Str0nger!Pass");
        browser.press("Change the password");
        browser.sees("is not the password of this account");
        browser.inspect("shopper-account");
        browser.fill("Current password", Session.PASSWORD);
        browser.fill("New password", "Str0nger!Pass");
        browser.press("Change the password");
        browser.sees("The password is changed. You are signed out everywhere else.");

        browser.press("Sign out");
        browser.signIn(shopper.email(), "Str0nger!Pass");
        browser.sees("Sign out");
    }

    @Test
    void signsOutEverywhereAfterLosingAPhone() {
        Session shopper = given.user();
        as(shopper, "/app/account");
        browser.press("Sign out everywhere…");
        browser.sees("You are signed out here and on all other devices");
        browser.inspect("shopper-sign-out");
        browser.press("Sign out everywhere");

        browser.sees("E-mail");
        given.as(shopper).get("/users/me").expectError(401, "INVALID_TOKEN");
    }

    @Test
    void takesAllTheirDataHome(@TempDir Path folder) {
        Session shopper = given.payouts().userWith("25.00");
        browser.savesTo(folder);
        as(shopper, "/app/account");

        browser.press("Download your data");

        browser.sees("clicknback-data.json is saved. Purchases in it: 1.");
        JsonObject data = new JsonObject(browser.saved(folder.resolve("clicknback-data.json")));
        assertThat(data.getJsonObject("user").getString("email")).isEqualTo(shopper.email());
        assertThat(data.getJsonArray("transactions")).hasSize(2);
    }

    /** The service has no room for the second part yet; asking for it too early would be refused for longer. */
    @Test
    void takesAllTheirDataHomeFromABusyService(@TempDir Path folder) {
        Session shopper = given.payouts().userWith("25.00");
        browser.savesTo(folder);
        as(shopper, "/app/account");
        browser.script("""
                const real = window.fetch;
                const statuses = [503, 429];
                window.fetch = async (url, request) => {
                  const status = url.includes('/export') && statuses.pop();
                  if (!status) return real(url, request);
                  const body = JSON.stringify({ error: { code: 'BUSY', message: 'Busy.', details: {} } });
                  return new Response(body, { status, headers: { 'Retry-After': '1' } });
                };
                """);

        browser.press("Download your data");

        browser.sees("The service is busy.");
        browser.sees("clicknback-data.json is saved. Purchases in it: 1.");
        assertThat(new JsonObject(browser.saved(folder.resolve("clicknback-data.json"))).getJsonArray("transactions"))
                .hasSize(2);
    }

    @Test
    void stopsTakingTheirDataHomeFromAServiceThatStaysBusy() {
        as(given.user(), "/app/account");
        browser.script("""
                const real = window.fetch;
                window.fetch = async (url, request) => {
                  if (!url.includes('/export')) return real(url, request);
                  const body = JSON.stringify({ error: { code: 'BUSY', message: 'Busy.', details: {} } });
                  return new Response(body, { status: 429, headers: { 'Retry-After': '3600' } });
                };
                """);

        browser.press("Download your data");

        browser.sees("Try again in 3600 s.");
        browser.press("Try again");
        browser.sees("Try again in 3600 s.");
    }

    @Test
    void seesNothingOfOthers() {
        UUID purchase = given.buyCredited(given.user(), given.merchant(), "10.00");

        as(given.user(), "/app/purchases/" + purchase);

        browser.sees("FORBIDDEN");
    }
}
