package com.clicknback.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.TestConfig;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Demo data and published secrets stay on this machine unless the operator says otherwise. */
class OpenDemoTest {
    private static final Pattern DEFAULT = Pattern.compile("(CLICKNBACK_[A-Z_]+): \\$\\{CLICKNBACK_[A-Z_]+:-([^}]*)}");
    private static final String OPEN = "CLICKNBACK_DEMO_OPEN_TO_NETWORK";

    private final JsonObject tree = TestConfig.defaults();

    private String listensOn() {
        return Configuration.of(tree).httpHost();
    }

    @Test
    void theDemoListensOnThisMachineOnly() {
        assertThat(listensOn()).isEqualTo("127.0.0.1");

        tree.put("CLICKNBACK_SEED_DEMO", "false");
        assertThat(listensOn()).isEqualTo("0.0.0.0");
    }

    @ParameterizedTest
    @CsvSource({
        "CLICKNBACK_HTTP_HOST, 0.0.0.0, http.host",
        "CLICKNBACK_HTTP_HOST, ::, http.host",
        "CLICKNBACK_HTTP_HOST, 192.168.1.7, http.host",
        "CLICKNBACK_HTTP_HOST, shop.example, http.host",
        "CLICKNBACK_MANAGEMENT_HOST, 0.0.0.0, management.host"
    })
    void theDemoIsNotServedToTheNetworkUnlessThatIsSaid(String variable, String host, String path) {
        tree.put(variable, host);

        assertThat(Problem.linesOf(tree))
                .singleElement()
                .asString()
                .startsWith(path + " (" + variable + ") lets the network in to demo data")
                .contains("demo_open_to_network");
        tree.put(OPEN, "true");
        assertThat(Problem.linesOf(tree)).isEmpty();
    }

    @Test
    void aDemoThatIsOpenListensOnAllAddresses() {
        tree.put(OPEN, "true");

        assertThat(listensOn()).isEqualTo("0.0.0.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "127.9.9.9", "::1", "[::1]", "LocalHost"})
    void theDemoMayHaveAnyAddressOfThisMachine(String host) {
        tree.put("CLICKNBACK_HTTP_HOST", host).put("CLICKNBACK_MANAGEMENT_HOST", host);

        assertThat(Problem.linesOf(tree)).isEmpty();
    }

    /** Also those that the file gets later. */
    @Test
    void eachSecretOfComposeIsRefusedBeyondThisMachine() throws IOException {
        Map<String, String> published = new TreeMap<>();
        Matcher defaults = DEFAULT.matcher(Files.readString(Path.of("docker-compose.yml")));
        while (defaults.find()) {
            published.put(defaults.group(1), defaults.group(2));
        }
        published
                .keySet()
                .removeIf(variable -> Setting.ALL.stream()
                        .noneMatch(setting ->
                                setting.secret() && setting.variable().equals(variable)));
        assertThat(published)
                .containsKeys("CLICKNBACK_JWT_SECRET", "CLICKNBACK_ENCRYPTION_KEY", "CLICKNBACK_RECEIPT_KEY");
        tree.put("CLICKNBACK_SEED_DEMO", "false").put("CLICKNBACK_DATABASE_URL", "postgresql://db.example/shop");
        tree.put("CLICKNBACK_DATABASE_USER", "someone").put("CLICKNBACK_DATABASE_OWNER_USER", "another");
        published.forEach(tree::put);

        assertThat(Problem.linesOf(tree))
                .hasSameSizeAs(published.keySet())
                .allMatch(line -> line.contains(") is published: set your own"));
        tree.put("CLICKNBACK_HTTP_HOST", "127.0.0.1");
        assertThat(Problem.linesOf(tree)).isEmpty();
    }
}
