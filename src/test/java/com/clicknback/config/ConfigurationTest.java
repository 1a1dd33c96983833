package com.clicknback.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clicknback.TestConfig;
import com.clicknback.money.Money;
import com.clicknback.platform.address.HostName;
import com.clicknback.platform.address.Network;
import com.clicknback.platform.address.Origin;
import com.clicknback.platform.http.HttpSettings.RateLimits;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigurationTest {
    private final JsonObject tree = TestConfig.defaults();

    private ConfigurationTest external() {
        tree.put("CLICKNBACK_DATABASE_URL", "postgresql://db.example:5433/shop")
                .put("CLICKNBACK_DATABASE_USER", "clicknback")
                .put("CLICKNBACK_DATABASE_PASSWORD", "hidden")
                .put("CLICKNBACK_JWT_SECRET", TestConfig.JWT_SECRET)
                .put("CLICKNBACK_ENCRYPTION_KEY", TestConfig.ENCRYPTION_KEY)
                .put("CLICKNBACK_RECEIPT_KEY", TestConfig.RECEIPT_KEY);
        return this;
    }

    private AppConfig read() {
        return AppConfig.external(Configuration.of(tree));
    }

    private List<String> problems() {
        return Problem.linesOf(tree);
    }

    @Test
    void theDefaultsAreThoseOfTheContract() {
        Settings config = external().read().settings();

        assertThat(config.http().port()).isEqualTo(8080);
        assertThat(config.http().bodyBytesMax()).isEqualTo(1024 * 1024);
        assertThat(config.rateLimit()).isEqualTo(new RateLimits(5, 10, 5, 30, 300, 300, 30, 0));
        assertThat(config.cors().allowedOrigins()).map(Origin::text).containsExactly("https://clicknback.com");
        assertThat(config.cors().allowedOriginPattern()).isNull();
        assertThat(config.http().trustedProxies()).isEmpty();
        assertThat(config.management().port()).isEqualTo(9090);
        assertThat(config.management().host()).isEqualTo("127.0.0.1");
        assertThat(config.token().accessLifetime()).isEqualTo(Duration.ofMinutes(15));
        assertThat(config.token().refreshLifetime()).isEqualTo(Duration.ofDays(30));
        assertThat(config.cashback().percentageMax()).isEqualByComparingTo(new BigDecimal(20));
        assertThat(config.partner().secretsMax()).isEqualTo(5);
        assertThat(config.webhook().signatureTolerance()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.payout().minimumAmount()).isEqualTo(Money.ofMinor(10_00));
        assertThat(config.payout().maximum30Days()).isEqualTo(Money.ofMinor(1000_00));
        assertThat(config.verification().interval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.verification().attempts()).isEqualTo(3);
        assertThat(config.neverConfirmedMerchantId()).isNull();
        assertThat(config.seedsDemo()).isFalse();
        assertThat(config.demoTraffic()).isZero();
    }

    @Test
    void bringsItsOwnDatabaseWithDemoDataWhenNoneIsNamed() {
        Settings configuration = Configuration.of(tree);

        assertThat(configuration.embedded()).isTrue();
        assertThat(configuration.dataDir()).hasToString(".data");
    }

    @Test
    void theEnvironmentWinsOverTheFiles() {
        external();
        tree.getJsonObject("http").put("port", 1234);
        tree.put("CLICKNBACK_HTTP_PORT", "4321");
        tree.getJsonObject("management").put("port", 5678);

        Settings config = read().settings();

        assertThat(config.http().port()).isEqualTo(4321);
        assertThat(config.management().port()).isEqualTo(5678);
    }

    @Test
    void anEmptyVariableCountsAsNotSet() {
        external();
        tree.put("CLICKNBACK_HTTP_PORT", " ");

        assertThat(read().settings().http().port()).isEqualTo(8080);
    }

    @Test
    void readsListsFromFilesAndVariables() {
        external();
        tree.getJsonObject("http")
                .put("trusted_proxies", new JsonArray().add("10.0.0.1").add("10.0.0.2"));
        tree.put("CLICKNBACK_CORS_ALLOWED_ORIGINS", "https://a.example, https://b.example,http://[::1]:8080");
        tree.put("CLICKNBACK_MANAGEMENT_ALLOWED_HOSTS", "ops.example, Node_1,10.0.0.7,");
        tree.put("CLICKNBACK_CORS_ALLOWED_ORIGIN_PATTERN", "https://[a-z]+\\.preview\\.example");

        Settings config = read().settings();

        assertThat(config.http().trustedProxies()).map(Network::toString).containsExactly("10.0.0.1", "10.0.0.2");
        assertThat(config.cors().allowedOrigins())
                .map(Origin::text)
                .containsExactly("https://a.example", "https://b.example", "http://[::1]:8080");
        assertThat(config.management().allowedHosts())
                .map(HostName::text)
                .containsExactly("ops.example", "Node_1", "10.0.0.7");
        assertThat(config.cors().allowedOriginPattern()).hasToString("https://[a-z]+\\.preview\\.example");
    }

    @ParameterizedTest
    @CsvSource({
        "CLICKNBACK_HTTP_PORT, abc, http.port",
        "CLICKNBACK_HTTP_PORT, -1, http.port",
        "CLICKNBACK_HTTP_PORT, 65536, http.port",
        "CLICKNBACK_HTTP_PORT, 99999999999, http.port",
        "CLICKNBACK_HTTP_PORT, null, http.port",
        "CLICKNBACK_HTTP_PORT, +8080, http.port",
        "CLICKNBACK_HTTP_PORT, \u0668\u0660, http.port",
        "CLICKNBACK_TOKEN_ACCESS_LIFETIME_SECONDS, +60, token.access_lifetime_seconds",
        "CLICKNBACK_CASHBACK_PERCENTAGE_MAX, \u0662, cashback.percentage_max",
        "CLICKNBACK_PAYOUT_MINIMUM_AMOUNT, +5, payout.minimum_amount",
        "CLICKNBACK_HTTP_PORT, 8080.0, http.port",
        "CLICKNBACK_HTTP_PORT, '80,81', http.port",
        "CLICKNBACK_EVENT_LOOPS, 257, event_loops",
        "CLICKNBACK_HTTP_IDLE_TIMEOUT_SECONDS, 315360001, http.idle_timeout_seconds",
        "CLICKNBACK_SEED_DEMO, TRUE, seed_demo",
        "CLICKNBACK_TOKEN_ACCESS_LIFETIME_SECONDS, 0, token.access_lifetime_seconds",
        "CLICKNBACK_TOKEN_REFRESH_LIFETIME_SECONDS, 315360001, token.refresh_lifetime_seconds",
        "CLICKNBACK_CASHBACK_PERCENTAGE_MAX, 1.00001, cashback.percentage_max",
        "CLICKNBACK_CASHBACK_PERCENTAGE_MAX, -1, cashback.percentage_max",
        "CLICKNBACK_CASHBACK_PERCENTAGE_MAX, 1e999999999, cashback.percentage_max",
        "CLICKNBACK_PAYOUT_MINIMUM_AMOUNT, 10000000000, payout.minimum_amount",
        "CLICKNBACK_PAYOUT_MINIMUM_AMOUNT, 1e999999999, payout.minimum_amount",
        "CLICKNBACK_PAYOUT_MAXIMUM_30_DAYS, NaN, payout.maximum_30_days",
        "CLICKNBACK_MANAGEMENT_PORT, 8o8o, management.port",
        "CLICKNBACK_HTTP_BODY_BYTES_MAX, 0, http.body_bytes_max",
        "CLICKNBACK_EVENT_LOOPS, -1, event_loops",
        "CLICKNBACK_SEED_DEMO, yes, seed_demo",
        "CLICKNBACK_DEMO_TRAFFIC, -5, demo_traffic",
        "CLICKNBACK_RATE_LIMIT_LOGIN, many, rate_limit.login",
        "CLICKNBACK_RATE_LIMIT_USER, -1, rate_limit.user",
        "CLICKNBACK_REJECTION_MERCHANT_ID, 1-1-1-1-1, rejection_merchant_id",
        "CLICKNBACK_VERIFICATION_INTERVAL_SECONDS, 0, verification.interval_seconds",
        "CLICKNBACK_VERIFICATION_ATTEMPTS, 0, verification.attempts",
        "CLICKNBACK_CASHBACK_PERCENTAGE_MAX, 100.1, cashback.percentage_max",
        "CLICKNBACK_PAYOUT_MINIMUM_AMOUNT, 0.001, payout.minimum_amount",
        "CLICKNBACK_CORS_ALLOWED_ORIGIN_PATTERN, '(', cors.allowed_origin_pattern",
        "CLICKNBACK_CORS_ALLOWED_ORIGINS, '*', cors.allowed_origins",
        "CLICKNBACK_CORS_ALLOWED_ORIGINS, shop.example, cors.allowed_origins",
        "CLICKNBACK_CORS_ALLOWED_ORIGINS, https://shop.example/, cors.allowed_origins",
        "CLICKNBACK_CORS_ALLOWED_ORIGINS, https://Shop.example, cors.allowed_origins",
        "CLICKNBACK_CORS_ALLOWED_ORIGINS, https://shop.example:443, cors.allowed_origins",
        "CLICKNBACK_CORS_ALLOWED_ORIGINS, https://shop.example:65536, cors.allowed_origins",
        "CLICKNBACK_TRACING_ENDPOINT, https://traces.example:65536, tracing.endpoint",
        "CLICKNBACK_CORS_ALLOWED_ORIGINS, 'https://a.example https://b.example', cors.allowed_origins",
        "CLICKNBACK_MANAGEMENT_ALLOWED_HOSTS, ops.example:9090, management.allowed_hosts",
        "CLICKNBACK_MANAGEMENT_ALLOWED_HOSTS, http://ops.example, management.allowed_hosts",
        "CLICKNBACK_MANAGEMENT_ALLOWED_HOSTS, 'a.example b.example', management.allowed_hosts",
        "CLICKNBACK_LOG_FORMAT, xml, log.format",
        "CLICKNBACK_LOG_LEVEL, loud, log.level",
        "CLICKNBACK_HTTP_TRUSTED_PROXIES, proxy.example, http.trusted_proxies",
        "CLICKNBACK_HTTP_TRUSTED_PROXIES, 10.0.0.0/33, http.trusted_proxies",
        "CLICKNBACK_HTTP_TRUSTED_PROXIES, 10.0.0/8, http.trusted_proxies",
        "CLICKNBACK_HTTP_TRUSTED_PROXIES, 10.0.0.1:80, http.trusted_proxies",
        "CLICKNBACK_HTTP_TRUSTED_PROXIES, 'fd00::/8 10.0.0.1', http.trusted_proxies",
        "CLICKNBACK_DATABASE_POOL_SIZE, 1, database.pool_size"
    })
    void saysInOneLineWhichSettingIsWrongAndHowToSetIt(String variable, String value, String path) {
        tree.put(variable, value);

        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith(path + " (" + variable + ") must be ")
                .endsWith("not '" + value + "'")
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource({"20, 20", "0, 0", "100, 100", "20.00000, 20", "1e1, 10", "0.0001, 0.0001"})
    void readsPercentages(String text, BigDecimal percentage) {
        tree.put("CLICKNBACK_CASHBACK_PERCENTAGE_MAX", text);

        assertThat(Configuration.of(tree).cashback().percentageMax()).isEqualByComparingTo(percentage);
    }

    static Stream<Setting> settings() {
        return Setting.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("settings")
    void anySettingThatIsNoTextRefusesMostTexts(Setting setting) {
        tree.put("CLICKNBACK_DEMO_OPEN_TO_NETWORK", "true");
        tree.put(setting.variable(), "[ \0");

        boolean takesAnyText =
                setting.component().getGenericType().getTypeName().contains(String.class.getName())
                        && !setting.path().equals("jwt.secret");
        assertThat(problems())
                .hasSize(takesAnyText ? 0 : 1)
                .allSatisfy(line -> assertThat(line)
                        .startsWith(setting.path() + " (" + setting.variable() + ") must be " + setting.expectation()));
    }

    @Test
    void findsAllProblemsAtOnce() {
        tree.put("CLICKNBACK_HTTP_PORT", "abc").put("CLICKNBACK_LOG_FORMAT", "xml");

        assertThat(problems()).hasSize(2);
    }

    @Test
    void refusesSettingsThatItDoesNotKnow() {
        tree.getJsonObject("http").put("prot", 8081);
        tree.put("databse", JsonObject.of("url", "x"));

        assertThat(problems())
                .containsExactlyInAnyOrder(
                        "http.prot in conf/local.yaml is no setting of this service; the nearest is http.port",
                        "databse.url in conf/local.yaml is no setting of this service; the nearest is database.url");
    }

    @Test
    void refusesASectionWhereAValueBelongs() {
        tree.getJsonObject("http").put("port", JsonObject.of("number", 8080));

        assertThat(problems())
                .anyMatch(line -> line.startsWith("http.port (CLICKNBACK_HTTP_PORT) must be a single value"));
    }

    @Test
    void saysWhenARequiredSettingIsEmptied() {
        tree.getJsonObject("http").putNull("port");

        assertThat(problems())
                .containsExactly("http.port (CLICKNBACK_HTTP_PORT) is required: a whole number from 0 to 65535");
    }

    @Test
    void anExternalDatabaseNeedsSecretsAndAUser() {
        tree.put("CLICKNBACK_DATABASE_URL", "postgresql://db.example/shop");

        assertThat(problems())
                .containsExactlyInAnyOrder(
                        "database.user (CLICKNBACK_DATABASE_USER) is required with a database URL",
                        "jwt.secret (CLICKNBACK_JWT_SECRET) is required with a database URL",
                        "encryption.key (CLICKNBACK_ENCRYPTION_KEY) is required with a database URL",
                        "receipt.key (CLICKNBACK_RECEIPT_KEY) is required with a database URL");
    }

    @Test
    void refusesWeakSecretsWithoutShowingThem() {
        external();
        tree.put("CLICKNBACK_JWT_SECRET", "31 bytes: almost but not enough");
        tree.put("CLICKNBACK_ENCRYPTION_KEY", Base64.getEncoder().encodeToString(new byte[31]));
        tree.put("CLICKNBACK_ENCRYPTION_OLD_KEYS", TestConfig.ENCRYPTION_KEY + ",c2hvcnQ=");

        assertThat(problems())
                .containsExactly(
                        "jwt.secret (CLICKNBACK_JWT_SECRET) must be at least 32 bytes long",
                        "encryption.key (CLICKNBACK_ENCRYPTION_KEY) must be base64 of exactly 32 bytes",
                        "encryption.old_keys (CLICKNBACK_ENCRYPTION_OLD_KEYS) must be a comma-separated list of keys like"
                                + " encryption.key");
    }

    @Test
    void readsTheKeysThatPayoutsHadBefore() {
        assertThat(external().read().secrets().olderKeys()).isEmpty();
        byte[] old = new byte[32];
        old[0] = 1;
        tree.put(
                "CLICKNBACK_ENCRYPTION_OLD_KEYS",
                TestConfig.ENCRYPTION_KEY + ", " + Base64.getEncoder().encodeToString(old));
        assertThat(read().secrets().olderKeys())
                .extracting(SecretKey::getEncoded)
                .containsExactly(new byte[32], old);
    }

    @Test
    void showsNoSecretWhenItIsPrinted() {
        assertThat(external().read().toString())
                .doesNotContain(TestConfig.JWT_SECRET)
                .doesNotContain(TestConfig.ENCRYPTION_KEY)
                .doesNotContain("hidden");
    }

    @Test
    void theDemoDataComeWithTheirRejectionMerchant() {
        external();
        tree.put("CLICKNBACK_SEED_DEMO", "true");
        assertThat(read().settings().seedsDemo()).isTrue();
        assertThat(read().settings().neverConfirmedMerchantId())
                .isEqualTo(UUID.fromString("f0000000-0000-0000-0000-000000000001"));

        UUID another = UUID.randomUUID();
        tree.put("CLICKNBACK_REJECTION_MERCHANT_ID", another.toString());
        assertThat(read().settings().neverConfirmedMerchantId()).isEqualTo(another);
    }

    @Test
    void demoTrafficNeedsTheDemoData() {
        external();
        tree.put("CLICKNBACK_DEMO_TRAFFIC", "50");

        assertThat(problems()).singleElement().asString().startsWith("demo_traffic (CLICKNBACK_DEMO_TRAFFIC) needs");
    }

    @Test
    void anInvalidConfigurationIsNoConfiguration() {
        tree.put("CLICKNBACK_HTTP_PORT", "abc");

        assertThatThrownBy(() -> Configuration.of(tree)).isInstanceOf(ConfigurationException.class);
    }
}
