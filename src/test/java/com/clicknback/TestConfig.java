package com.clicknback;

import com.clicknback.config.AppConfig;
import com.clicknback.config.Configuration;
import com.clicknback.platform.embedded.EmbeddedDatabase;
import com.clicknback.testing.TestServer;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** Configurations for tests: the packaged defaults and what a test sets beside them. */
public final class TestConfig {
    public static final String JWT_SECRET = "a secret of the tests, 32 bytes or more";
    public static final String ENCRYPTION_KEY = Base64.getEncoder().encodeToString(new byte[32]);

    public static final String RECEIPT_KEY =
            Base64.getEncoder().encodeToString("receipt key of the tests, 32 lon".getBytes(StandardCharsets.US_ASCII));

    private TestConfig() {}

    /** The settings of {@code conf/default.yaml}. */
    public static JsonObject defaults() {
        try (InputStream yaml = TestConfig.class.getResourceAsStream("/conf/default.yaml")) {
            return new JsonObject(new YAMLMapper().readTree(yaml).toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A service on loopback and free ports, without rate limits, whose verification and releases tick once an hour.
     *
     * @param overrides settings by environment variable
     */
    public static AppConfig of(EmbeddedDatabase.Address database, Map<String, String> overrides) {
        JsonObject tree = defaults();
        environment(database).forEach(tree::put);
        overrides.forEach(tree::put);
        return AppConfig.external(Configuration.of(tree));
    }

    /** The same settings as variables, for a process. */
    public static Map<String, String> environment(EmbeddedDatabase.Address database) {
        Map<String, String> environment = new HashMap<>(TestServer.roles(database));
        environment.putAll(Map.ofEntries(
                Map.entry("CLICKNBACK_DATABASE_URL", database.uri()),
                Map.entry("CLICKNBACK_DATABASE_PASSWORD", database.password()),
                Map.entry("CLICKNBACK_JWT_SECRET", JWT_SECRET),
                Map.entry("CLICKNBACK_ENCRYPTION_KEY", ENCRYPTION_KEY),
                Map.entry("CLICKNBACK_RECEIPT_KEY", RECEIPT_KEY),
                Map.entry("CLICKNBACK_EVENT_LOOPS", "2"),
                Map.entry("CLICKNBACK_HTTP_HOST", "127.0.0.1"),
                Map.entry("CLICKNBACK_HTTP_PORT", "0"),
                Map.entry("CLICKNBACK_MANAGEMENT_PORT", "0"),
                Map.entry("CLICKNBACK_RATE_LIMIT_LOGIN", "0"),
                Map.entry("CLICKNBACK_RATE_LIMIT_ACCOUNT", "0"),
                Map.entry("CLICKNBACK_RATE_LIMIT_REGISTRATION", "0"),
                Map.entry("CLICKNBACK_RATE_LIMIT_REFRESH", "0"),
                Map.entry("CLICKNBACK_RATE_LIMIT_PUBLIC_READS", "0"),
                Map.entry("CLICKNBACK_RATE_LIMIT_USER", "0"),
                Map.entry("CLICKNBACK_RATE_LIMIT_CLICKS", "0"),
                Map.entry("CLICKNBACK_RATE_LIMIT_PARTNER", "0"),
                Map.entry("CLICKNBACK_VERIFICATION_INTERVAL_SECONDS", "3600"),
                Map.entry("CLICKNBACK_CASHBACK_RELEASE_INTERVAL_SECONDS", "3600")));
        return environment;
    }
}
