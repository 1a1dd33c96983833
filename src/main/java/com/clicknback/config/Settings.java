package com.clicknback.config;

import com.clicknback.money.Money;
import com.clicknback.platform.address.Host;
import com.clicknback.platform.address.HostName;
import com.clicknback.platform.address.HostPort;
import com.clicknback.platform.address.OwnNames;
import com.clicknback.platform.http.HttpSettings;
import com.clicknback.platform.json.FractionDigits;
import com.clicknback.platform.ops.ManagementSettings;
import com.clicknback.platform.tracing.CollectorHeader;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.crypto.SecretKey;
import org.hibernate.validator.constraints.Range;
import org.jspecify.annotations.Nullable;

/**
 * All settings as the operator gave them: one component for each line of {@code conf/default.yaml}, which says what it
 * is for. A component that is not {@code @Nullable} is required.
 */
public record Settings(
        @Range(min = 0, max = 256) int eventLoops,
        Path dataDir,
        SeedDemo seedDemo,
        boolean demoOpenToNetwork,
        @Range(min = 0, max = 100_000) int demoTraffic,
        @Nullable UUID rejectionMerchantId,
        @Valid HttpSettings.Server http,
        @Valid HttpSettings.CorsPolicy cors,
        @Valid HttpSettings.RateLimits rateLimit,
        @Valid ManagementSettings management,
        @Valid Database database,
        @Valid Jwt jwt,
        @Valid Admin admin,
        @Valid Token token,
        @Valid Cashback cashback,
        @Valid Partner partner,
        @Valid Webhook webhook,
        @Valid Ingest ingest,
        @Valid OwnPurchase ownPurchase,
        @Valid Verification verification,
        @Valid Encryption encryption,
        @Valid Receipt receipt,
        @Valid Click click,
        @Valid Payout payout,
        @Valid Statistics statistics,
        @Valid Cluster cluster,
        @Valid Log log,
        @Valid Tracing tracing,
        @Valid Shutdown shutdown) {

    /** The demo data's merchant for watching a rejection. */
    private static final UUID DEMO_REJECTION_MERCHANT = UUID.fromString("f0000000-0000-0000-0000-000000000001");

    private static final String LOOPBACK = "127.0.0.1";
    private static final String ALL_ADDRESSES = "0.0.0.0";

    /** The choice to load the demo data. */
    public enum SeedDemo {
        /** Only into an embedded database. */
        AUTO,
        TRUE,
        FALSE
    }

    /** The database that is named, and how much of it one process may use. */
    public record Database(
            @Secret @Nullable DatabaseUrl url,
            @Nullable String user,
            @Secret @Nullable String password,
            @Nullable String ownerUser,
            @Secret @Nullable String ownerPassword,
            boolean behindPooler,
            @Range(min = 0, max = 65_535) int embeddedPort,
            @Range(min = 2, max = 256) int poolSize,
            @Range(min = 100, max = 1_000_000) int waitQueue,
            @Range(min = 500, max = 600_000) int statementTimeoutMs,
            @JsonProperty("clock_skew_seconds_max") Duration clockSkewMax) {
        @Override
        public String toString() {
            return "Database[" + (url == null ? "embedded" : url) + "]";
        }
    }

    /** The signature of tokens. */
    public record Jwt(@Secret @MinBytes(32) @Nullable String secret) {
        @Override
        public String toString() {
            return "Jwt[…]";
        }
    }

    /** The administrator that a command makes. */
    public record Admin(@Secret @Nullable String password) {
        @Override
        public String toString() {
            return "Admin[…]";
        }
    }

    /** The lifetimes of tokens. */
    public record Token(
            @JsonProperty("access_lifetime_seconds") Duration accessLifetime,
            @JsonProperty("refresh_lifetime_seconds") Duration refreshLifetime,
            @Range(min = 0, max = 300) int refreshGraceSeconds) {}

    /** Limits of cashback, and when it becomes available. */
    public record Cashback(
            @Range(min = 0, max = 100) @FractionDigits(4) BigDecimal percentageMax,
            @Range(min = 0, max = 365) int holdDays,
            @JsonProperty("release_interval_seconds") Duration releaseInterval) {}

    /** Limits of partners. */
    public record Partner(
            @Range(min = 1, max = 100) int secretsMax,
            @Range(min = 1, max = 1_000_000) int parkedMax,
            @Range(min = 1, max = 3_650) int parkedDaysMax,
            @Range(min = 0, max = 10_000) int deliveriesKept) {}

    /** The checks of webhooks. */
    public record Webhook(
            @JsonProperty("signature_tolerance_seconds") Duration signatureTolerance) {
        public int toleranceSeconds() {
            return (int) signatureTolerance.toSeconds();
        }
    }

    /** The batches of ingestion. */
    public record Ingest(
            @Range(min = 1, max = 10_000) int batchMax,
            @Range(min = 1_000, max = 1_000_000) int queueMax,
            @Range(min = 1, max = 3_660) int lateDaysMax) {}

    /** The purchases that users report themselves. */
    public record OwnPurchase(@Range(min = 1, max = 3_660) int lateDaysMax) {}

    /** The timing of the verification job. */
    public record Verification(
            @JsonProperty("interval_seconds") Duration interval,
            @Range(min = 1, max = 1_000) int attempts) {}

    /** The keys of what the database must not show. */
    public record Encryption(
            @Secret @Nullable SecretKey key,

            @Secret @NotNull(message = "a comma-separated list of keys like encryption.key")
            List<SecretKey> oldKeys) {
        @Override
        public String toString() {
            return "Encryption[…]";
        }
    }

    /** The keys that sign the receipts of clicks. */
    public record Receipt(
            @Secret @Nullable SecretKey key,

            @Secret @NotNull(message = "a comma-separated list of keys like receipt.key")
            List<SecretKey> oldKeys) {
        @Override
        public String toString() {
            return "Receipt[…]";
        }
    }

    /** The clicks of users, in batches, and how long they stay. */
    public record Click(
            @Range(min = 1, max = 3_660) int keepDays,
            @Range(min = 1, max = 10_000) int batchMax,
            @Range(min = 1, max = 1_000_000) int queueMax) {}

    /** Limits of payouts. */
    public record Payout(
            Money minimumAmount,
            @JsonProperty("maximum_30_days") Money maximum30Days,

            @Nullable @Range(min = 0, max = 9_999_999_999L) @FractionDigits(2)
            BigDecimal fourEyesMinimum) {}

    /** Limits of statistics, and the pace of the check of the books. */
    public record Statistics(
            @Range(min = 0, max = 1_000) int streamsMax,
            @Range(min = 1, max = 1_000) int streamsOfUserMax,
            @JsonProperty("books_interval_seconds") Duration booksInterval) {}

    /** The other nodes of the same service, and where this one listens for them. */
    public record Cluster(
            boolean enabled,
            String host,
            @Range(min = 1, max = 65_535) int port,
            @Nullable String publicHost,

            @NotNull(message = "a comma-separated list of host:port")
            List<HostPort> members,

            @Nullable HostName kubernetesService,
            boolean openToNetwork) {}

    /** Traces of requests, sent to a collector. */
    public record Tracing(
            boolean enabled,
            URI endpoint,

            @Secret @NotNull(message = "a comma-separated list of name=value")
            List<CollectorHeader> headers,

            @Range(min = 1, max = 1_000_000) int oneIn,
            boolean followCallers) {
        @Override
        public String toString() {
            return "Tracing[enabled=" + enabled + ", endpoint=" + endpoint + ", oneIn=" + oneIn + "]";
        }
    }

    /** Form and content of the log. */
    public record Log(Format format, Level level, Requests requests) {
        public enum Format {
            TEXT,
            JSON
        }

        /** Of this product's packages. */
        public enum Level {
            ERROR,
            WARN,
            INFO,
            DEBUG,
            TRACE
        }

        /** The requests that get a line. */
        public enum Requests {
            NONE,
            /** All but those that come by the thousand and say nothing. */
            MOST,
            ALL
        }

        /** The same form, for a command that speaks for itself. */
        public Log quiet() {
            return new Log(format, Level.WARN, Requests.NONE);
        }
    }

    /** The end of the process. */
    public record Shutdown(@Range(min = 0, max = 300) int drainSeconds) {}

    /** True when no database is named, so that the process brings its own. */
    public boolean embedded() {
        return database.url() == null;
    }

    public boolean seedsDemo() {
        return seedDemo == SeedDemo.TRUE || seedDemo == SeedDemo.AUTO && embedded();
    }

    /** The address that the API listens on. */
    public String httpHost() {
        if (http.host() != null) {
            return http.host();
        }
        return seedsDemo() && !demoOpenToNetwork ? LOOPBACK : ALL_ADDRESSES;
    }

    /** The URL of the API for programs of this machine. */
    public String ownUrl(int port) {
        return "http://" + HostPort.ofServer(httpHost(), port);
    }

    /** The URL of the API for a browser of this machine. */
    public String shownUrl(int port) {
        return shownUrl(httpHost(), port);
    }

    public String shownManagementUrl(int port) {
        return shownUrl(management.host(), port);
    }

    /** Without TLS, a browser keeps the cookie of the console for localhost only. */
    private static String shownUrl(String host, int port) {
        return "http://" + HostPort.ofServer(Host.isLoopback(host) ? "localhost" : host, port);
    }

    /** The names that the API answers to; null for all. Pages of elsewhere must not use passwords that everybody knows. */
    public @Nullable OwnNames apiNames() {
        return seedsDemo() && !demoOpenToNetwork ? new OwnNames(httpHost(), List.of()) : null;
    }

    /** True when other machines can reach the API or the management port, and nothing published may be there for them. */
    public boolean requiresClosedDemo() {
        return !demoOpenToNetwork && !(Host.isLoopback(httpHost()) && Host.isLoopback(management.host()));
    }

    /** The merchant whose purchases the simulated bank never confirms; null for none. */
    public @Nullable UUID neverConfirmedMerchantId() {
        return rejectionMerchantId == null && seedsDemo() ? DEMO_REJECTION_MERCHANT : rejectionMerchantId;
    }

    /** Threads that run verticles and serve HTTP. */
    public int eventLoopCount() {
        return eventLoops == 0 ? Runtime.getRuntime().availableProcessors() : eventLoops;
    }
}
