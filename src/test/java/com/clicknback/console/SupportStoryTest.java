package com.clicknback.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.PartnerPurchase;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.Session;
import com.clicknback.testing.TestService;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** A support agent is asked where somebody's cashback is. */
class SupportStoryTest extends Story {
    SupportStoryTest(TestService service, Scenario given) {
        super(service, given);
    }

    @BeforeEach
    void signIn() {
        as(given.admin(), "/console");
    }

    @Test
    void tellsWhyAPurchaseEarnedLessThanItsPercentage() {
        Session shopper = given.user();
        UUID merchant = given.merchant();
        given.offer(merchant, "percent", "10", "20.00");
        given.buy(shopper, merchant, "130.00");
        UUID cut = given.buy(shopper, merchant, "200.00");
        service.awaitCredits();

        browser.open("/console/purchases/" + cut);

        browser.sees("The offer in force gives 10 %: 20.00.");
        browser.sees("Credited to the wallet: 7.00, all that was left of the cap");
        browser.sees("20.00, of which 13.00 were used.");
        browser.sees("\"amount\": \"200.00\"");
        browser.inspect("purchase");
    }

    @Test
    void reversesAPurchaseAfterSeeingTheEffect() {
        Session shopper = given.user();
        UUID purchase = given.buy(shopper, given.merchant("5"), "100.00");
        service.awaitCredits();

        browser.open("/console/purchases/" + purchase);
        browser.press("Reverse…");
        browser.sees("Pending 5.00 → 0.00");
        browser.inspect("reversal");
        browser.fill("Reason, which the user can read", "Goods returned.");
        browser.press("Reverse");

        browser.sees("is reversed.");
        browser.sees("The reason given: “Goods returned.”");
        browser.sees("The state is final.");
        assertThat(given.purchase(purchase).getString("status")).isEqualTo("reversed");
    }

    @Test
    void confirmsOnePurchaseAndRejectsAnother() {
        Session shopper = given.user();
        UUID merchant = given.merchant("5");
        UUID good = given.buyCredited(shopper, merchant, "100.00");
        UUID bad = given.buyCredited(shopper, merchant, "40.00");

        browser.open("/console/purchases/" + good);
        browser.press("Confirm…");
        browser.sees("The cashback of 5.00 becomes available to the user.");
        browser.press("Confirm");
        browser.sees("is confirmed.");

        browser.open("/console/purchases/" + bad);
        browser.press("Reject…");
        browser.sees("The user gets none of the 2.00 that are pending.");
        browser.fill("Reason, which the user can read", "Cancelled by the shop.");
        browser.press("Reject");
        browser.sees("is rejected.");
        browser.sees("The reason given: “Cancelled by the shop.”");
        assertThat(given.payouts().wallet(shopper)).isEqualTo("pending 0.00 available 5.00 reserved 0.00 paid 0.00");
    }

    @Test
    void findsAPurchaseByItsNumberWithTheKeyboardAlone() {
        Session shopper = given.user();
        UUID purchase = given.buy(shopper, given.merchant("5"), "61.31");
        String number = given.purchase(purchase).getString("external_id");

        browser.sees("Purchases");
        browser.key("/");
        browser.typeAndEnter(number);
        browser.sees("61.31 EUR");
        assertThat(browser.path()).isEqualTo("/console/purchases/" + purchase);

        browser.key("/");
        browser.typeAndEnter("no-such-number");
        browser.sees("Nothing has the id, number or e-mail “no-such-number”.");
        browser.inspect("find");
    }

    @Test
    void answersWhereTheCashbackIsAndConfirmsItByKeyboardAlone() {
        Session shopper = given.user();
        UUID merchant = given.merchant();
        given.offer(merchant, "percent", "10", "20.00");
        given.buy(shopper, merchant, "130.00");
        UUID cut = given.buyCredited(shopper, merchant, "200.00");

        browser.sees("Purchases");
        browser.key("/");
        browser.typeAndEnter(cut.toString());
        browser.sees("The offer in force gives 10 %: 20.00.");
        browser.sees("Credited to the wallet: 7.00, all that was left of the cap");
        browser.tabTo("Confirm…");
        browser.type(Keys.ENTER);
        browser.sees("The cashback of 7.00 becomes available to the user.");
        browser.sees("The wallet now: pending 20.00, available 0.00.");
        browser.inspect("confirmation");
        browser.tabTo("Confirm");
        browser.type(Keys.ENTER);
        browser.sees("is confirmed.");
        assertThat(given.payouts().wallet(shopper)).isEqualTo("pending 13.00 available 7.00 reserved 0.00 paid 0.00");
    }

    @Test
    void comesBackToWhereADialogWasOpened() {
        UUID purchase = given.buyCredited(given.user(), given.merchant("5"), "100.00");
        browser.open("/console/purchases/" + purchase);
        browser.sees("Confirm…");
        browser.tabTo("Reject…");
        browser.type(Keys.ENTER);
        browser.sees("The user gets none of the 5.00 that are pending.");
        browser.type(Keys.ESCAPE);
        browser.seesNot("The user gets none");

        assertThat(browser.focus()).isEqualTo("Reject…");
    }

    @Test
    void readsHowARefundChangedTheCashback() {
        PartnerPurchase bought = given.partnerPurchase("100.00");
        UUID purchase = bought.arriveCredited();
        bought.tell(bought.refund(1, "r-1", "40.00")).expect(200);

        browser.open("/console/purchases/" + purchase);
        browser.sees("Reported by the partner");
        browser.sees("the cashback fell from 5.00 to 3.00");
    }

    @Test
    void walksTheListOfPurchasesByState() {
        Session shopper = given.user();
        given.buy(shopper, given.merchant("5"), "61.30");

        browser.open("/console/purchases?user_id=" + shopper.userId());
        browser.sees("61.30");
        browser.inspect("purchases");
        browser.choose("State", "confirmed");

        browser.sees("No purchase fits.");
    }

    @Test
    void readsWhatIsWrongAndWhatToDoWhenNothingIsThere() {
        browser.open("/console/purchases/" + UUID.randomUUID());

        browser.sees("NOT_FOUND");
        browser.sees("There is nothing at this address.");
        browser.inspect("not-found");
    }
}
