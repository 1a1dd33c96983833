package com.clicknback;

import com.clicknback.auth.AuthSettings;
import com.clicknback.clicks.ClicksVerticle;
import com.clicknback.clicks.Receipts;
import com.clicknback.config.AppConfig;
import com.clicknback.config.Settings;
import com.clicknback.ingestion.IngestionRules;
import com.clicknback.ingestion.IngestionVerticle;
import com.clicknback.money.Money;
import com.clicknback.payouts.FourEyes;
import com.clicknback.payouts.PayoutPolicy;
import com.clicknback.platform.address.HostsFile;
import com.clicknback.platform.crypto.SigningKeys;
import com.clicknback.platform.tracing.CollectorHeader;
import com.clicknback.platform.tracing.Tracing;
import com.clicknback.platform.tracing.TracingSettings;
import com.clicknback.statistics.BooksPass;
import com.clicknback.verification.SimulatedBank;
import com.clicknback.verification.VerificationVerticle;
import io.vertx.core.VertxOptions;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** The settings in the form in which parts of the service take them. */
final class PartSettings {
    private static final long BOOKS_REST_MS_MIN = 5_000;

    private final AppConfig config;
    private final Settings settings;
    private final Receipts receipts;

    PartSettings(AppConfig config) {
        this.config = config;
        this.settings = config.settings();
        this.receipts = new Receipts(
                new SigningKeys(config.secrets().receiptKey(), config.secrets().olderReceiptKeys()));
    }

    Tracing tracing() {
        Settings.Tracing tracing = settings.tracing();
        if (!tracing.enabled()) {
            return Tracing.off();
        }
        Map<String, String> headers = tracing.headers().stream()
                .collect(Collectors.toMap(CollectorHeader::name, CollectorHeader::value, (first, second) -> second));
        return Tracing.by(
                new TracingSettings(tracing.endpoint(), headers, tracing.oneIn(), tracing.followCallers()),
                Version.TEXT);
    }

    VertxOptions vertx() {
        return new VertxOptions()
                .setEventLoopPoolSize(settings.eventLoopCount())
                .setPreferNativeTransport(true)
                .setAddressResolverOptions(HostsFile.followed());
    }

    Receipts receipts() {
        return receipts;
    }

    PayoutPolicy payoutPolicy() {
        return new PayoutPolicy(
                settings.payout().minimumAmount(), settings.payout().maximum30Days());
    }

    FourEyes fourEyes() {
        BigDecimal minimum = settings.payout().fourEyesMinimum();
        return new FourEyes(minimum == null ? null : Money.ofDecimal(minimum));
    }

    VerificationVerticle.Settings verification() {
        return new VerificationVerticle.Settings(
                new SimulatedBank(settings.neverConfirmedMerchantId()),
                settings.verification().interval(),
                settings.verification().attempts());
    }

    IngestionVerticle.Settings ingestion() {
        return new IngestionVerticle.Settings(
                settings.ingest().batchMax(),
                settings.ingest().queueMax(),
                new IngestionRules(
                        settings.ingest().lateDaysMax(),
                        settings.ownPurchase().lateDaysMax(),
                        settings.cashback().holdDays()));
    }

    BooksPass.Pace booksPace() {
        return new BooksPass.Pace(settings.statistics().booksInterval(), BOOKS_REST_MS_MIN);
    }

    ClicksVerticle.Settings clicks() {
        return new ClicksVerticle.Settings(
                Duration.ofDays(settings.click().keepDays()),
                settings.click().batchMax(),
                settings.click().queueMax(),
                settings.cashback().holdDays());
    }

    AuthSettings auth() {
        return new AuthSettings(
                config.secrets().jwtSecret(),
                settings.token().accessLifetime(),
                settings.token().refreshLifetime(),
                Duration.ofSeconds(settings.token().refreshGraceSeconds()));
    }
}
