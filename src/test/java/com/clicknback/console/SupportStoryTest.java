package com.clicknback.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.PartnerPurchase;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.Session;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
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
        browser.sees("20.00, of which 13.00 were used. So 13.00 of the 20.00 were cut.");
        browser.sees("Next: Verification confirms or rejects the purchase, or tries again later. Due ");
        browser.sees("\"amount\": \"200.00\"");
        browser.inspect("purchase");
    }

    @Test
    void reversesAPurchaseAfterSeeingTheEffect() {
        Session shopper = given.user();
        UUID merchant = given.merchant();
        given.offer(merchant, "percent", "5", "20.00");
        UUID purchase = given.buyCredited(shopper, merchant, "100.00");

        browser.open("/console/purchases/" + purchase);
        browser.press("Reverse…");
        browser.sees("Pending 5.00 → 0.00");
        browser.sees("Used of the cap of 20.00 for ");
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

        String shop = given.purchase(purchase).getString("merchant_name");
        browser.key("/");
        browser.typeAndEnter(shop.toUpperCase(Locale.ROOT));
        browser.sees("5 % without an offer");

        browser.key("/");
        browser.typeAndEnter("no-such-number");
        browser.sees("Nothing has the id, number, e-mail or name “no-such-number”.");
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
    void readsWhatWasReportedFirstThoughItWasCorrected() {
        PartnerPurchase bought = given.partnerPurchase("100.00");
        UUID purchase = bought.arriveCredited();
        bought.tell(bought.correction(1, "c-1", "60.00")).expect(200);

        browser.open("/console/purchases/" + purchase);
        browser.sees("a purchase of 100.00 EUR. No offer was in force; the merchant’s default gives 5 %: 5.00.");
        browser.sees("the cashback fell from 5.00 to 3.00");
        browser.sees("60.00 EUR");
    }

    @Test
    void seesTheClickThatAPurchaseCameBy() {
        Session shopper = given.user();
        UUID merchant = given.trackedMerchant("5", 30);
        String click = given.as(shopper)
                .post("/users/me/clicks", JsonObject.of("merchant_id", merchant.toString()))
                .expect(201)
                .json()
                .getString("id");
        JsonObject bought = given.purchase(shopper.userId(), merchant, "40.00").put("click_id", click);
        String purchase =
                given.report(given.partner(), bought).expect(201).json().getString("id");

        browser.open("/console/purchases/" + purchase);
        browser.sees("The user went to the shop by a click. The terms are those of the click " + click);
        browser.sees("\"click_id\": \"" + click + "\"");
        browser.sees(shopper.email());
        browser.inspect("purchase-click");

        browser.follow(shopper.email());
        browser.sees("Clicks");
        browser.sees(click);
        browser.sees("A purchase counts until");
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
