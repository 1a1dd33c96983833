package com.clicknback.partnerevents;

import com.clicknback.partnerevents.replay.PartnerEvent;
import com.clicknback.platform.batch.Batcher;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.events.Follower;
import com.clicknback.platform.events.Followers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes events that partners report about purchases, and applies parked ones once their purchase arrives. */
public final class PartnerEventsVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(PartnerEventsVerticle.class);

    /** The name of the follower that applies parked events. */
    public static final String FOLLOWER = "partner-events";

    /** Rests between transactions: parked events are not latency-sensitive. */
    private static final Follower.Settings SETTINGS = new Follower.Settings(FOLLOWER, 16, 250, 5_000, 100);

    /** The limit is in days, and a service that is restarted each night still gets to it. */
    private static final long EXPIRY_INTERVAL_MS = 600_000;

    /** Looks for events that were set aside: to measure them, and to try those that are due. */
    private static final long SET_ASIDE_INTERVAL_MS = 10_000;

    /** Reports that may wait for their turn; each belongs to a request that the edge has admitted. */
    private static final int REPORTS_WAITING_MAX = 10_000;

    private final Bus bus;
    private final Database database;
    private final Followers followers;
    private final PartnerEventIntake intake;
    private final ParkedEvents parkedEvents;
    private final ParkedLimits limits;
    private @Nullable Follower follower;

    public PartnerEventsVerticle(
            Bus bus,
            Database database,
            Followers followers,
            PartnerEventIntake intake,
            ParkedEvents parkedEvents,
            ParkedLimits limits) {
        this.bus = bus;
        this.database = database;
        this.followers = followers;
        this.intake = intake;
        this.parkedEvents = parkedEvents;
        this.limits = limits;
    }

    @Override
    public Future<?> start() {
        Batcher<Supplier<Future<PartnerEvents.Reported>>, PartnerEvents.Reported> reports =
                Batcher.ofSingles(vertx, database.connectionsOfOneKindMax(), REPORTS_WAITING_MAX);
        bus.answer(PartnerEvents.Report.class, request -> inTurn(reports, request.event()));
        bus.<Page<RecordedEvent>, PartnerEvents.List>answer(
                PartnerEvents.List.class,
                request -> RecordedEventStore.list(database, request.partnerId(), request.outcome(), request.page()));
        parkedEvents.measure();
        vertx.setPeriodic(EXPIRY_INTERVAL_MS, id -> limits.expire().compose(expired -> limits.delete()));
        vertx.setPeriodic(
                SET_ASIDE_INTERVAL_MS,
                id -> parkedEvents
                        .bringBack()
                        .onFailure(failure -> LOG.warn("events stay set aside for now", failure)));
        follower = followers.follow(vertx, SETTINGS, parkedEvents::follow);
        return follower.start(bus);
    }

    /** In the context of the request, which its trace belongs to. */
    private Future<PartnerEvents.Reported> inTurn(
            Batcher<Supplier<Future<PartnerEvents.Reported>>, PartnerEvents.Reported> reports, PartnerEvent event) {
        Context ofRequest = vertx.getOrCreateContext();
        return reports.submit(event.partnerId(), () -> {
            Promise<PartnerEvents.Reported> done = Promise.promise();
            ofRequest.runOnContext(turn -> Future.succeededFuture()
                    .compose(begun -> intake.report(event))
                    .onComplete(done));
            return done.future();
        });
    }

    @Override
    public Future<?> stop() {
        Future<?> closed = follower == null ? Future.succeededFuture() : follower.close();
        return closed.eventually(parkedEvents::idle).eventually(limits::close);
    }
}
