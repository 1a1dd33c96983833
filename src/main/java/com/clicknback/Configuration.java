package com.clicknback;

import com.clicknback.AppConfig.Demo;
import com.clicknback.AppConfig.Rules;
import com.clicknback.AppConfig.Secrets;
import com.clicknback.AppConfig.Tokens;
import com.clicknback.AppConfig.Verification;
import com.clicknback.ingestion.IngestionVerticle;
import com.clicknback.money.Money;
import com.clicknback.platform.db.DatabaseSettings;
import com.clicknback.platform.db.EmbeddedDatabase;
import com.clicknback.platform.http.HttpSettings;
import com.clicknback.platform.http.HttpSettings.CorsPolicy;
import com.clicknback.platform.http.HttpSettings.RateLimits;
import com.clicknback.platform.ops.ManagementSettings;
import io.vertx.config.ConfigRetriever;
import io.vertx.config.ConfigRetrieverOptions;
import io.vertx.config.ConfigStoreOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The settings as the operator wrote them: {@code conf/default.yaml}, overridden by {@code conf/local.yaml}, overridden
 * by the environment. Becomes an {@link AppConfig} once it is known where the database is.
 */
final class Configuration {
    private static final String DEFAULTS = "conf/default.yaml";
    private static final Path LOCAL = Path.of("conf", "local.yaml");

    private static final int PORT_MAX = 65_535;
    private static final int THREADS_MAX = 256;
    private static final int ITEMS_MAX = 1_000_000;
    private static final int PER_MINUTE_MAX = 1_000_000;
    private static final int SECONDS_MAX = 10 * 365 * 24 * 3600;
    private static final int JWT_SECRET_BYTES_MIN = 32;
    private static final int PAYOUT_KEY_BYTES = 32;

    /** The demo data's merchant for watching a rejection. */
    private static final UUID DEMO_REJECTION_MERCHANT = UUID.fromString("f0000000-0000-0000-0000-000000000001");

    private final int eventLoops;
    private final HttpSettings http;
    private final ManagementSettings management;
    private final Path dataDir;
    private final Optional<DatabaseUrl> databaseUrl;
    private final int embeddedPort;
    private final int poolSizeMax;
    private final int waitQueueMax;
    private final int statementTimeoutMs;
    private final Optional<String> jwtSecret;
    private final Optional<SecretKey> payoutKey;
    private final List<SecretKey> payoutOldKeys;
    private final Tokens tokens;
    private final Rules rules;
    private final IngestionVerticle.Settings ingestion;
    private final Verification verification;
    private final Demo demo;
    private final Logs logs;

    /**
     * How the process logs.
     *
     * @param level of this product's packages
     */
    record Logs(boolean json, String level) {}

    private Configuration(Settings settings) {
        int wantedLoops = settings.whole("event_loops", 0, THREADS_MAX);
        eventLoops = wantedLoops == 0 ? Runtime.getRuntime().availableProcessors() : wantedLoops;
        http = http(settings);
        management = new ManagementSettings(
                settings.required("management.host", "a host name or address", "", text -> text),
                settings.whole("management.port", 0, PORT_MAX));
        dataDir = settings.required("data_dir", "a folder", Path.of(""), Path::of);
        databaseUrl = databaseUrl(settings);
        embeddedPort = settings.whole("database.embedded_port", 0, PORT_MAX);
        poolSizeMax = settings.whole("database.pool_size", 2, THREADS_MAX);
        waitQueueMax = settings.whole("database.wait_queue", 1, ITEMS_MAX);
        statementTimeoutMs = settings.whole("database.statement_timeout_ms", 100, 600_000);
        jwtSecret = settings.secret(
                "jwt.secret",
                "at least " + JWT_SECRET_BYTES_MIN + " bytes long",
                text -> Settings.requireThat(
                        text.getBytes(StandardCharsets.UTF_8).length >= JWT_SECRET_BYTES_MIN, text));
        payoutKey = settings.secret(
                "payout.key", "base64 of exactly " + PAYOUT_KEY_BYTES + " bytes", Configuration::payoutKey);
        payoutOldKeys = settings.secret(
                        "payout.old_keys", "a comma-separated list of keys like payout.key", Configuration::payoutKeys)
                .orElse(List.of());
        tokens = new Tokens(
                seconds(settings, "token.access_lifetime_seconds"),
                seconds(settings, "token.refresh_lifetime_seconds"));
        rules = new Rules(
                settings.decimal("cashback.percentage_max", "0", "100", 4),
                settings.whole("partner.secrets_max", 1, 100),
                seconds(settings, "webhook.signature_tolerance_seconds"),
                money(settings, "payout.minimum_amount"),
                money(settings, "payout.maximum_30_days"));
        ingestion = new IngestionVerticle.Settings(
                settings.whole("ingest.batch_max", 1, 10_000), settings.whole("ingest.queue_max", 1_000, ITEMS_MAX));
        demo = new Demo(seedsDemo(settings), settings.whole("demo_traffic", 0, 100_000));
        if (demo.purchasesPerSecond() > 0 && !demo.seed()) {
            settings.problem("demo_traffic", "needs the demo data: set seed_demo to true, or this to 0");
        }
        verification = verification(settings, demo);
        logs = new Logs(
                settings.choice("log.format", "text", "json").equals("json"),
                settings.choice("log.level", "error", "warn", "info", "debug", "trace"));
        requireSecrets(settings);
        settings.requireValid();
    }

    /** Reads the files of the working directory and the environment; fails with ConfigurationException. */
    static Future<Configuration> read(Vertx vertx) {
        return read(vertx, LOCAL);
    }

    static Future<Configuration> read(Vertx vertx, Path local) {
        ConfigRetrieverOptions sources = new ConfigRetrieverOptions().addStore(yaml(DEFAULTS));
        if (saysSomething(local)) {
            sources.addStore(yaml(local.toString()));
        }
        sources.addStore(new ConfigStoreOptions().setType("env").setConfig(new JsonObject().put("raw-data", true)));
        return ConfigRetriever.create(vertx, sources)
                .getConfig()
                .recover(unreadable -> Future.failedFuture(notYaml(unreadable)))
                .map(Configuration::of);
    }

    /** The YAML reader has no answer to a file of nothing but comments. */
    private static boolean saysSomething(Path local) {
        if (!Files.exists(local)) {
            return false;
        }
        try (Stream<String> lines = Files.lines(local)) {
            return lines.map(String::strip).anyMatch(line -> !line.isEmpty() && !line.startsWith("#"));
        } catch (IOException | UncheckedIOException e) {
            throw notYaml(e);
        }
    }

    private static ConfigurationException notYaml(Throwable failure) {
        String reason = String.valueOf(failure.getMessage()).lines().findFirst().orElse("unknown");
        return new ConfigurationException(List.of(LOCAL + " cannot be read as settings in YAML: " + reason));
    }

    /** Reads a tree of settings with variables of the environment beside them; throws ConfigurationException. */
    static Configuration of(JsonObject tree) {
        return new Configuration(new Settings(tree));
    }

    private static ConfigStoreOptions yaml(String path) {
        return new ConfigStoreOptions().setType("file").setFormat("yaml").setConfig(new JsonObject().put("path", path));
    }

    private static HttpSettings http(Settings settings) {
        CorsPolicy cors = new CorsPolicy(
                settings.list("cors.allowed_origins"),
                settings.optional("cors.allowed_origin_pattern", "a regular expression", Pattern::compile)
                        .orElse(null));
        RateLimits limits = new RateLimits(
                settings.whole("rate_limit.login", 0, PER_MINUTE_MAX),
                settings.whole("rate_limit.registration", 0, PER_MINUTE_MAX),
                settings.whole("rate_limit.refresh", 0, PER_MINUTE_MAX),
                settings.whole("rate_limit.user", 0, PER_MINUTE_MAX),
                settings.whole("rate_limit.partner", 0, PER_MINUTE_MAX));
        return new HttpSettings(
                settings.required("http.host", "a host name or address", "", text -> text),
                settings.whole("http.port", 0, PORT_MAX),
                settings.whole("http.body_bytes_max", 1_024, 64 * 1024 * 1024),
                settings.whole("http.in_flight_max", 1, ITEMS_MAX),
                settings.whole("http.idle_timeout_seconds", 1, SECONDS_MAX),
                Set.copyOf(settings.list("http.trusted_proxies")),
                cors,
                limits);
    }

    private static Optional<DatabaseUrl> databaseUrl(Settings settings) {
        Optional<String> user = settings.text("database.user");
        Optional<String> password = settings.text("database.password");
        Optional<DatabaseUrl> url = settings.secret("database.url", DatabaseUrl.FORM, DatabaseUrl::parse)
                .map(parsed -> parsed.overridden(user, password));
        if (url.isPresent() && url.get().user().isEmpty()) {
            settings.problem("database.user", "is required with a database URL");
        }
        return url;
    }

    private static Verification verification(Settings settings, Demo demo) {
        @Nullable
        UUID rejectionMerchantId = settings.optional("rejection_merchant_id", "a UUID", Configuration::uuid)
                .orElse(demo.seed() ? DEMO_REJECTION_MERCHANT : null);
        return new Verification(
                seconds(settings, "verification.interval_seconds"),
                settings.whole("verification.attempts", 1, 1_000),
                rejectionMerchantId);
    }

    private boolean seedsDemo(Settings settings) {
        return switch (settings.choice("seed_demo", "auto", "true", "false")) {
            case "true" -> true;
            case "false" -> false;
            default -> databaseUrl.isEmpty();
        };
    }

    private void requireSecrets(Settings settings) {
        if (databaseUrl.isEmpty()) {
            return;
        }
        for (String path : List.of("jwt.secret", "payout.key")) {
            if (settings.text(path).isEmpty()) {
                settings.problem(path, "is required with a database URL");
            }
        }
    }

    private static UUID uuid(String text) {
        UUID id = UUID.fromString(text);
        return Settings.requireThat(id.toString().equalsIgnoreCase(text), id);
    }

    private static SecretKey payoutKey(String base64) {
        byte[] key = Base64.getDecoder().decode(base64);
        return new SecretKeySpec(Settings.requireThat(key.length == PAYOUT_KEY_BYTES, key), "AES");
    }

    private static List<SecretKey> payoutKeys(String list) {
        return Arrays.stream(list.split(",")).map(key -> payoutKey(key.strip())).toList();
    }

    private static Duration seconds(Settings settings, String path) {
        return Duration.ofSeconds(settings.whole(path, 1, SECONDS_MAX));
    }

    private static Money money(Settings settings, String path) {
        return Money.ofDecimal(settings.decimal(path, "0.01", Money.MAX.toString(), 2));
    }

    /** True when no database was named, so that the process brings its own. */
    boolean embedded() {
        return databaseUrl.isEmpty();
    }

    Path dataDir() {
        return dataDir;
    }

    int embeddedPort() {
        return embeddedPort;
    }

    Logs logs() {
        return logs;
    }

    /** The configuration for the database that was named; only when one was. */
    AppConfig external() {
        DatabaseUrl url = databaseUrl.orElseThrow();
        return complete(
                url.uri(),
                url.user().orElseThrow(),
                url.password().orElse(""),
                new Secrets(jwtSecret.orElseThrow(), payoutKey.orElseThrow(), payoutOldKeys));
    }

    /** The configuration for an embedded database; secrets that were not set are the generated ones. */
    AppConfig embedded(EmbeddedDatabase.Address database, DevelopmentSecrets generated) {
        return complete(
                database.uri(),
                database.user(),
                database.password(),
                new Secrets(
                        jwtSecret.orElse(generated.jwtSecret()),
                        payoutKey.orElseGet(() -> payoutKey(generated.payoutKey())),
                        payoutOldKeys));
    }

    private AppConfig complete(String uri, String user, String password, Secrets secrets) {
        return new AppConfig(
                eventLoops,
                http,
                management,
                new DatabaseSettings(uri, user, password, poolSizeMax, waitQueueMax, statementTimeoutMs),
                secrets,
                tokens,
                rules,
                ingestion,
                verification,
                demo);
    }
}
