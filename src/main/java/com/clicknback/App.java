package com.clicknback;

import static java.util.Objects.requireNonNull;

import com.clicknback.audit.AuditRoutes;
import com.clicknback.audit.AuditTrail;
import com.clicknback.audit.AuditVerticle;
import com.clicknback.auth.AuthRoutes;
import com.clicknback.auth.AuthSettings;
import com.clicknback.auth.AuthVerticle;
import com.clicknback.auth.BearerTokens;
import com.clicknback.cashback.BatchCrediting;
import com.clicknback.cashback.CashbackVerticle;
import com.clicknback.cashback.Crediting;
import com.clicknback.config.AppConfig;
import com.clicknback.config.Configuration;
import com.clicknback.config.Settings;
import com.clicknback.demo.DemoData;
import com.clicknback.demo.DemoTraffic;
import com.clicknback.explanations.ExplanationRoutes;
import com.clicknback.explanations.ExplanationsVerticle;
import com.clicknback.flags.FlagRoutes;
import com.clicknback.flags.FlagsVerticle;
import com.clicknback.ingestion.IngestionVerticle;
import com.clicknback.ingestion.SubmissionRoutes;
import com.clicknback.ingestion.WebhookRoutes;
import com.clicknback.ledger.Ledger;
import com.clicknback.ledger.WalletRoutes;
import com.clicknback.ledger.WalletsVerticle;
import com.clicknback.merchants.MerchantRoutes;
import com.clicknback.merchants.MerchantsVerticle;
import com.clicknback.offers.OfferRoutes;
import com.clicknback.offers.OffersVerticle;
import com.clicknback.partnerevents.ParkedEvents;
import com.clicknback.partnerevents.PartnerEventIntake;
import com.clicknback.partnerevents.PartnerEventRoutes;
import com.clicknback.partnerevents.PartnerEventsVerticle;
import com.clicknback.partners.PartnerRoutes;
import com.clicknback.partners.PartnerSignatures;
import com.clicknback.partners.PartnersVerticle;
import com.clicknback.payouts.DestinationCipher;
import com.clicknback.payouts.PayoutPolicy;
import com.clicknback.payouts.PayoutRoutes;
import com.clicknback.payouts.PayoutsVerticle;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.DatabaseClock;
import com.clicknback.platform.db.Migrations;
import com.clicknback.platform.db.TimeOrderedIds;
import com.clicknback.platform.events.EventLog;
import com.clicknback.platform.events.Followers;
import com.clicknback.platform.http.ApiRouter;
import com.clicknback.platform.http.Contract;
import com.clicknback.platform.http.HttpSettings;
import com.clicknback.platform.http.HttpVerticle;
import com.clicknback.platform.http.Routes;
import com.clicknback.platform.ops.Health;
import com.clicknback.platform.ops.HealthRoutes;
import com.clicknback.platform.ops.ManagementVerticle;
import com.clicknback.platform.ops.Metrics;
import com.clicknback.purchases.Changes;
import com.clicknback.purchases.Decisions;
import com.clicknback.purchases.EarlyCredits;
import com.clicknback.purchases.PurchaseRoutes;
import com.clicknback.purchases.PurchasesVerticle;
import com.clicknback.users.UserRoutes;
import com.clicknback.users.UsersVerticle;
import com.clicknback.verification.AutoConfirm;
import com.clicknback.verification.SimulatedBank;
import com.clicknback.verification.VerificationVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running service: builds all parts, deploys them in order and closes them in reverse. The same in production, in
 * development and in tests; several may share one database.
 */
public final class App {
    private static final Logger LOG = LoggerFactory.getLogger(App.class);

    /** How long requests under way may take once the service closes. */
    private static final long DRAIN_MS = 5_000;

    private static final long CLOSE_VERTICLES_MS = 8_000;
    private static final long CLOSE_POOL_MS = 1_000;
    private static final long CLOSE_LOOPS_MS = 1_000;

    private final AppConfig config;
    private final Settings settings;
    private final Clock clock;
    private final Metrics metrics = new Metrics();
    private final Vertx vertx;
    private final Bus bus;
    private final Database database;
    private final Health health;
    private final Followers followers;
    private @Nullable VerificationVerticle verification;
    private final AtomicInteger httpPort = new AtomicInteger();
    private final AtomicInteger managementPort = new AtomicInteger();

    /** Latest first. */
    private final Deque<String> deployments = new ArrayDeque<>();

    private Future<Void> started = Future.succeededFuture();
    private @Nullable Future<Void> closed;

    /** The ports that a started service listens on. */
    public record Running(int httpPort, int managementPort) {}

    public App(AppConfig config, Clock clock) {
        this.config = config;
        this.settings = config.settings();
        this.clock = new DatabaseClock(clock);
        this.vertx = metrics.vertx(new VertxOptions()
                .setEventLoopPoolSize(settings.eventLoopCount())
                .setPreferNativeTransport(true));
        this.bus = new Bus(vertx);
        this.database = Database.open(vertx, config.database());
        this.health = new Health(database);
        this.followers = new Followers(database, metrics, this.clock);
    }

    /** Starts everything, or nothing: when a part fails, what has started is closed again. */
    public synchronized Future<Running> start() {
        // Without a context of its own, like close(): a failed start ends the event loops before it is told.
        Promise<Running> told = Promise.promise();
        started = startParts();
        started.onComplete(
                v -> told.complete(new Running(httpPort.get(), managementPort.get())),
                failure -> close().onComplete(v -> told.fail(failure)));
        return told.future();
    }

    private Future<Void> startParts() {
        return Migrations.run(vertx, config.database())
                .compose(migrated -> EventLog.raiseOffset(database))
                .compose(raised -> settings.seedsDemo() ? seed() : Future.succeededFuture())
                .compose(seeded -> deployManagement())
                .compose(managed -> deployDomains())
                .compose(answering -> Contract.load(vertx))
                .compose(this::deployEdge)
                .compose(listening -> settings.demoTraffic() > 0 ? deployTraffic() : Future.succeededFuture())
                .onSuccess(v -> health.serving(true));
    }

    private Future<Void> seed() {
        return DemoData.load(vertx, database, payoutCipher());
    }

    private DestinationCipher payoutCipher() {
        AppConfig.Secrets secrets = config.secrets();
        return new DestinationCipher(secrets.payoutKey(), secrets.payoutOldKeys());
    }

    private Future<Void> deployManagement() {
        return listen(
                deploy(() -> new ManagementVerticle(settings.management(), health, metrics, managementPort::set), 1),
                "management",
                settings.management().host(),
                settings.management().port());
    }

    /** Those that are asked come before those that ask. */
    private Future<Void> deployDomains() {
        TimeOrderedIds ids = new TimeOrderedIds(clock);
        AuditTrail audit = new AuditTrail(ids, clock);
        EventLog events = new EventLog(bus, clock);
        Ledger ledger = new Ledger(ids, clock);
        Crediting crediting = new Crediting(ledger, clock);
        EarlyCredits earlyCredits = new EarlyCredits(crediting, audit, events);
        Changes changes = new Changes(crediting, ledger, audit, events, clock);
        Decisions decisions = new Decisions(database, earlyCredits, changes, events, metrics);
        ParkedEvents parkedEvents = new ParkedEvents(earlyCredits, changes, ids, events, metrics);
        PartnerEventIntake partnerEvents = new PartnerEventIntake(database, parkedEvents, ids, events, metrics, clock);
        return deploy(() -> new UsersVerticle(bus, database, audit, ids, clock))
                .compose(v -> deploy(() -> new AuthVerticle(bus, database, ids, clock, authSettings())))
                .compose(v -> deploy(() -> new MerchantsVerticle(
                        bus, database, audit, ids, clock, settings.cashback().percentageMax())))
                .compose(v -> deploy(() -> new OffersVerticle(
                        bus, database, audit, ids, clock, settings.cashback().percentageMax())))
                .compose(v -> deploy(() -> new PartnersVerticle(
                        bus, database, audit, ids, clock, settings.partner().secretsMax())))
                .compose(v -> deploy(() -> new FlagsVerticle(bus, database, audit, ids, clock)))
                .compose(v -> deploy(() -> new AuditVerticle(bus, database)))
                .compose(v -> deploy(() -> new WalletsVerticle(bus, database)))
                .compose(v -> deploy(
                        () -> payouts(new PayoutsVerticle.Shared(bus, database, ids, events, audit, ledger, clock))))
                .compose(v -> deploy(() -> new CashbackVerticle(
                        bus,
                        database,
                        crediting,
                        new BatchCrediting(crediting, audit, events, metrics),
                        followers,
                        metrics)))
                .compose(v -> deploy(() -> new PurchasesVerticle(bus, database, decisions)))
                .compose(v -> deploy(() -> verification(decisions)))
                .compose(v -> deploy(() -> new PartnerEventsVerticle(bus, followers, partnerEvents, parkedEvents)))
                .compose(v -> deploy(() -> new ExplanationsVerticle(
                        bus,
                        database,
                        decisions,
                        ledger,
                        crediting,
                        settings.verification().attempts())))
                .compose(v -> deploy(
                        () -> new IngestionVerticle(bus, database, ids, events, metrics, clock, ingestionSettings())));
    }

    private VerificationVerticle verification(Decisions decisions) {
        verification = new VerificationVerticle(
                database,
                new AutoConfirm(bus),
                decisions,
                metrics,
                clock,
                new VerificationVerticle.Settings(
                        new SimulatedBank(settings.neverConfirmedMerchantId()),
                        settings.verification().interval(),
                        settings.verification().attempts()));
        return verification;
    }

    private IngestionVerticle.Settings ingestionSettings() {
        return new IngestionVerticle.Settings(
                settings.ingest().batchMax(), settings.ingest().queueMax());
    }

    private PayoutsVerticle payouts(PayoutsVerticle.Shared shared) {
        return new PayoutsVerticle(
                shared,
                payoutCipher(),
                new PayoutPolicy(
                        settings.payout().minimumAmount(), settings.payout().maximum30Days()));
    }

    private Future<Void> deployEdge(Contract contract) {
        List<Routes> routes = List.of(
                new HealthRoutes(health),
                new UserRoutes(bus),
                new AuthRoutes(bus),
                new MerchantRoutes(bus),
                new OfferRoutes(bus),
                new PartnerRoutes(bus),
                new PurchaseRoutes(bus),
                new ExplanationRoutes(bus),
                new SubmissionRoutes(bus),
                new WebhookRoutes(bus, new PartnerEventRoutes(bus).byEventType()),
                new WalletRoutes(bus),
                new PayoutRoutes(bus),
                new FlagRoutes(bus),
                new AuditRoutes(bus));
        int toleranceSeconds = (int) settings.webhook().signatureTolerance().toSeconds();
        ApiRouter api = new ApiRouter(
                contract,
                routes,
                new HttpSettings(settings.http(), settings.cors(), settings.rateLimit()),
                new BearerTokens(vertx, authSettings(), bus, clock),
                new PartnerSignatures(bus, clock, toleranceSeconds),
                clock);
        return listen(
                deploy(() -> new HttpVerticle(api, httpPort::set, DRAIN_MS), settings.eventLoopCount()),
                "http",
                settings.http().host(),
                settings.http().port());
    }

    private Future<Void> deployTraffic() {
        DemoTraffic.Settings traffic =
                new DemoTraffic.Settings("http://localhost:" + httpPort.get(), settings.demoTraffic());
        return deploy(() -> new DemoTraffic(
                traffic,
                clock,
                () -> Future.succeededFuture(
                        new DemoTraffic.Progress(metrics.purchasesCredited(), metrics.creditingLag()))));
    }

    private AuthSettings authSettings() {
        return new AuthSettings(
                config.secrets().jwtSecret(),
                settings.token().accessLifetime(),
                settings.token().refreshLifetime());
    }

    private Future<Void> deploy(Supplier<VerticleBase> verticle) {
        return deploy(verticle, 1);
    }

    /** Deploys a verticle beside the domains, such as a follower of the event log; it closes with the service. */
    public Future<String> extend(Supplier<VerticleBase> verticle) {
        return vertx.deployVerticle(verticle, new DeploymentOptions()).onSuccess(deployments::push);
    }

    private Future<Void> deploy(Supplier<VerticleBase> verticle, int instances) {
        return vertx.deployVerticle(verticle, new DeploymentOptions().setInstances(instances))
                .onSuccess(deployments::push)
                .mapEmpty();
    }

    /** A port that is taken, or an address that is not this machine's, is the operator's to change. */
    private static Future<Void> listen(Future<Void> deployed, String section, String host, int port) {
        return deployed.recover(failure -> Future.failedFuture(
                failure instanceof IOException
                        ? new StartException("cannot listen on %s:%s (%s): set %s.port (%s) to a free port"
                                .formatted(
                                        host,
                                        port,
                                        failure.getMessage(),
                                        section,
                                        Configuration.variable(section + ".port")))
                        : failure));
    }

    /** The messages of this service. */
    public Bus bus() {
        return bus;
    }

    public Database database() {
        return database;
    }

    /** The followers of the event log that this service runs. */
    public Followers followers() {
        return followers;
    }

    /** Runs the verification job now, beside its schedule; fails when the run failed. */
    public Future<Void> runVerification() {
        return requireNonNull(verification).run();
    }

    /**
     * Stops accepting, finishes what was accepted, closes what follows and then the pool; bounded in time. Succeeds
     * however far it came.
     */
    public synchronized Future<Void> close() {
        if (closed == null) {
            closed = closeParts();
        }
        return closed;
    }

    private Future<Void> closeParts() {
        // Without a context of its own: when it completes there is no event loop left to complete it on.
        Promise<Void> done = Promise.promise();
        started.transform(settled -> {
                    health.serving(false);
                    return undeployLatestFirst();
                })
                .timeout(CLOSE_VERTICLES_MS, TimeUnit.MILLISECONDS)
                .recover(App::reportUnclosed)
                .compose(v -> database.close().timeout(CLOSE_POOL_MS, TimeUnit.MILLISECONDS))
                .recover(App::reportUnclosed)
                .onComplete(v -> closeLoops().whenComplete((closedInTime, late) -> done.complete()));
        return done.future();
    }

    /** Waits on a thread of the JDK's: the event loops wait for connections, which wait for a database that may hang. */
    private CompletableFuture<Void> closeLoops() {
        return vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(CLOSE_LOOPS_MS, TimeUnit.MILLISECONDS)
                .whenComplete((v, late) -> {
                    if (late != null) {
                        LOG.warn("closing: {}", late.toString());
                    }
                });
    }

    private Future<Void> undeployLatestFirst() {
        if (deployments.isEmpty()) {
            return Future.succeededFuture();
        }
        return vertx.undeploy(deployments.pop()).recover(App::reportUnclosed).compose(v -> undeployLatestFirst());
    }

    private static Future<Void> reportUnclosed(Throwable failure) {
        LOG.warn("closing: {}", failure.toString());
        return Future.succeededFuture();
    }
}
