package com.clicknback.clicks;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.TestConfig;
import com.clicknback.testing.Debian;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The five lines on the page about clicks, run as they stand there. */
@ExtendWith(ServiceExtension.class)
class ClicksPageTest {
    private static final int END_S_MAX = 60;
    private static final int LINES = 5;

    private final TestService service;
    private final String receipt;
    private final UUID merchant;

    @TempDir
    private Path folder;

    ClicksPageTest(TestService service, Scenario given) {
        this.service = service;
        this.merchant = given.trackedMerchant("5", 30);
        this.receipt = given.as(given.member())
                .post("/users/me/clicks", JsonObject.of("merchant_id", merchant.toString()))
                .expect(201)
                .json()
                .getString("receipt");
    }

    @BeforeAll
    static void requireNode() {
        Debian.requireCommand("node", "nodejs");
    }

    private static String snippet() throws IOException {
        Matcher fence =
                Pattern.compile("(?ms)^```js\n(.*?)^```$").matcher(Files.readString(Path.of("docs", "clicks.md")));
        assertThat(fence.find()).isTrue();
        assertThat(fence.group(1).lines()).hasSize(LINES);
        return fence.group(1);
    }

    private String verify(String text, TestService publisher) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("verify.js"), snippet());
        Files.writeString(folder.resolve("receipt"), text + "\n");
        Files.writeString(
                folder.resolve("jwks.json"),
                publisher.api().get("/.well-known/jwks.json").expect(200).text());
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder("node", "verify.js", "receipt", "jwks.json")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(END_S_MAX, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended).isTrue();
        return Files.readString(output, StandardCharsets.UTF_8).strip();
    }

    @Test
    void verifiesAReceiptAndNoForgery() throws Exception {
        assertThat(new JsonObject(verify(receipt, service)).getString("merchant_id"))
                .isEqualTo(merchant.toString());
        String forged = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        new JsonObject().put("cashback_value", 99).toBuffer().getBytes());
        assertThat(verify(receipt.replaceFirst("\\.[^.]+\\.", "." + forged + "."), service))
                .isEqualTo("forged");
    }

    @Test
    void verifiesAReceiptAfterTheRotationOfTheKey() throws Exception {
        String next = Base64.getEncoder().encodeToString(new byte[32]);
        try (TestService rotated = service.another(
                Map.of("CLICKNBACK_RECEIPT_KEY", next, "CLICKNBACK_RECEIPT_OLD_KEYS", TestConfig.RECEIPT_KEY))) {
            assertThat(new JsonObject(verify(receipt, rotated)).getString("merchant_id"))
                    .isEqualTo(merchant.toString());
        }
    }
}
