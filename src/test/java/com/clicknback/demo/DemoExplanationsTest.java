package com.clicknback.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Session;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Explanations of demo data, which have no audit rows. */
class DemoExplanationsTest {
    private static TestService service;
    private static ApiClient carol;

    @BeforeAll
    static void start() {
        service = TestService.start(
                TestServer.shared().createMigratedDatabase(), new TestClock(), Map.of("CLICKNBACK_SEED_DEMO", "true"));
        JsonObject credentials = JsonObject.of("email", "carol@clicknback.com", "password", Session.PASSWORD);
        carol = service.api()
                .withToken(service.api()
                        .post("/auth/login", credentials)
                        .expect(200)
                        .json()
                        .getString("access_token"));
        service.runVerification();
    }

    @AfterAll
    static void close() {
        service.close();
    }

    private static JsonObject explain(String id) {
        return carol.get("/purchases/" + id + "/explanation").expect(200).json();
    }

    private static String id(String series, int number) {
        return String.format(Locale.ROOT, "%s000001-0000-0000-0000-%012d", series, number);
    }

    private static List<String> states(JsonObject explanation) {
        return explanation.getJsonArray("history").stream()
                .map(JsonObject.class::cast)
                .map(change -> change.getString("to") + " by " + change.getString("actor_type"))
                .toList();
    }

    @Test
    void explainsEveryPurchase() {
        List<UUID> ids = service.sql().column("SELECT id FROM purchases");

        assertThat(ids).hasSize(19);
        for (UUID id : ids) {
            JsonObject purchase = carol.get("/purchases/" + id).expect(200).json();
            JsonObject explanation = explain(id.toString());
            List<String> states = states(explanation);
            assertThat(states.get(states.size() - 1)).startsWith(purchase.getString("status"));
            assertThat(explanation.getString("cashback_amount")).isEqualTo(purchase.getString("cashback_amount"));
            boolean cut = id.toString().equals(id("aa", 13));
            assertThat(explanation.getJsonObject("credit").getString("amount"))
                    .isEqualTo(
                            cut
                                    ? "50.00"
                                    : explanation.getJsonObject("calculation").getString("cashback"));
            assertThat(explanation.getJsonObject("calculation").getString("rounded"))
                    .isEqualTo(explanation.getJsonObject("calculation").getString("cashback"));
            assertThat(explanation.getJsonObject("cap").getBoolean("cut")).isEqualTo(cut);
        }
    }

    @Test
    void tellsTheHoldTheCorrectionAndTheClick() {
        JsonObject held = explain(id("aa", 14));
        assertThat(held.getString("cashback_status")).isEqualTo("held");
        assertThat(held.getJsonObject("hold").getString("message")).contains("held for 30 days");
        assertThat(held.getJsonObject("next").getString("step")).isEqualTo("release");
        JsonObject corrected = explain(id("aa", 15));
        assertThat(corrected.getString("cashback_amount")).isEqualTo("6.50");
        assertThat(corrected.getJsonArray("changes").getJsonObject(0).getString("message"))
                .isEqualTo("A correction set the amount from 200.00 to 100.00, of which 100.00 is kept and earns 6.50"
                        + " before the cap: the cashback fell from 13.00 to 6.50.");
        assertThat(explain(id("aa", 2)).getJsonObject("click").getBoolean("terms_applied"))
                .isTrue();
    }

    @Test
    void infersWhatIsNotOnRecord() {
        assertThat(states(explain(id("aa", 5)))).containsExactly("pending by user", "confirmed by null");
        assertThat(states(explain(id("aa", 6)))).containsExactly("pending by user", "reversed by null");
        assertThat(states(explain(id("aa", 1)))).containsExactly("pending by user", "confirmed by system");
    }

    @Test
    void saysThatTheDemoFlagsHoldPurchasesBack() {
        for (String id : List.of(id("bb", 1), id("cc", 1))) {
            assertThat(explain(id).getJsonObject("next").getString("step")).isEqualTo("held");
        }
    }
}
