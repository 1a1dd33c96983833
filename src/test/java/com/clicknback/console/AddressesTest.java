package com.clicknback.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.Scenario;
import com.clicknback.testing.Session;
import com.clicknback.testing.TestService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Addresses that somebody was sent, and the way back. */
class AddressesTest extends Story {
    private static final Pattern ADDRESS = Pattern.compile("`(/(?:console|app)[^`]*)`");

    AddressesTest(TestService service, Scenario given) {
        super(service, given);
    }

    @Test
    void everyAddressOfTheDocumentationLeadsToAScreen() throws IOException {
        List<String> addresses = ADDRESS.matcher(Files.readString(Path.of("docs", "console.md")))
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
        assertThat(addresses).hasSizeGreaterThan(20);

        as(given.admin(), "/console");
        for (String address : addresses) {
            browser.open(address.replace("{id}", UUID.randomUUID().toString()));
            browser.sees("Times in UTC");
            assertThat(browser.visibleText())
                    .as(address)
                    .doesNotContain("No such screen", "No such page", "This screen has a fault");
        }
        browser.open("/console/nothing");
        browser.sees("No such screen");
        browser.inspect("nowhere");
    }

    @Test
    void aShopperSeesNoScreenOfTheConsole() {
        browser.open("/console/users/" + UUID.randomUUID());
        browser.signIn(given.user());

        browser.sees("The console is for administrators");
        browser.inspect("no-admin");
    }

    @Test
    void goesBackThroughThePagesOfAList() {
        UUID merchant = given.merchant("5");
        Session shopper = given.user();
        String name =
                given.asAdmin().get("/merchants/" + merchant).expect(200).json().getString("name");
        for (int i = 0; i < 26; i++) {
            given.buy(shopper, merchant, i == 0 ? "91.01" : "91.02");
        }
        as(given.admin(), "/console/purchases?merchant_id=" + merchant);
        browser.sees("91.02");
        browser.press("Older");
        browser.sees("91.01");
        browser.openLinkContaining(name);
        browser.sees("5 % without an offer");

        browser.script("history.back()");
        browser.sees("91.01");
        browser.script("history.back()");
        browser.sees("91.02");
        browser.seesNot("91.01");
    }

    @Test
    void readsTimesInUtcByKeyboard() {
        UUID purchase = given.buyCredited(given.user(), given.merchant("5"), "20.00");
        String bought = given.purchase(purchase).getString("purchased_at").replaceAll("[.].*|Z", "");
        as(given.admin(), "/console/purchases/" + purchase);
        browser.sees("Reported by");

        browser.tabTo("Times in UTC");
        browser.type(" ");

        browser.sees(bought.replace('T', ' ') + " UTC");
        browser.sees("Times are in UTC.");
        browser.type(" ");
        browser.seesNot(bought.replace('T', ' ') + " UTC");
    }
}
