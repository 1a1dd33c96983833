package com.clicknback.purchases;

import com.clicknback.audit.AuditTrail;
import com.clicknback.cashback.Crediting;
import com.clicknback.money.Ledger;
import com.clicknback.platform.batch.Batcher;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.bus.Done;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.TimeOrderedIds;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.events.EventLog;
import com.clicknback.platform.events.Follower;
import com.clicknback.platform.ops.Metrics;
import com.clicknback.purchases.IngestPurchases.Verdicts;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ingests purchases in natural batches, decides about them, answers for them, and runs the verification job. */
public final class PurchasesVerticle extends VerticleBase {
    private static final Duration VERIFIER_WAIT_MAX = Duration.ofSeconds(5);

    /**
     * How the domain works.
     *
     * @param batchMax submissions of one commit
     * @param queueMax submissions waiting for theirs before more are refused
     * @param verificationInterval between two runs of the verification job
     * @param verificationAttemptsMax undecided attempts after which a purchase is rejected
     */
    public record Settings(int batchMax, int queueMax, Duration verificationInterval, int verificationAttemptsMax) {}

    /** What the domain shares with the rest of the process. */
    public record Shared(
            Bus bus,
            Database database,
            TimeOrderedIds ids,
            EventLog events,
            AuditTrail audit,
            Ledger ledger,
            Crediting crediting,
            Metrics metrics,
            Clock clock) {}

    /** Looks for parked partner events of what has arrived, which is nothing that anybody waits for. */
    private static final Follower.Settings FOLLOWER = new Follower.Settings("partner-events", 16, 250, 5_000, 100);

    private final Shared shared;
    private final PurchaseVerifier verifier;
    private final Settings settings;
    private final Decisions decisions;
    private @Nullable Batcher<Submission, Verdict> batcher;
    private @Nullable VerificationJob job;
    private @Nullable Follower follower;

    public PurchasesVerticle(Shared shared, PurchaseVerifier verifier, Settings settings) {
        this.shared = shared;
        this.verifier = verifier;
        this.settings = settings;
        this.decisions =
                new Decisions(shared.crediting(), shared.ledger(), shared.audit(), shared.events(), shared.clock());
    }

    @Override
    public Future<?> start() {
        Ingestion ingestion = new Ingestion(vertx, shared.database(), shared.ids(), shared.clock());
        Batcher<Submission, Verdict> queue = new Batcher<>(
                vertx,
                batch -> ingestion.ingest(batch).onSuccess(this::ingested),
                settings.batchMax(),
                settings.queueMax());
        batcher = queue;
        shared.metrics().ingestQueueDepth(queue::depth);
        job = newJob();
        Bus bus = shared.bus();
        bus.answer(
                IngestPurchases.class,
                request -> queue.submitAll(request.submissions()).map(Verdicts::new));
        bus.answer(FindPurchase.class, this::find);
        bus.<Page<Purchase>, ListPurchases>answer(
                ListPurchases.class, request -> PurchaseStore.list(shared.database(), request));
        bus.answer(DecidePurchase.class, this::decide);
        PartnerEvents partnerEvents = new PartnerEvents(shared, decisions);
        Explanations explanations = new Explanations(bus, shared.database(), settings.verificationAttemptsMax());
        bus.answer(ExplainPurchase.class, request -> explanations.explain(request.id()));
        ReversalPreviews previews = new ReversalPreviews(shared, decisions);
        bus.answer(PreviewReversal.class, previews::preview);
        bus.answer(ReportPartnerEvent.class, request -> partnerEvents.report(request.event()));
        bus.answer(AwaitPartnerEvents.class, request -> follower.caughtUp().map(Done.DONE));
        bus.answer(RunVerification.class, request -> job.run().map(Done.DONE));
        vertx.setPeriodic(0, settings.verificationInterval().toMillis(), id -> job.run());
        return follow(partnerEvents);
    }

    private Future<Void> follow(PartnerEvents partnerEvents) {
        Follower mine = new Follower(vertx, shared.database(), shared.clock(), FOLLOWER, partnerEvents::follow);
        follower = mine;
        shared.metrics().follower(FOLLOWER.name(), () -> mine.position().serial(), mine::failures);
        return mine.start(shared.bus());
    }

    /** Whatever was taken from a client is finished first. */
    @Override
    public Future<?> stop() {
        return Future.join(batcher.idle(), job.idle(), follower.close());
    }

    private VerificationJob newJob() {
        return new VerificationJob(
                vertx,
                shared,
                decisions,
                verifier,
                new VerificationJob.Settings(
                        settings.verificationInterval(), settings.verificationAttemptsMax(), VERIFIER_WAIT_MAX));
    }

    private void ingested(List<Verdict> verdicts) {
        int accepted = count(verdicts, Verdict.Accepted.class);
        shared.metrics().ingestBatch(verdicts.size());
        shared.metrics().purchasesAccepted(accepted);
        shared.metrics().purchasesDuplicate(count(verdicts, Verdict.Known.class));
        shared.metrics().purchasesRejected(count(verdicts, Verdict.Refused.class));
        if (accepted > 0) {
            shared.events().nudge();
        }
    }

    private static int count(List<Verdict> verdicts, Class<? extends Verdict> type) {
        return (int) verdicts.stream().filter(type::isInstance).count();
    }

    private Future<Purchase> find(FindPurchase request) {
        return PurchaseStore.find(shared.database(), request.id())
                .map(found -> found.orElseThrow(() -> DomainException.notFound("purchase", request.id())));
    }

    private Future<DecidePurchase.Decided> decide(DecidePurchase request) {
        return shared.database()
                .inTransaction(tx -> decisions.applyToOne(tx, request))
                .map(outcome -> {
                    shared.metrics().purchasesCredited(outcome.creditedFirst());
                    shared.events().nudge();
                    return outcome.decided(request);
                });
    }
}
