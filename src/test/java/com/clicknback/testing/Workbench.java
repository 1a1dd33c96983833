package com.clicknback.testing;

import static com.clicknback.testing.TestService.await;

import com.clicknback.BooksCheck;
import com.clicknback.audit.Actor;
import com.clicknback.audit.AuditTrail;
import com.clicknback.cashback.CashbackType;
import com.clicknback.cashback.Crediting;
import com.clicknback.events.PurchaseKey;
import com.clicknback.flags.FlagScope;
import com.clicknback.flags.Flags;
import com.clicknback.flags.FlagsVerticle;
import com.clicknback.holds.ReleaseGates;
import com.clicknback.ingestion.BatchIngestion;
import com.clicknback.ingestion.IngestionRules;
import com.clicknback.ingestion.OrderIngestion;
import com.clicknback.ingestion.Submission;
import com.clicknback.ingestion.Verdict;
import com.clicknback.ledger.Ledger;
import com.clicknback.money.Money;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.clock.TimeOrderedIds;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.DatabaseSettings;
import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import com.clicknback.platform.events.EventLog;
import com.clicknback.platform.ops.Metrics;
import com.clicknback.purchases.Changes;
import com.clicknback.purchases.Decisions;
import com.clicknback.purchases.EarlyCredits;
import com.clicknback.purchases.Purchase;
import com.clicknback.purchases.StoredPurchases;
import com.clicknback.releases.Releases;
import com.clicknback.verification.AutoConfirm;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The domains of purchases on a database of their own, without the edge: ingestion, decisions, crediting, flags. */
public final class Workbench implements AutoCloseable {
    public static final IngestionRules LATE = new IngestionRules(400, 31, 0);

    public final MovingClock clock = new MovingClock(Instant.parse("2026-04-22T10:00:00Z"));
    public final Metrics metrics = new Metrics();
    public final Vertx vertx = metrics.vertx(new VertxOptions().setEventLoopPoolSize(2), null);
    public final Bus bus = new Bus(vertx);
    public final Database database;
    public final TimeOrderedIds ids = new TimeOrderedIds(clock);
    public final AuditTrail audit = new AuditTrail(ids, clock);
    public final EventLog events = new EventLog(bus, clock);
    public final Ledger ledger = new Ledger(ids, clock);
    public final Crediting crediting = new Crediting(ledger, audit, events, clock);
    public final EarlyCredits earlyCredits = new EarlyCredits(crediting, audit, events);
    public final Changes changes = new Changes(crediting.reratings(), audit, events, clock);
    public final Releases releases;
    public final AutoConfirm autoConfirm = new AutoConfirm(bus);
    public final Decisions decisions;
    public final BatchIngestion ingestion;
    public final DatabaseSettings settings;
    public final Sql sql;

    private Workbench(Address address, DatabaseSettings settings) {
        this.sql = new Sql(address);
        this.settings = settings;
        this.database = Database.open(vertx, settings);
        this.ingestion = new BatchIngestion(vertx, database, ids, clock, LATE, orders(database));
        this.decisions = new Decisions(database, earlyCredits, changes, events, metrics);
        this.releases = new Releases(database, decisions, new ReleaseGates(clock), events, metrics.releases(), clock);
    }

    public static Workbench open() {
        return open(TestServer.shared().createMigratedDatabase());
    }

    /** On an empty database of another server. */
    public static Workbench open(Address address) {
        DatabaseSettings settings =
                new DatabaseSettings(address.uri(), address.user(), address.password(), 12, 2_000, 5_000);
        Workbench bench = new Workbench(address, settings);
        await(TestServer.migrate(bench.vertx, settings)
                .compose(v -> bench.vertx.deployVerticle(
                        () -> new FlagsVerticle(bench.bus, bench.database, bench.audit, bench.ids, bench.clock),
                        new DeploymentOptions())));
        return bench;
    }

    /** Ingestion of purchases whose order is named. */
    public OrderIngestion orders(Database through) {
        return new OrderIngestion(through, ledger, audit, events, clock, LATE);
    }

    /** The settings of another way to the same database. */
    public DatabaseSettings settings(String uri) {
        return new DatabaseSettings(uri, settings.user().name(), settings.user().password(), 2, 100, 5_000);
    }

    @Override
    public void close() {
        await(database.close());
        await(vertx.close());
    }

    public UUID user() {
        UUID id = ids.next();
        sql.execute(
                "INSERT INTO users (id, email, email_key, password_hash, role, active, created_at)"
                        + " VALUES (?, ?, ?, '-', 'user', true, now())",
                id,
                id + "@example.com",
                id + "@example.com");
        return id;
    }

    public UUID partner() {
        UUID id = ids.next();
        sql.execute("INSERT INTO partners (id, name, active, created_at) VALUES (?, 'partner', true, now())", id);
        return id;
    }

    /** A merchant with the given default percentage, in ten-thousandths. */
    public UUID merchant(long percentageE4) {
        UUID id = ids.next();
        sql.execute(
                "INSERT INTO merchants (id, name, default_percentage_e4, active, created_at)"
                        + " VALUES (?, ?, ?, true, now())",
                id,
                id.toString(),
                percentageE4);
        return id;
    }

    /** A merchant of five percent whose confirmed cashback is held. */
    public UUID merchantHolding(int days) {
        UUID id = merchant();
        sql.execute("UPDATE merchants SET hold_days = ?, terms_since = '-infinity' WHERE id = ?", days, id);
        return id;
    }

    /** A merchant with an offer in force. */
    public UUID merchantOffering(CashbackType type, long valueE4, long capMinor) {
        UUID merchantId = merchant(0);
        sql.execute(
                "INSERT INTO offers (id, merchant_id, cashback_type, cashback_value_e4, monthly_cap_minor, start_date,"
                        + " end_date, active, created_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?::date, ?::date, true, now())",
                ids.next(),
                merchantId,
                type.name().toLowerCase(Locale.ROOT),
                valueE4,
                capMinor,
                clock.today().minusDays(90).toString(),
                clock.today().plusYears(1).toString());
        return merchantId;
    }

    /** A merchant that gives five percent of everything. */
    public UUID merchant() {
        return merchant(50_000);
    }

    public Submission submission(@Nullable UUID partnerId, UUID userId, UUID merchantId, long amountMinor) {
        return new Submission(
                new PurchaseKey(partnerId, UUID.randomUUID().toString()),
                userId,
                merchantId,
                Money.ofMinor(amountMinor),
                "EUR",
                null,
                null);
    }

    /** Stores a purchase and returns its id; it is not credited yet. */
    public UUID purchase(UUID userId, UUID merchantId, long amountMinor) {
        Verdict verdict = await(ingestion.ingest(List.of(submission(null, userId, merchantId, amountMinor))))
                .get(0);
        return ((Verdict.Accepted) verdict).id();
    }

    /** Sets the flag that lets the job decide for a scope; a null scope is the global one. */
    public void flag(String scopeType, @Nullable UUID scopeId, boolean enabled) {
        flag("purchase_auto_confirm", scopeType, scopeId, enabled);
    }

    public void flag(String key, String scopeType, @Nullable UUID scopeId, boolean enabled) {
        FlagScope scope = new FlagScope(FlagScope.Type.valueOf(scopeType.toUpperCase(Locale.ROOT)), scopeId);
        await(bus.ask(new Flags.Set(key, scope, enabled, null, Actor.system("test"))));
    }

    /** Takes all flags away, and with a second all memory of them. */
    public void clearFlags() {
        sql.execute("DELETE FROM feature_flags");
        clock.advance(Duration.ofSeconds(1));
    }

    /** Credits purchases as the follower of the event log does. */
    public void credit(UUID userId, UUID... purchaseIds) {
        await(database.inTransaction(tx -> crediting.creditMissing(tx, List.of(purchaseIds), List.of(userId))));
    }

    public Purchase find(UUID purchaseId) {
        return await(database.withConnection(connection -> StoredPurchases.find(connection, purchaseId)))
                .orElseThrow();
    }

    public List<BooksCheck.Difference> differences() {
        return await(BooksCheck.run(database, clock.instant()));
    }
}
