package com.clicknback;

import com.clicknback.accounts.AccountRoutes;
import com.clicknback.accounts.AccountsVerticle;
import com.clicknback.audit.AuditRoutes;
import com.clicknback.audit.AuditTrail;
import com.clicknback.audit.AuditVerticle;
import com.clicknback.auth.AuthRoutes;
import com.clicknback.auth.AuthVerticle;
import com.clicknback.auth.BearerTokens;
import com.clicknback.auth.BrowserRoutes;
import com.clicknback.cashback.Crediting;
import com.clicknback.clicks.ClickRoutes;
import com.clicknback.clicks.ClicksVerticle;
import com.clicknback.config.AppConfig;
import com.clicknback.config.Settings;
import com.clicknback.crediting.BatchCrediting;
import com.clicknback.crediting.CreditingVerticle;
import com.clicknback.demo.DemoData;
import com.clicknback.demo.DemoTraffic;
import com.clicknback.explanations.ExplanationRoutes;
import com.clicknback.explanations.ExplanationsVerticle;
import com.clicknback.flags.FlagRoutes;
import com.clicknback.flags.FlagsVerticle;
import com.clicknback.ingestion.IngestionVerticle;
import com.clicknback.ingestion.OrderIngestion;
import com.clicknback.ingestion.http.SubmissionRoutes;
import com.clicknback.ingestion.http.WebhookRoutes;
import com.clicknback.ledger.Ledger;
import com.clicknback.ledger.WalletRoutes;
import com.clicknback.ledger.WalletsVerticle;
import com.clicknback.merchants.MerchantRoutes;
import com.clicknback.merchants.MerchantsVerticle;
import com.clicknback.offers.OfferRoutes;
import com.clicknback.offers.OffersVerticle;
import com.clicknback.partnerevents.EventOutcomes;
import com.clicknback.partnerevents.ParkedEvents;
import com.clicknback.partnerevents.ParkedLimits;
import com.clicknback.partnerevents.PartnerEventIntake;
import com.clicknback.partnerevents.PartnerEventRoutes;
import com.clicknback.partnerevents.PartnerEventsVerticle;
import com.clicknback.partnerevents.RecordedEventRoutes;
import com.clicknback.partners.PartnerRoutes;
import com.clicknback.partners.PartnerSignatures;
import com.clicknback.partners.PartnersVerticle;
import com.clicknback.partners.deliveries.DeliveryLog;
import com.clicknback.partners.deliveries.DeliveryWriter;
import com.clicknback.payouts.DestinationCipher;
import com.clicknback.payouts.PayoutBookings;
import com.clicknback.payouts.PayoutRequests;
import com.clicknback.payouts.PayoutRoutes;
import com.clicknback.payouts.PayoutsVerticle;
import com.clicknback.payouts.Settlements;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.clock.ClockVerticle;
import com.clicknback.platform.clock.DatabaseClock;
import com.clicknback.platform.clock.TimeOrderedIds;
import com.clicknback.platform.contract.Contract;
import com.clicknback.platform.crypto.Keyring;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.DatabaseStart;
import com.clicknback.platform.events.EventLog;
import com.clicknback.platform.events.Followers;
import com.clicknback.platform.http.ApiRouter;
import com.clicknback.platform.http.HttpSettings;
import com.clicknback.platform.http.HttpVerticle;
import com.clicknback.platform.http.Limits;
import com.clicknback.platform.http.Routes;
import com.clicknback.platform.intake.Closing;
import com.clicknback.platform.intake.RateLimiter;
import com.clicknback.platform.intake.SharedTokens;
import com.clicknback.platform.migrations.Migrations;
import com.clicknback.platform.ops.Health;
import com.clicknback.platform.ops.HealthRoutes;
import com.clicknback.platform.ops.ManagementVerticle;
import com.clicknback.platform.ops.Metrics;
import com.clicknback.platform.pages.Pages;
import com.clicknback.platform.tracing.Tracing;
import com.clicknback.purchases.Changes;
import com.clicknback.purchases.Decisions;
import com.clicknback.purchases.EarlyCredits;
import com.clicknback.purchases.PurchasesVerticle;
import com.clicknback.purchases.http.PurchaseRoutes;
import com.clicknback.releases.ReleasesVerticle;
import com.clicknback.search.SearchRoutes;
import com.clicknback.statistics.BooksPass;
import com.clicknback.statistics.LiveStatistics;
import com.clicknback.statistics.StatisticsRoutes;
import com.clicknback.statistics.StatisticsVerticle;
import com.clicknback.users.PasswordCost;
import com.clicknback.users.UserRoutes;
import com.clicknback.users.UsersVerticle;
import com.clicknback.verification.AutoConfirm;
import com.clicknback.verification.VerificationVerticle;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** One running service: its parts, what each is built from, and the order in which {@link Lifecycle} starts them. */
public final class App {
    /** The time that requests in flight get to finish when the service closes. */
    private static final long DRAIN_MS = 5_000;

    private final Settings settings;
    private final PartSettings parts;
    private final Keyring keys;
    private final PasswordCost passwords;
    private final DatabaseClock clock;
    private final Metrics metrics = new Metrics();
    private final Tracing tracing;
    private final Vertx vertx;
    private final Bus bus;
    private final SharedTokens tokens;
    private final Database database;
    private final Health health;
    private final Lifecycle lifecycle;
    private final TimeOrderedIds ids;
    private final DeliveryLog deliveries;
    private final AuditTrail audit;
    private final EventLog events;
    private final Followers followers;
    private final Ledger ledger;
    private final Crediting crediting;
    private final EarlyCredits earlyCredits;
    private final Changes changes;
    private final Decisions decisions;
    private final CreditingVerticle cashback;
    private final VerificationVerticle verification;
    private final BooksPass books;
    private final LiveStatistics live;
    private final Closing closing = new Closing();
    private final AtomicInteger httpPort = new AtomicInteger();
    private final AtomicInteger managementPort = new AtomicInteger();

    /** The ports that a started service listens on. */
    public record Running(int httpPort, int managementPort) {}

    public App(AppConfig config, DatabaseClock time, PasswordCost passwords) {
        this.passwords = passwords;
        this.settings = config.settings();
        this.parts = new PartSettings(config);
        this.keys = StoredKeys.configured(config);
        this.clock = time.inDoubtBeyond(settings.database().clockSkewMax());
        this.tracing = parts.tracing();
        this.vertx = metrics.vertx(parts.vertx(), tracing.tracers());
        this.bus = new Bus(vertx);
        this.tokens = new SharedTokens(vertx, bus);
        this.database = Database.open(vertx, config.database());
        this.health = new Health(database, clock, metrics);
        this.lifecycle = new Lifecycle(vertx, database, health);
        this.ids = new TimeOrderedIds(clock);
        this.deliveries = new DeliveryLog(ids, clock, metrics);
        this.audit = new AuditTrail(ids, clock);
        this.events = new EventLog(bus, clock);
        this.followers = new Followers(database, metrics, clock);
        this.ledger = new Ledger(ids, clock);
        this.crediting = new Crediting(ledger, audit, events, clock);
        this.earlyCredits = new EarlyCredits(crediting, audit, events);
        this.changes = new Changes(crediting.reratings(), audit, events, clock);
        this.decisions = new Decisions(database, earlyCredits, changes, events, metrics);
        this.cashback = new CreditingVerticle(
                bus, database, crediting, new BatchCrediting(crediting, audit, events, clock), metrics, clock);
        this.verification = new VerificationVerticle(
                database, new AutoConfirm(bus), decisions, metrics, clock, parts.verification());
        this.books = new BooksPass(parts.booksPace(), new SlicedBooksCheck(database, clock), clock);
        Settings.Statistics watched = settings.statistics();
        this.live =
                new LiveStatistics(database, metrics, clock, books, watched.streamsMax(), watched.streamsOfUserMax());
    }

    /** Starts all parts; when one fails, those that have started are closed again. */
    public Future<Running> start() {
        return lifecycle.start(this::startParts).map(v -> new Running(httpPort.get(), managementPort.get()));
    }

    private Future<Void> startParts() {
        // Read while the database is prepared: either takes about half of a start.
        Future<Contract> contract = Contract.load(vertx);
        Future<Pages> pages = vertx.executeBlocking(Pages::load);
        return lifecycle
                .deployAll(tracing.verticles())
                .compose(traced -> deployManagement())
                .compose(managed -> DatabaseStart.await(vertx, database, lifecycle::isClosing))
                .compose(fit -> clock.isSynchronised()
                        ? lifecycle.deployAll(List.of(() -> new ClockVerticle(database, clock)))
                        : Future.succeededFuture())
                .compose(kept -> Migrations.run(vertx, database, StoredKeys.migrationSteps(keys)))
                .compose(migrated -> EventLog.raiseOffset(database))
                .compose(raised -> new StoredKeys(database, keys).require())
                .compose(readable ->
                        settings.seedsDemo() ? DemoData.load(vertx, database, keys) : Future.succeededFuture())
                .compose(seeded ->
                        settings.requiresClosedDemo() ? DemoData.requireClosed(database) : Future.succeededFuture())
                .compose(closed -> lifecycle.deployAll(domains()))
                .compose(answering -> ClusterStart.ifEnabled(settings.cluster(), lifecycle, bus, keys, metrics))
                .compose(joining -> contract.compose(c -> pages.compose(p -> deployEdge(c, p))))
                .compose(listening -> settings.demoTraffic() > 0 ? deployTraffic() : Future.succeededFuture())
                .eventually(() -> Future.join(contract, pages));
    }

    /** The domains in the order of their start: a domain comes after those that it asks. */
    private List<Supplier<VerticleBase>> domains() {
        RateLimiter accounts = tokens.limit("account", settings.rateLimit().account(), clock);
        Settings.Partner partner = settings.partner();
        DeliveryWriter record = new DeliveryWriter(database, deliveries, partner.deliveriesKept());
        var bounds = new PartnersVerticle.Limits(
                partner.secretsMax(), settings.webhook().toleranceSeconds());
        int attempts = settings.verification().attempts();
        Settings.Cashback rules = settings.cashback();
        EventOutcomes outcomes = new EventOutcomes(audit, metrics, clock);
        ParkedEvents parked = new ParkedEvents(database, earlyCredits, changes, ids, events, metrics, outcomes, clock);
        ParkedLimits waits = new ParkedLimits(database, outcomes, clock, partner.parkedMax(), partner.parkedDaysMax());
        PartnerEventIntake intake = new PartnerEventIntake(database, parked, waits, ids, events, metrics, clock);
        OrderIngestion orders = new OrderIngestion(
                database, ledger, audit, events, clock, parts.ingestion().late());
        return List.of(
                () -> new UsersVerticle(bus, database, audit, ids, clock, accounts, passwords),
                () -> new AuthVerticle(bus, database, ids, clock, parts.auth(), metrics),
                () -> new MerchantsVerticle(bus, database, audit, ids, clock, rules.percentageMax()),
                () -> new OffersVerticle(bus, database, audit, ids, clock, rules.percentageMax()),
                () -> new PartnersVerticle(bus, database, audit, ids, clock, keys, record, metrics, bounds),
                () -> new FlagsVerticle(bus, database, audit, ids, clock),
                () -> new AuditVerticle(bus, database),
                () -> new WalletsVerticle(bus, database, clock),
                this::payouts,
                () -> cashback,
                () -> new PurchasesVerticle(bus, database, decisions),
                () -> new AccountsVerticle(bus, database, ledger, audit, clock),
                () -> verification,
                () -> new ReleasesVerticle(bus, database, decisions, events, metrics, clock, rules.releaseInterval()),
                () -> new PartnerEventsVerticle(bus, database, followers, intake, parked, waits),
                () -> new ExplanationsVerticle(bus, database, decisions, ledger, crediting, attempts),
                () -> new IngestionVerticle(bus, database, ids, events, metrics, clock, orders, parts.ingestion()),
                () -> new ClicksVerticle(bus, database, ids, parts.receipts(), metrics.clicks(), clock, parts.clicks()),
                () -> new StatisticsVerticle(bus, database, followers, live, books, metrics));
    }

    private List<Routes> routes() {
        return List.of(
                new HealthRoutes(health),
                new UserRoutes(bus),
                new AuthRoutes(bus),
                new BrowserRoutes(bus, parts.auth().refreshLifetime()),
                new MerchantRoutes(bus),
                new OfferRoutes(bus),
                new PartnerRoutes(bus),
                new RecordedEventRoutes(bus),
                new PurchaseRoutes(bus),
                new ExplanationRoutes(bus),
                new SubmissionRoutes(bus),
                new WebhookRoutes(bus, new PartnerEventRoutes(bus).byEventType()),
                new ClickRoutes(bus, parts.receipts()),
                new WalletRoutes(bus),
                new PayoutRoutes(bus),
                new FlagRoutes(bus),
                new AuditRoutes(bus),
                new AccountRoutes(bus),
                new SearchRoutes(bus),
                new StatisticsRoutes(bus, live, clock));
    }

    private Future<Void> deployManagement() {
        return StartException.unlessListening(
                lifecycle.deploy(
                        () -> new ManagementVerticle(settings.management(), health, metrics, managementPort::set), 1),
                "management",
                settings.management().host(),
                settings.management().port());
    }

    private Future<Void> deployEdge(Contract contract, Pages pages) {
        ApiRouter api = new ApiRouter(
                contract,
                pages,
                routes(),
                new HttpSettings(settings.http(), settings.cors(), settings.apiNames()),
                new Limits(settings.rateLimit(), clock, tokens),
                new BearerTokens(vertx, parts.auth(), bus, clock),
                new PartnerSignatures(bus, clock, settings.webhook().toleranceSeconds(), deliveries::add),
                closing,
                clock);
        return StartException.unlessListening(
                lifecycle.deploy(
                        () -> new HttpVerticle(
                                api, settings.httpHost(), httpPort::set, DRAIN_MS, settings.eventLoopCount()),
                        settings.eventLoopCount()),
                "http",
                settings.httpHost(),
                settings.http().port());
    }

    private Future<Void> deployTraffic() {
        var traffic = new DemoTraffic.Settings(settings.ownUrl(httpPort.get()), settings.demoTraffic());
        Supplier<Future<DemoTraffic.Progress>> progress = () ->
                Future.succeededFuture(new DemoTraffic.Progress(metrics.purchasesCredited(), metrics.creditingLag()));
        return DemoData.loadShoppers(vertx, database)
                .compose(loaded -> lifecycle.deployAll(List.of(() -> new DemoTraffic(traffic, clock, progress))));
    }

    private PayoutsVerticle payouts() {
        PayoutBookings bookings = new PayoutBookings(ledger, audit, events);
        var requests = new PayoutRequests(bookings, parts.payoutPolicy(), new DestinationCipher(keys), ids, clock);
        return new PayoutsVerticle(
                bus, database, events, requests, new Settlements(bookings, parts.fourEyes(), clock), clock);
    }

    /** Deploys a verticle beside the domains, such as a follower of the event log; it closes with the service. */
    public Future<String> extend(Supplier<VerticleBase> verticle) {
        return lifecycle.deploy(verticle, 1);
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

    /** Completes when everything accepted before this call is credited or set aside. */
    public Future<Void> credited() {
        return cashback.caughtUp();
    }

    /** Runs the verification job now, beside its schedule; fails when the run failed. */
    public Future<Void> runVerification() {
        return verification.run();
    }

    /** Says not ready, and lets each connection end with its next answer. Requests are still served. */
    public void drain() {
        health.serving(false);
        closing.everyConnection();
    }

    /** Closes all parts in reverse; bounded in time. Always succeeds. */
    public Future<Void> close() {
        closing.everyConnection();
        return lifecycle.close();
    }
}
