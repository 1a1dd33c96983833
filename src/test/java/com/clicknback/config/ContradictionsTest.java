package com.clicknback.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.TestConfig;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings that are right by themselves and that nothing works with. */
class ContradictionsTest {
    private final JsonObject tree = TestConfig.defaults();

    @ParameterizedTest
    @CsvSource({
        "CLICKNBACK_HTTP_BODY_BYTES_MAX, 8388609, http.body_budget_bytes, 33554436",
        "CLICKNBACK_HTTP_BODY_BUDGET_BYTES, 4194303, http.body_budget_bytes, 4194304",
        "CLICKNBACK_PAYOUT_MINIMUM_AMOUNT, 1000.01, payout.minimum_amount, payout.maximum_30_days",
        "CLICKNBACK_PAYOUT_MAXIMUM_30_DAYS, 9.99, payout.minimum_amount, payout.maximum_30_days",
        "CLICKNBACK_HTTP_IDLE_TIMEOUT_SECONDS, 9, http.idle_timeout_seconds, database.statement_timeout_ms",
        "CLICKNBACK_DATABASE_STATEMENT_TIMEOUT_MS, 56000, http.idle_timeout_seconds, must be above 60",
        "CLICKNBACK_MANAGEMENT_PORT, 8080, management.port, http.port (8080)",
        "CLICKNBACK_HTTP_PORT, 9090, management.port, http.port (9090)",
        "CLICKNBACK_DATABASE_USER, o'brien, database.user, an apostrophe",
        "CLICKNBACK_DATABASE_OWNER_USER, o'brien, database.owner_user, an apostrophe"
    })
    void areToldInOneLine(String variable, String value, String path, String reason) {
        tree.put(variable, value);

        assertThat(Problem.linesOf(tree))
                .singleElement()
                .asString()
                .startsWith(path + " (" + Setting.variable(path) + ") ")
                .contains(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "CLICKNBACK_HTTP_BODY_BYTES_MAX, 8388608",
        "CLICKNBACK_HTTP_IDLE_TIMEOUT_SECONDS, 10",
        "CLICKNBACK_HTTP_BODY_BUDGET_BYTES, 4194304",
        "CLICKNBACK_PAYOUT_MINIMUM_AMOUNT, 1000.00"
    })
    void areNoneAtTheVeryLimit(String variable, String value) {
        tree.put(variable, value);

        assertThat(Problem.linesOf(tree)).isEmpty();
    }

    /** Each of these was taken, and ended a start or left the service without room for its own work. */
    @ParameterizedTest
    @CsvSource({"CLICKNBACK_DATABASE_WAIT_QUEUE, 99", "CLICKNBACK_DATABASE_STATEMENT_TIMEOUT_MS, 499"})
    void boundsBelowWhichNoServiceStartsAreRefused(String variable, String value) {
        tree.put(variable, value);

        assertThat(Problem.linesOf(tree)).singleElement().asString().contains(variable);
    }

    /** Netty would take the port for both, and hand requests for the metrics to the API and the other way round. */
    @Test
    void noTwoServersShareAPort() {
        tree.put("CLICKNBACK_SEED_DEMO", "false").put("CLICKNBACK_MANAGEMENT_PORT", "8080");
        assertThat(Problem.linesOf(tree))
                .containsExactly("management.port (CLICKNBACK_MANAGEMENT_PORT) is the same as http.port (8080):"
                        + " each needs a port of its own");

        tree.put("CLICKNBACK_HTTP_HOST", "10.0.0.7").put("CLICKNBACK_CLUSTER_PORT", "8080");
        assertThat(Problem.linesOf(tree)).isEmpty();

        tree.put("CLICKNBACK_CLUSTER_ENABLED", "true").put("CLICKNBACK_CLUSTER_MEMBERS", "10.0.0.8:5701");
        assertThat(Problem.linesOf(tree))
                .singleElement()
                .asString()
                .startsWith("cluster.port (CLICKNBACK_CLUSTER_PORT) is the same as management.port (8080)");

        tree.put("CLICKNBACK_HTTP_PORT", "0").put("CLICKNBACK_MANAGEMENT_PORT", "0");
        assertThat(Problem.linesOf(tree)).isEmpty();
    }

    @Test
    void anAddressThatIsMissingIsToldAsSuch() {
        tree.getJsonObject("management").putNull("host");

        assertThat(Problem.linesOf(tree))
                .singleElement()
                .asString()
                .startsWith("management.host (CLICKNBACK_MANAGEMENT_HOST) is required");
    }

    @Test
    void anApostropheInTheUrlIsFoundToo() {
        tree.put("CLICKNBACK_DATABASE_URL", "postgresql://o%27brien:x@db.example/shop")
                .put("CLICKNBACK_JWT_SECRET", TestConfig.JWT_SECRET)
                .put("CLICKNBACK_ENCRYPTION_KEY", TestConfig.ENCRYPTION_KEY)
                .put("CLICKNBACK_RECEIPT_KEY", TestConfig.RECEIPT_KEY);

        assertThat(Problem.linesOf(tree))
                .singleElement()
                .asString()
                .startsWith("database.url (CLICKNBACK_DATABASE_URL) names a role with an apostrophe");
    }
}
