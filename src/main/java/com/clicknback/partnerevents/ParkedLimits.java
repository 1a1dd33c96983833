package com.clicknback.partnerevents;

import com.clicknback.platform.db.Database;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.platform.events.Sweep;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The limits of parked events: how many a partner may have, and how long they wait. Those whose purchase never came stay
 * visible as expired, and are deleted a year later.
 */
public final class ParkedLimits {
    /** Room comes with the purchases that the partner sends. */
    private static final int RETRY_AFTER_SECONDS = 60;

    /** Long enough for the questions of a partner that closes its year. */
    private static final Duration KEPT = Duration.ofDays(365);

    private static final int SLICE_MAX = 500;
    private static final int SLICES_MAX = 200;

    private final Database database;
    private final EventOutcomes outcomes;
    private final Clock clock;
    private final int parkedMax;
    private final Duration waitMax;
    private final Sweep expiry;
    private final Sweep deletion;

    /**
     * @param parkedMax events that a partner may have parked
     * @param parkedDaysMax days that an event may wait
     */
    public ParkedLimits(Database database, EventOutcomes outcomes, Clock clock, int parkedMax, int parkedDaysMax) {
        this.database = database;
        this.outcomes = outcomes;
        this.clock = clock;
        this.parkedMax = parkedMax;
        this.waitMax = Duration.ofDays(parkedDaysMax);
        this.expiry = new Sweep("expiry of parked events", SLICE_MAX, SLICES_MAX, clock, this::expireSlice);
        this.deletion = new Sweep("deletion of expired events", SLICE_MAX, SLICES_MAX, clock, this::deleteSlice);
    }

    /** Counts an event as parked, as the last step of its transaction. Fails with PARKED_EVENT_LIMIT_REACHED. */
    Future<Void> count(SqlConnection tx, UUID eventId) {
        return ParkedStore.count(tx, eventId, parkedMax)
                .compose(within -> within ? Future.succeededFuture() : Future.failedFuture(limitReached()));
    }

    private DomainException limitReached() {
        return new DomainException(
                ErrorCode.PARKED_EVENT_LIMIT_REACHED,
                "Too many events wait for their purchases. Send the purchases, and this event again later.",
                DomainException.details("limit", parkedMax, "retry_after_seconds", RETRY_AFTER_SECONDS));
    }

    /** Expires what is due, or joins the run under way; brings the number of events. */
    Future<Integer> expire() {
        return expiry.run();
    }

    /** Deletes what expired long ago, or joins the run under way; brings the number of events. */
    Future<Integer> delete() {
        return deletion.run();
    }

    /** Lets the runs under way end with their present slices; completes then. */
    Future<Integer> close() {
        return expiry.close().compose(expired -> deletion.close());
    }

    private Future<Integer> expireSlice() {
        Instant parkedUntil = clock.instant().minus(waitMax);
        return database.inTransaction(tx -> ParkedStore.claimDue(tx, parkedUntil, SLICE_MAX)
                        .compose(due -> due.isEmpty()
                                ? Future.succeededFuture(due)
                                : outcomes.expire(tx, due, waitMax).map(due)))
                .onSuccess(outcomes::countExpired)
                .map(List::size);
    }

    private Future<Integer> deleteSlice() {
        return ParkedStore.deleteExpired(database, clock.instant().minus(KEPT), SLICE_MAX);
    }
}
