package com.clicknback.clicks;

import static java.util.Objects.requireNonNull;

import com.clicknback.clicks.ClickGrants.Outcome;
import com.clicknback.platform.batch.Batcher;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.clock.TimeOrderedIds;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.ops.ClickMetrics;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes clicks in natural batches, follows them, and deletes the old ones. */
public final class ClicksVerticle extends VerticleBase {
    private static final long DELETION_INTERVAL_MS = 10_000;

    /** Batches in flight, each of which signs on one thread. */
    private static final int SIGNERS = 2;

    /**
     * The bounds of clicks.
     *
     * @param kept time after which a click is deleted
     * @param batchMax clicks of one commit
     * @param queueMax clicks that may wait for their commit; more are refused
     * @param holdDays the hold where neither the offer nor its merchant has one
     */
    public record Settings(Duration kept, int batchMax, int queueMax, int holdDays) {}

    private final Bus bus;
    private final Database database;
    private final TimeOrderedIds ids;
    private final Receipts receipts;
    private final ClickMetrics metrics;
    private final Clock clock;
    private final Settings settings;
    private final ClickDeletion deletion;
    private @Nullable Batcher<Clicks.Make, Outcome> batcher;

    public ClicksVerticle(
            Bus bus,
            Database database,
            TimeOrderedIds ids,
            Receipts receipts,
            ClickMetrics metrics,
            Clock clock,
            Settings settings) {
        this.bus = bus;
        this.database = database;
        this.ids = ids;
        this.receipts = receipts;
        this.metrics = metrics;
        this.clock = clock;
        this.settings = settings;
        this.deletion = new ClickDeletion(database, clock, settings.kept(), metrics);
    }

    @Override
    public Future<?> start() {
        ClickGrants grants = new ClickGrants(
                database,
                ids,
                clock,
                receipts,
                vertx.createSharedWorkerExecutor("receipt-signing", SIGNERS),
                settings.holdDays());
        Batcher<Clicks.Make, Outcome> queue = Batcher.ofTwoFlushes(
                vertx, batch -> grants.grant(batch).onSuccess(this::count), settings.batchMax(), settings.queueMax());
        batcher = queue;
        metrics.queueDepth(queue::depth);
        bus.answer(Clicks.Make.class, message -> queue.submit(message).compose(ClicksVerticle::made));
        bus.<Page<ClickView>, Clicks.List>answer(Clicks.List.class, message -> ClickListStore.list(database, message));
        bus.answer(
                Clicks.Follow.class,
                message -> follow(message)
                        .onComplete(
                                found -> metrics.followed("found"),
                                failure -> metrics.followed(
                                        failure instanceof DomainException refusal
                                                ? refusal.code().wireName().toLowerCase(Locale.ROOT)
                                                : "failed")));
        vertx.setPeriodic(DELETION_INTERVAL_MS, tick -> deletion.run());
        return Future.succeededFuture();
    }

    /** Clicks taken from clients are finished first. */
    @Override
    public Future<?> stop() {
        return (batcher == null ? Future.succeededFuture() : batcher.idle()).compose(idle -> deletion.close());
    }

    private void count(List<Outcome> outcomes) {
        metrics.made((int)
                outcomes.stream().filter(outcome -> outcome.made() != null).count());
    }

    private static Future<Clicks.Made> made(Outcome outcome) {
        return outcome.made() != null
                ? Future.succeededFuture(outcome.made())
                : Future.failedFuture(requireNonNull(outcome.refusal()));
    }

    private Future<Clicks.Destination> follow(Clicks.Follow message) {
        ClickId id = ClickId.parse(message.id()).orElseThrow(() -> unknown(message));
        return ClickStore.findWay(database, id)
                .map(way -> new Clicks.Destination(
                        Destinations.of(id, way.orElseThrow(() -> unknown(message)), clock.instant())));
    }

    private static DomainException unknown(Clicks.Follow message) {
        return DomainException.notFound("click", message.id());
    }
}
