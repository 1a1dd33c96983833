package com.clicknback.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Session;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tour of the README, pasted as it stands into the interactive shells that readers have. */
class ReadmeTourTest {
    private static final Pattern TOUR = Pattern.compile("(?s)\n## A tour.*?(?=\n## )");
    private static final Pattern BLOCK = Pattern.compile("(?s)```sh\n(.*?)```");
    /** One in four random secrets will do. */
    private static final int PARTNERS_MAX = 100;

    private static final String CHECK = "-Dexec.args=check";

    private static TestService service;

    @BeforeAll
    static void start() {
        service = TestService.start(
                TestServer.shared().createMigratedDatabase(), new TestClock(), Map.of("CLICKNBACK_SEED_DEMO", "true"));
    }

    @AfterAll
    static void close() {
        service.close();
    }

    /** The blocks of the tour, addressed to this test's service. */
    private static List<String> tour() throws IOException {
        String section = TOUR.matcher(Files.readString(Path.of("README.md")))
                .results()
                .findFirst()
                .orElseThrow()
                .group();
        return BLOCK.matcher(section)
                .results()
                .map(block -> block.group(1).strip().replace("http://localhost:8080", service.url()))
                .filter(block -> !block.contains(CHECK))
                .toList();
    }

    @Test
    void needsNoCommentsAndNoHistory() throws IOException {
        assertThat(tour())
                .hasSize(8)
                .allSatisfy(block ->
                        assertThat(block.lines()).noneMatch(line -> line.startsWith("#") || line.contains(" # ")));
    }

    @ParameterizedTest
    @CsvSource({"bash, bash --norc --noprofile -i", "zsh, zsh -f -i"})
    void worksWhenPastedInto(String shell, String command, @TempDir Path folder) throws IOException {
        assumeTrue(Terminal.has(shell), shell + ", script, curl or openssl is not installed");
        List<String> blocks = tour();
        try (Terminal terminal = Terminal.open(folder, command)) {
            assertThat(terminal.paste(blocks.get(0))).contains("\"available_balance\":");
            assertThat(terminal.paste(blocks.get(1)))
                    .contains("\"status\":\"pending\"", "\"cashback_amount\":\"5.00\"");
            service.awaitCredits();
            assertThat(terminal.paste(blocks.get(2))).contains("\"pending_balance\":", "EXTERNAL_ID_REUSED");
            assertThat(terminal.paste(blocks.get(3))).contains("\"accepted\"", "\"rejected\"");
            assertThat(terminal.paste(blocks.get(4)))
                    .contains("\"cashback_amount\":\"2.00\"", "VALIDATION_ERROR", "\"external_id\"");
            assertThat(terminal.paste(blocks.get(5))).contains("\"calculation\":", "\"journal\":", "\"in_force\":true");
            assertThat(terminal.paste(blocks.get(6)))
                    .contains("\"cut\":true", "so the cap cut ", "its cashback is held for 30 days")
                    .contains("A correction set the amount from 200.00 to 100.00")
                    .contains("The terms are those of the click");
            assertThat(terminal.paste(blocks.get(7)))
                    .contains("\"status\":\"confirmed\"", "\"status\":\"reversed\"", "PURCHASE_REVERSED");
            assertThat(terminal.paste(asNewPartner())).contains("\"cashback_amount\":\"5.00\"");
        }
    }

    /** Continues the tour as a partner that the API made, with the secret that it answered. */
    private static String asNewPartner() {
        ApiClient api = service.api();
        JsonObject credentials = JsonObject.of("email", "carol@clicknback.com", "password", Session.PASSWORD);
        ApiClient carol = api.withToken(
                api.post("/auth/login", credentials).expect(200).json().getString("access_token"));
        // Its base64 has every character that a shell or an option of a program might take for its own.
        JsonObject partner = Stream.generate(() -> carol.post("/partners", JsonObject.of("name", "A real one"))
                        .expect(201)
                        .json())
                .limit(PARTNERS_MAX)
                .filter(made -> Stream.of("+", "/", "=").allMatch(made.getString("secret")::contains))
                .findFirst()
                .orElseThrow();
        return "PARTNER=" + partner.getString("id") + "\nSECRET=" + partner.getString("secret")
                + "\ndeliver purchases \"$EVENT\"";
    }
}
