package com.clicknback.cashback;

import com.clicknback.audit.Actor;
import com.clicknback.audit.AuditAction;
import com.clicknback.audit.AuditEntry;
import com.clicknback.audit.AuditTrail;
import com.clicknback.events.CashbackEvents;
import com.clicknback.events.PurchaseEvents;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.events.EventLog;
import com.clicknback.platform.events.Follower;
import com.clicknback.platform.events.Followers;
import com.clicknback.platform.events.LoggedEvent;
import com.clicknback.platform.ops.Metrics;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Follows the event log and credits what was ingested, exactly once, in batches at its own pace. */
public final class CashbackVerticle extends VerticleBase {
    /** The name of the follower that credits. */
    public static final String FOLLOWER = "cashback";

    private static final long LAG_REFRESH_MS = 1_000;
    private static final int EVENTS_MAX = 16;
    private static final long POLL_MS = 250;
    private static final long RETRY_MS_MAX = 5_000;
    private static final long REST_MS = 25;
    private static final Runnable NOTHING = () -> {};

    private final Bus bus;
    private final Database database;
    private final Crediting crediting;
    private final AuditTrail audit;
    private final Metrics metrics;
    private final EventLog events;
    private final Followers followers;
    private final Follower.Settings settings;
    private volatile double lagSeconds;
    private @Nullable Follower follower;

    public CashbackVerticle(
            Bus bus,
            Database database,
            Crediting crediting,
            AuditTrail audit,
            EventLog events,
            Followers followers,
            Metrics metrics) {
        this.bus = bus;
        this.database = database;
        this.crediting = crediting;
        this.audit = audit;
        this.events = events;
        this.metrics = metrics;
        this.followers = followers;
        this.settings = new Follower.Settings(FOLLOWER, EVENTS_MAX, POLL_MS, RETRY_MS_MAX, REST_MS);
    }

    @Override
    public Future<?> start() {
        Follower mine = followers.follow(vertx, settings, this::credit);
        follower = mine;
        metrics.creditingLag(() -> lagSeconds);
        vertx.setPeriodic(LAG_REFRESH_MS, id -> mine.lag().onSuccess(lag -> lagSeconds = lag.toMillis() / 1000.0));
        bus.answer(
                PreviewCredit.class,
                request -> database.withConnection(connection -> crediting.preview(connection, request)));
        return mine.start(bus);
    }

    @Override
    public Future<?> stop() {
        return follower == null ? Future.succeededFuture() : follower.close();
    }

    private Future<Runnable> credit(SqlConnection tx, List<LoggedEvent> events) {
        List<UUID> purchaseIds = new ArrayList<>();
        Set<UUID> userIds = new HashSet<>();
        for (LoggedEvent event : events) {
            if (event.is(PurchaseEvents.INGESTED)) {
                for (PurchaseEvents.Entry entry :
                        event.as(PurchaseEvents.INGESTED).purchases()) {
                    purchaseIds.add(entry.purchaseId());
                    userIds.add(entry.userId());
                }
            }
        }
        if (purchaseIds.isEmpty()) {
            return Future.succeededFuture(NOTHING);
        }
        LoggedEvent last = events.get(events.size() - 1);
        return crediting
                .creditMissing(tx, purchaseIds, userIds)
                .compose(credits -> credits.isEmpty()
                        ? Future.succeededFuture(NOTHING)
                        : record(tx, credits, last).map(v -> () -> metrics.purchasesCredited(credits.size())));
    }

    private Future<Void> record(SqlConnection tx, List<Credit> credits, LoggedEvent cause) {
        AuditEntry entry = new AuditEntry(
                Actor.system(cause.cause()),
                AuditAction.CASHBACK_CREDITED,
                "cashback_batch",
                cause.position().toString(),
                Map.of(
                        "purchases", Integer.toString(credits.size()),
                        "cashback_amount", Crediting.sum(credits).toString()));
        return Future.all(audit.record(tx, entry), events.append(tx, CashbackEvents.CREDITED, Crediting.event(credits)))
                .mapEmpty();
    }
}
