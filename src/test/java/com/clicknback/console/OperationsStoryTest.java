package com.clicknback.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.audit.AuditAction;
import com.clicknback.statistics.StatisticsVerticle;
import com.clicknback.testing.Partner;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** An administrator holds purchases of one merchant back, and looks up later who did so. */
class OperationsStoryTest extends Story {
    OperationsStoryTest(TestService service, Scenario given) {
        super(service, given);
    }

    @Test
    void switchesAFeatureOffForOneMerchantAndOnAgain() {
        UUID merchant = given.merchant();
        String key = Scenario.unique("held").replace('-', '_');
        as(given.admin(), "/console/flags");
        browser.press("Set a flag…");
        browser.fill("Key", key);
        browser.choose("Value", "off");
        browser.choose("For whom", "merchant");
        browser.fill("Id of the merchant", merchant.toString());
        browser.inspect("flag-new");
        browser.press("Set");
        browser.sees("(merchant " + merchant + ") is off.");

        browser.open("/console/flags?key=" + key);
        browser.press("Switch on…");
        browser.sees("It takes effect at once: for one merchant.");
        browser.press("Switch on");
        browser.sees("is on.");
        browser.inspect("flags");

        browser.press("Delete…");
        browser.sees("The global flag counts from then on.");
        browser.press("Delete");
        browser.sees("No flag fits: every feature is on.");
    }

    @Test
    void readsWhatHappenedOnEachDay() {
        UUID merchant = given.merchant("5");
        UUID purchase = given.buyCredited(given.user(), merchant, "100.00");
        Partner partner = given.partner();
        given.report(partner, given.purchase(given.user().userId(), given.merchant("5"), "40.00"))
                .expect(201);
        service.awaitCredits();
        TestService.await(service.app().followers().caughtUp(StatisticsVerticle.FOLLOWER));

        as(given.admin(), "/console/days");
        browser.sees(given.purchase(purchase).getString("merchant_name"));
        browser.sees("1 credited");
        browser.inspect("days");
        browser.choose("By", "partner");
        // The newest comes first; those before it may be of other tests.
        browser.sees(given.asAdmin()
                .get("/partners/" + partner.id())
                .expect(200)
                .json()
                .getString("name"));
    }

    @Test
    void readsWhyAFlagIsRefused() {
        as(given.admin(), "/console/flags");
        browser.press("Set a flag…");
        browser.fill("Key", "Not-a-key");
        browser.press("Set");

        browser.sees("must match [a-z][a-z0-9_]*");
    }

    @Test
    void findsWhoChangedWhatAndFromWhatToWhat() {
        UUID purchase = given.buyCredited(given.user(), given.merchant("5"), "100.00");
        given.asAdmin().post("/purchases/" + purchase + "/confirmation").expect(200);

        as(given.admin(), "/console/audit?action=PURCHASE_CONFIRMED&resource_id=" + purchase);
        browser.sees("State: pending → confirmed");
        browser.sees("Cashback amount: 5.00");
        browser.inspect("audit");
        assertThat(browser.choices("Action"))
                .filteredOn(value -> !value.isEmpty())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(AuditAction.values())
                        .map(AuditAction::name)
                        .toList());

        browser.choose("Action", "Purchase rejected");
        browser.sees("No entry fits.");
    }

    @Test
    void findsWhoTookSomethingAway() {
        UUID merchant = given.merchant();
        given.asAdmin()
                .patch("/merchants/" + merchant, JsonObject.of("hold_days", 30))
                .expect(200);
        given.asAdmin()
                .patch("/merchants/" + merchant, new JsonObject().putNull("hold_days"))
                .expect(200);

        as(given.admin(), "/console/audit?action=MERCHANT_UPDATED&resource_id=" + merchant);
        browser.sees("Hold days: nothing → 30");
        browser.sees("Hold days: 30 → nothing");
    }

    @Test
    void readsAllTimesOfAScreenInUtc() {
        as(given.admin(), "/console/flags");
        browser.press("Times in UTC");
        assertThat(browser.visibleText()).containsPattern("as of \\d\\d:\\d\\d:\\d\\d UTC");

        browser.follow("Live");
        browser.sees("Last events");
        assertThat(browser.visibleText()).containsPattern("As of \\d\\d:\\d\\d:\\d\\d UTC");
    }

    @Test
    void seesWhatToDoWhenAnAnswerBreaksOff() {
        as(given.admin(), "/console/merchants");
        browser.sees("Default cashback");
        browser.script("""
                const real = window.fetch;
                window.fetch = async (url, request) => {
                  const answer = await real(url, request);
                  if (!url.includes('/payouts')) return answer;
                  window.fetch = real;
                  const broken = { start: (half) => { half.enqueue(new Uint8Array([123])); half.error(new TypeError('cut')); } };
                  return new Response(new ReadableStream(broken), answer);
                };
                """);

        browser.follow("Payouts");
        browser.sees("The service cannot be reached. Check the connection, then try again.");
        browser.press("Try again");
        browser.sees("Refresh");
        browser.seesNot("The service cannot be reached.");
    }

    /** Amounts have a point before their cents whatever the browser speaks, and so counts mean no fraction by one. */
    @Test
    void readsCountsAsAmountsAreWritten() {
        browser.speaks("de-DE");
        as(given.admin(), "/console");
        Object written = browser.script("""
                const main = document.querySelector('script[type=module]').src;
                return import(main.replace('main.js', 'ui/chart.js')).then(({ number }) => number(1234.5));
                """);
        browser.speaks("en-GB");

        assertThat(written).isEqualTo("1,234.5");
    }
}
