package com.clicknback.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoBannerTest {
    private static final String BASE = "http://localhost:8080";
    private static final String SECRET = "whsec_Y2xpY2tuYmFjay1kZW1vLXBhcnRuZXItc2VjcmV0LTE=";

    private final Instant now = Instant.now();
    private final String text = DemoBanner.text(BASE, "http://localhost:9090", now);

    @Test
    void tellsWhereEverythingIsAndHowToLogIn() {
        assertThat(text)
                .contains(
                        BASE + "/api/v1",
                        BASE + "/docs",
                        BASE + "/openapi.yaml",
                        "http://localhost:9090/metrics",
                        BASE + "/console",
                        "sign in as carol@clicknback.com, password Str0ng!Pass",
                        BASE + "/app",
                        "sign in as alice@clicknback.com, password Str0ng!Pass",
                        "CLICKNBACK_DEMO_TRAFFIC=50",
                        "ee000001-0000-0000-0000-000000000001",
                        SECRET);
    }

    @Test
    void showsACommandWhoseSignatureMatchesTheBytesItSends() throws Exception {
        PastedCommand command = PastedCommand.of(text);
        Map<String, List<String>> headers = new HashMap<>();
        command.headers().forEach((name, value) -> headers.put(name, List.of(value)));

        new Webhook(SECRET).verify(command.body(), headers);
        assertThat(command.headers()).containsEntry("content-type", "application/json");
        assertThat(command.url()).isEqualTo(BASE + "/api/v1/webhooks/ee000001-0000-0000-0000-000000000001/purchases");
    }

    @Test
    void reportsThatAliceBoughtFor100EurAtShoply() {
        JsonObject body = new JsonObject(PastedCommand.of(text).body());

        assertThat(body.getString("type")).isEqualTo("purchase.created");
        assertThat(Instant.parse(body.getString("timestamp"))).isBetween(now.minusSeconds(1), now);
        assertThat(body.getJsonObject("data").getMap())
                .containsEntry("user_id", "b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d")
                .containsEntry("merchant_id", "a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d")
                .containsEntry("amount", "100.00")
                .containsEntry("currency", "EUR");
    }

    @Test
    void namesAnotherPurchaseAtEachStart() {
        String later = DemoBanner.text(BASE, "http://localhost:9090", now.plusMillis(1));

        assertThat(externalId(later)).isNotEqualTo(externalId(text));
    }

    private static String externalId(String banner) {
        return new JsonObject(PastedCommand.of(banner).body())
                .getJsonObject("data")
                .getString("external_id");
    }
}
