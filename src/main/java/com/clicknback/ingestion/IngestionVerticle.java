package com.clicknback.ingestion;

import com.clicknback.crediting.PurchaseTraces;
import com.clicknback.ingestion.references.ReportedOrder;
import com.clicknback.ingestion.references.UserReferences;
import com.clicknback.platform.batch.Batcher;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.clock.TimeOrderedIds;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.events.EventLog;
import com.clicknback.platform.ops.Metrics;
import com.clicknback.platform.tracing.SharedSteps;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes submitted purchases in natural batches, at most two in flight, and announces what was stored. */
public final class IngestionVerticle extends VerticleBase {

    /** The most submissions of one commit, and the most that may wait for theirs; more are refused. */
    public record Settings(int batchMax, int queueMax, IngestionRules late) {}

    private final Bus bus;
    private final Database database;
    private final TimeOrderedIds ids;
    private final EventLog events;
    private final Metrics metrics;
    private final Clock clock;
    private final OrderIngestion orders;
    private final Settings settings;
    private @Nullable Batcher<Submission, Verdict> batcher;

    public IngestionVerticle(
            Bus bus,
            Database database,
            TimeOrderedIds ids,
            EventLog events,
            Metrics metrics,
            Clock clock,
            OrderIngestion orders,
            Settings settings) {
        this.bus = bus;
        this.database = database;
        this.ids = ids;
        this.events = events;
        this.metrics = metrics;
        this.clock = clock;
        this.orders = orders;
        this.settings = settings;
    }

    @Override
    public Future<?> start() {
        BatchIngestion ingestion = new BatchIngestion(vertx, database, ids, clock, settings.late(), orders);
        SharedSteps<Submission> traces = new SharedSteps<>(vertx);
        Batcher<Submission, Verdict> queue = Batcher.ofTwoFlushes(
                vertx,
                batch -> traces.share("ingest", batch, () -> ingest(ingestion, traces, batch))
                        .onSuccess(this::announce),
                settings.batchMax(),
                settings.queueMax());
        batcher = queue;
        metrics.ingestQueueDepth(queue::depth);
        bus.answer(
                Ingestion.Submit.class,
                request -> traces.remember(
                                request.submissions(),
                                () -> queue.submitAll(request.partnerId(), request.submissions()))
                        .map(Ingestion.Verdicts::new));
        bus.<Page<ReportedOrder>, Ingestion.ListOrders>answer(
                Ingestion.ListOrders.class,
                request -> UserReferences.listOrders(database, request.userId(), request.page()));
        return Future.succeededFuture();
    }

    private Future<List<Verdict>> ingest(
            BatchIngestion ingestion, SharedSteps<Submission> traces, List<Submission> batch) {
        List<BatchIngestion.Identified> identified = ingestion.identified(batch);
        return PurchaseTraces.store(database, clock.instant(), identified, s -> s.id(), s -> traces.of(s.submission()))
                .compose(stored -> ingestion.ingestIdentified(identified));
    }

    /** Submissions taken from clients are finished first. */
    @Override
    public Future<?> stop() {
        return batcher == null ? Future.succeededFuture() : batcher.idle();
    }

    private void announce(List<Verdict> verdicts) {
        int accepted = count(verdicts, Verdict.Accepted.class);
        int attached = count(verdicts, Verdict.Attached.class);
        metrics.ingestBatch(verdicts.size());
        metrics.purchasesAccepted(accepted);
        metrics.purchasesDuplicate(count(verdicts, Verdict.Repeated.class) + attached);
        metrics.purchasesRejected(count(verdicts, Verdict.Taken.class) + count(verdicts, Verdict.Refused.class));
        if (accepted + attached > 0) {
            events.nudge();
        }
    }

    private static int count(List<Verdict> verdicts, Class<? extends Verdict> type) {
        return (int) verdicts.stream().filter(type::isInstance).count();
    }
}
