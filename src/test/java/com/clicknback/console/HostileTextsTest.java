package com.clicknback.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.Scenario;
import com.clicknback.testing.Session;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Texts of partners and of colleagues are texts, however long they are and whatever they look like. */
class HostileTextsTest extends Story {
    private static final String MARKUP = "<script>window.taken = 1</script><img src=x onerror='window.taken = 2'>";

    private static final String ARABIC = "\u0645\u0631\u062d\u0628\u0627";

    /** From right to left, turned round, joined by nothing that is seen, beyond the first plane. */
    private static final String STRANGE = ARABIC + " \u202eevil\u202c x\u200b\u200d\ud83e\udd21";

    private static final String LONG = "W".repeat(120);

    HostileTextsTest(TestService service, Scenario given) {
        super(service, given);
    }

    @Test
    void showsNamesAsTheyAre() {
        String name = Scenario.unique(MARKUP + ARABIC + LONG);
        String merchant = given.asAdmin()
                .post("/merchants", JsonObject.of("name", name, "default_cashback_percentage", 5))
                .expect(201)
                .json()
                .getString("id");
        Session shopper = given.user();
        UUID purchase = given.buyCredited(shopper, UUID.fromString(merchant), "40.00");
        String reason = MARKUP + STRANGE + LONG;
        given.asAdmin()
                .post("/purchases/" + purchase + "/rejection", JsonObject.of("reason", reason))
                .expect(200);
        given.asAdmin()
                .put(
                        "/feature-flags/"
                                + Scenario.unique("k")
                                        .toLowerCase(java.util.Locale.ROOT)
                                        .replace('-', '_'),
                        JsonObject.of(
                                "enabled", true, "scope_type", "merchant", "scope_id", merchant, "description", reason))
                .expect(200);

        as(given.admin(), "/console/merchants/" + merchant);
        shows("hostile-merchant", "<script>window.taken = 1</script>");
        browser.open("/console/merchants");
        shows("hostile-merchants", "<script>window.taken = 1</script>");
        browser.open("/console/purchases/" + purchase);
        shows("hostile-purchase", "onerror='window.taken = 2'>");
        browser.open("/console/users/" + shopper.userId());
        shows("hostile-user", "<script>window.taken = 1</script>");
        browser.open("/console/flags");
        shows("hostile-flags", "onerror='window.taken = 2'>");
        browser.open("/console/audit?resource_id=" + purchase);
        shows("hostile-audit", "onerror='window.taken = 2'>");

        as(shopper, "/app");
        shows("hostile-shopper", "<script>window.taken = 1</script>");
        browser.open("/app/purchases/" + purchase);
        shows("hostile-shopper-purchase", "onerror='window.taken = 2'>");
    }

    private void shows(String screen, String text) {
        browser.sees(text);
        browser.inspect(screen);
        assertThat(browser.script(
                                "return [window.taken ?? null, document.querySelectorAll('#root script, #root img').length]")
                        .toString())
                .isEqualTo("[null, 0]");
        assertThat(browser.script("return getComputedStyle(document.querySelector('main a, main strong')).unicodeBidi"))
                .isEqualTo("isolate");
    }
}
