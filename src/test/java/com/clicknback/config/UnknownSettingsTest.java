package com.clicknback.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.TestConfig;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names that no setting has: each is a problem that says which name is nearest. */
class UnknownSettingsTest {
    private final JsonObject tree = TestConfig.defaults();

    private List<String> problems() {
        return Problem.linesOf(tree);
    }

    @ParameterizedTest
    @CsvSource({
        "CLICKNBACK_HTTP_PROT, CLICKNBACK_HTTP_PORT",
        "CLICKNBACK_PORT, CLICKNBACK_HTTP_PORT",
        "CLICKNBACK_http_port, CLICKNBACK_HTTP_PORT",
        "CLICKNBACK_HTTP__PORT, CLICKNBACK_HTTP_PORT",
        "CLICKNBACK_DATABASE_URI, CLICKNBACK_DATABASE_URL",
        "CLICKNBACK_DATABASE_URL_FILES, CLICKNBACK_DATABASE_URL_FILE",
        "CLICKNBACK_JWT_SECRETS, CLICKNBACK_JWT_SECRET",
        "CLICKNBACK_ENCRYPTION_OLD_KEY, CLICKNBACK_ENCRYPTION_OLD_KEYS",
        "CLICKNBACK_VERIFICATION_INTERVAL, CLICKNBACK_VERIFICATION_INTERVAL_SECONDS",
        "CLICKNBACK_DATABASE, CLICKNBACK_DATABASE_URL",
        "CLICKNBACK_LOG_LEVEL_FILE, CLICKNBACK_LOG_LEVEL"
    })
    void refusesVariablesOfItsPrefixThatItDoesNotKnow(String variable, String nearest) {
        tree.put(variable, "anything");

        assertThat(problems()).containsExactly(variable + " is no setting of this service; the nearest is " + nearest);
    }

    @Test
    void anUnknownVariableIsOneEvenWhenEmpty() {
        tree.put("CLICKNBACK_HTTP_PROT", "");

        assertThat(problems()).hasSize(1);
    }

    /** A network service named like the prefix lends its name to these. */
    @ParameterizedTest
    @CsvSource({
        "CLICKNBACK_SERVICE_HOST, 10.0.0.1",
        "CLICKNBACK_SERVICE_PORT, 8080",
        "CLICKNBACK_SERVICE_PORT_API, 8080",
        "CLICKNBACK_PORT, tcp://10.0.0.1:8080",
        "CLICKNBACK_PORT_8080_TCP, tcp://10.0.0.1:8080",
        "CLICKNBACK_PORT_8080_TCP_PROTO, tcp",
        "CLICKNBACK_PORT_8080_TCP_PORT, 8080",
        "CLICKNBACK_PORT_8080_TCP_ADDR, 10.0.0.1",
        "CLICKNBACK_DB_SERVICE_HOST, 10.0.0.1",
        "CLICKNBACK_DB_PORT, tcp://10.0.0.1:5432",
        "CLICKNBACK_DB_PORT_5432_TCP_ADDR, 10.0.0.1"
    })
    void letsVariablesBeThatAnOrchestratorSets(String variable, String value) {
        tree.put(variable, value);

        assertThat(problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http, prot, http.port",
        "htpp, port, http.port",
        "rate_limit, logins, rate_limit.login",
        "database, poolSize, database.pool_size",
        "payout, maximum30_days, payout.maximum_30_days"
    })
    void refusesNamesInTheLocalFileThatItDoesNotKnow(String section, String member, String nearest) {
        tree.mergeIn(JsonObject.of(section, JsonObject.of(member, 1)), true);

        assertThat(problems())
                .containsExactly("%s.%s in conf/local.yaml is no setting of this service; the nearest is %s"
                        .formatted(section, member, nearest));
    }

    @Test
    void refusesNamesInCapitalsInTheLocalFileToo() {
        tree.put("HTTP_PORT", 8081);
        tree.put("logs", new JsonObject());

        assertThat(problems())
                .containsExactlyInAnyOrder(
                        "HTTP_PORT in conf/local.yaml is no setting of this service; the nearest is http.port",
                        "logs in conf/local.yaml is no setting of this service; the nearest is log.level");
    }

    @Test
    void aValueWhereASectionBelongsIsOneProblem() {
        tree.put("http", 8080);
        tree.putNull("log");

        assertThat(problems())
                .containsExactlyInAnyOrder(
                        "http in conf/local.yaml must be a section of settings, not a value",
                        "log in conf/local.yaml must be a section of settings, not a value");
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', 0",
        "a, '', 1",
        "'', abc, 3",
        "port, port, 0",
        "prot, port, 2",
        "kitten, sitting, 3",
        "flaw, lawn, 2"
    })
    void countsTheCharactersToChange(String a, String b, int distance) {
        assertThat(Nearest.distance(a, b)).isEqualTo(distance);
        assertThat(Nearest.distance(b, a)).isEqualTo(distance);
    }
}
