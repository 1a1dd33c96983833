package com.clicknback.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DemoBannerTest {
    private static final String BASE = "http://localhost:8080";
    private static final String SECRET = "whsec_Y2xpY2tuYmFjay1kZW1vLXBhcnRuZXItc2VjcmV0LTE=";

    /** A word of bash in which nothing is special but the single quotes around it, or nothing at all. */
    private static final Pattern WORD = Pattern.compile("'([^']*)'|([A-Za-z-]+)");

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
                        "alice@clicknback.com",
                        "carol@clicknback.com",
                        "Str0ng!Pass",
                        "ee000001-0000-0000-0000-000000000001",
                        SECRET);
    }

    @Test
    void showsACommandWhoseSignatureMatchesTheBytesItSends() throws WebhookVerificationException {
        List<String> words = words(command());
        Map<String, List<String>> headers = headers(words);
        String body = words.get(words.indexOf("--data-binary") + 1);

        new Webhook(SECRET).verify(body, headers);
        assertThat(headers.get("content-type")).containsExactly("application/json");
        assertThat(words.get(words.size() - 1))
                .isEqualTo(BASE + "/api/v1/webhooks/ee000001-0000-0000-0000-000000000001/purchases");
    }

    @Test
    void reportsThatAliceBoughtFor100EurAtShoply() {
        List<String> words = words(command());
        JsonObject body = new JsonObject(words.get(words.indexOf("--data-binary") + 1));

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
        Matcher found = Pattern.compile("\"external_id\":\"([^\"]+)\"").matcher(banner);
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private String command() {
        List<String> commands =
                text.lines().filter(line -> line.startsWith("curl ")).toList();
        assertThat(commands).hasSize(1);
        return commands.get(0);
    }

    private static List<String> words(String command) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(command);
        int end = 0;
        while (word.find()) {
            assertThat(command.substring(end, word.start())).isIn("", " ");
            words.add(word.group(1) == null ? word.group(2) : word.group(1));
            end = word.end();
        }
        assertThat(end).isEqualTo(command.length());
        return words;
    }

    private static Map<String, List<String>> headers(List<String> words) {
        Map<String, List<String>> headers = new HashMap<>();
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).equals("-H")) {
                String[] nameAndValue = words.get(i + 1).split(": ", 2);
                headers.put(nameAndValue[0], List.of(nameAndValue[1]));
            }
        }
        return headers;
    }
}
