package com.clicknback.partnerevents;

import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.events.Follower;
import com.clicknback.platform.events.Followers;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.jspecify.annotations.Nullable;

/** Takes events that partners report about purchases, and applies parked ones once their purchase arrives. */
public final class PartnerEventsVerticle extends VerticleBase {
    /** The name of the follower that applies parked events. */
    public static final String FOLLOWER = "partner-events";

    /** Rests between transactions: parked events are not latency-sensitive. */
    private static final Follower.Settings SETTINGS = new Follower.Settings(FOLLOWER, 16, 250, 5_000, 100);

    private final Bus bus;
    private final Followers followers;
    private final PartnerEventIntake intake;
    private final ParkedEvents parkedEvents;
    private @Nullable Follower follower;

    public PartnerEventsVerticle(Bus bus, Followers followers, PartnerEventIntake intake, ParkedEvents parkedEvents) {
        this.bus = bus;
        this.followers = followers;
        this.intake = intake;
        this.parkedEvents = parkedEvents;
    }

    @Override
    public Future<?> start() {
        bus.answer(PartnerEvents.Report.class, request -> intake.report(request.event()));
        follower = followers.follow(vertx, SETTINGS, parkedEvents::follow);
        return follower.start(bus);
    }

    @Override
    public Future<?> stop() {
        return follower == null ? Future.succeededFuture() : follower.close();
    }
}
