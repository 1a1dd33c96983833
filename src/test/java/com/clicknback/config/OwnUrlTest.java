package com.clicknback.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.TestConfig;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The URLs at which this machine reaches the service lead to where it listens. */
class OwnUrlTest {
    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, http://localhost:8080, http://localhost:8080",
        "::, http://localhost:8080, http://localhost:8080",
        "[::], http://localhost:8080, http://localhost:8080",
        "127.0.0.1, http://127.0.0.1:8080, http://localhost:8080",
        "::1, http://[::1]:8080, http://localhost:8080",
        "[::1], http://[::1]:8080, http://localhost:8080",
        "localhost, http://localhost:8080, http://localhost:8080",
        "10.1.2.3, http://10.1.2.3:8080, http://10.1.2.3:8080",
        "fd00::2, http://[fd00::2]:8080, http://[fd00::2]:8080",
        "api.internal, http://api.internal:8080, http://api.internal:8080"
    })
    void leadToWhereItListens(String host, String own, String shown) {
        JsonObject tree = TestConfig.defaults()
                .put("CLICKNBACK_DEMO_OPEN_TO_NETWORK", "true")
                .put("CLICKNBACK_HTTP_HOST", host)
                .put("CLICKNBACK_MANAGEMENT_HOST", host);

        Settings settings = Configuration.of(tree);

        assertThat(settings.ownUrl(8080)).isEqualTo(own);
        assertThat(settings.shownUrl(8080)).isEqualTo(shown);
        assertThat(settings.shownManagementUrl(8080)).isEqualTo(shown);
    }
}
