package com.clicknback.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.PayoutScenario;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.Session;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** Finance pays out what shoppers have earned. */
class FinanceStoryTest extends Story {
    FinanceStoryTest(TestService service, Scenario given) {
        super(service, given);
    }

    @Test
    void paysOutInTwoStepsAndSeesTheEffectBeforeEach() {
        Session shopper = given.payouts().userWith("31.70");
        String payout = given.payouts().payout(shopper, "31.70");

        as(given.admin(), "/console/payouts?user_id=" + shopper.userId());
        browser.sees("31.70");
        browser.sees(shopper.email());
        browser.sees("3000");
        assertThat(browser.visibleText()).doesNotContain(PayoutScenario.IBAN, PayoutScenario.HOLDER);
        browser.inspect("payouts");

        browser.open("/console/payouts/" + payout);
        browser.press("Take to processing…");
        browser.sees("No money moves: 31.70 EUR stay reserved.");
        browser.sees("The wallet now: available 0.00, reserved 31.70, paid out 0.00.");
        browser.inspect("payout-processing");
        browser.fill("Reference of the bank", "sepa-7781");
        browser.press("Take to processing");
        browser.sees("The payout is processing.");

        browser.press("Complete…");
        browser.sees("31.70 EUR leave the reserved balance and count as paid out. This is final.");
        browser.press("Complete");
        browser.sees("The payout is completed.");
        browser.sees("sepa-7781");
        browser.sees("The state is final.");
        browser.inspect("payout");
        assertThat(given.payouts().wallet(shopper)).isEqualTo("pending 0.00 available 0.00 reserved 0.00 paid 31.70");
    }

    @Test
    void takesTwoForALargePayout() {
        Session shopper = given.payouts().userWith("600.00");
        String payout = given.payouts().payout(shopper, "600.00");
        Session first = given.newAdmin();
        Session second = given.newAdmin();

        as(first, "/console/payouts/" + payout);
        browser.press("Complete…");
        browser.sees("A large payout takes two: one takes it to processing, another completes it.");
        browser.fill("Reference of the bank", "sepa-7790");
        browser.press("Complete");
        browser.sees("Take it to processing, then ask a colleague to complete it.");
        browser.press("Cancel");
        browser.press("Take to processing…");
        browser.press("Take to processing");
        browser.sees("Processing by you.");
        browser.press("Complete…");
        browser.sees("You took it to processing yourself. If it is a large one, a colleague has to complete it.");
        browser.fill("Reference of the bank", "sepa-7790");
        browser.press("Complete");
        browser.sees("FOUR_EYES_REQUIRED");
        browser.sees("processing. Ask a colleague to complete it.");
        browser.inspect("payout-four-eyes");

        as(second, "/console/payouts/" + payout);
        browser.sees("Processing by " + first.email());
        browser.press("Complete…");
        browser.fill("Reference of the bank", "sepa-7790");
        browser.press("Complete");
        browser.sees("The payout is completed.");
        browser.sees("Completed by you.");
        assertThat(given.payouts().wallet(shopper)).isEqualTo("pending 0.00 available 0.00 reserved 0.00 paid 600.00");
    }

    /** A click that is a double click, and an answer that gets lost on its way. */
    @Test
    void paysOnceThoughTheAnswerIsLost() {
        Session shopper = given.payouts().userWith("18.00");
        String payout = given.payouts().payout(shopper, "18.00");
        as(given.admin(), "/console/payouts/" + payout);
        browser.press("Complete…");
        browser.fill("Reference of the bank", "sepa-7795");
        browser.script("""
                const real = window.fetch;
                window.sent = 0;
                window.fetch = async (url, request) => {
                  const answer = await real(url, request);
                  if (request.method !== 'PATCH') return answer;
                  window.sent++;
                  throw new TypeError('lost');
                };
                const button = document.querySelector('dialog button.main');
                button.click();
                button.click();
                """);

        browser.sees("The answer is missing, so it may be done all the same. Close this and refresh to see.");
        assertThat(browser.script("return window.sent")).isEqualTo(1L);
        browser.inspect("payout-answer-lost");
        browser.press("Cancel");
        browser.press("Refresh");
        browser.sees("Completed by you.");
        browser.sees("The state is final.");
        assertThat(given.payouts().wallet(shopper)).isEqualTo("pending 0.00 available 0.00 reserved 0.00 paid 18.00");
    }

    @Test
    void handlesNoPayoutOfTheirOwn() {
        Session admin = given.newAdmin();
        given.payouts().earn(admin, "30.00");
        String payout = given.payouts().payout(admin, "30.00");

        as(admin, "/console/payouts/" + payout);

        browser.sees("This payout is your own: a colleague has to handle it.");
    }

    @Test
    void givesTheMoneyBackWhenThePayoutFails() {
        Session shopper = given.payouts().userWith("15.00");
        String payout = given.payouts().payout(shopper, "15.00");

        as(given.admin(), "/console/payouts/" + payout);
        browser.press("Fail…");
        browser.sees("15.00 EUR go back from the reserved to the available balance");
        browser.fill("Reason, which the user can read", "The account is closed.");
        browser.press("Fail");

        browser.sees("The payout is failed.");
        browser.sees("The account is closed.");
        assertThat(given.payouts().wallet(shopper)).isEqualTo("pending 0.00 available 15.00 reserved 0.00 paid 0.00");
    }

    @Test
    void readsThatSomebodyElseWasFaster() {
        Session shopper = given.payouts().userWith("12.00");
        String payout = given.payouts().payout(shopper, "12.00");

        as(given.admin(), "/console/payouts/" + payout);
        browser.press("Complete…");
        browser.fill("Reference of the bank", "sepa-7782");
        given.payouts().setStatus(payout, JsonObject.of("status", "completed")).expect(200);
        browser.press("Complete");

        browser.sees("INVALID_PAYOUT_TRANSITION");
    }
}
