package com.clicknback.purchases;

import com.clicknback.audit.Actor;
import com.clicknback.flags.EvaluateFlags;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.events.EventLog;
import com.clicknback.platform.ops.Metrics;
import com.clicknback.purchases.PurchaseVerifier.Finding;
import com.clicknback.purchases.VerificationStore.Claim;
import com.clicknback.purchases.VerificationStore.Due;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides pending purchases by asking the verifier (section 7.6 of the HTTP contract). A run goes once through what is
 * due, oldest first, in bounded batches; flags gate each attempt; claims keep other processes away and lapse by
 * themselves.
 */
final class VerificationJob {
    private static final Logger LOG = LoggerFactory.getLogger(VerificationJob.class);
    private static final String FLAG = "purchase_auto_confirm";
    private static final String DEFAULT_REASON = "The purchase was not confirmed by its verification.";
    private static final int BATCH_MAX = 500;
    private static final int CONCURRENT_MAX = 32;
    private static final Duration CLAIM_LAPSE = Duration.ofMinutes(2);

    /** Ticks come a little early or late: what is due within this part of an interval is due at the tick. */
    private static final int TICK_SLACK_DIVISOR = 10;

    /**
     * How the job works.
     *
     * @param attemptsMax undecided attempts after which a purchase is rejected
     */
    record Settings(Duration interval, int attemptsMax) {}

    private final Bus bus;
    private final Database database;
    private final Decisions decisions;
    private final EventLog events;
    private final PurchaseVerifier verifier;
    private final Metrics metrics;
    private final Clock clock;
    private final Settings settings;
    private @Nullable Future<Void> running;

    VerificationJob(
            Bus bus,
            Database database,
            Decisions decisions,
            EventLog events,
            PurchaseVerifier verifier,
            Metrics metrics,
            Clock clock,
            Settings settings) {
        this.bus = bus;
        this.database = database;
        this.decisions = decisions;
        this.events = events;
        this.verifier = verifier;
        this.metrics = metrics;
        this.clock = clock;
        this.settings = settings;
    }

    /** Runs once, or joins the run under way. A failing run is logged and counted; what it left is due again later. */
    Future<Void> run() {
        if (running != null) {
            return running;
        }
        Instant start = clock.instant();
        Future<Void> run = runFrom(start, VerificationStore.BEFORE_ALL)
                .onFailure(failure -> LOG.warn("verification run failed", failure))
                .onComplete(done -> {
                    running = null;
                    metrics.verificationRun(done.failed());
                });
        running = run.isComplete() ? null : run;
        return run;
    }

    /** Completes when no run is under way. */
    Future<Void> idle() {
        return running == null ? Future.succeededFuture() : running.otherwiseEmpty();
    }

    private Future<Void> runFrom(Instant start, Due after) {
        return VerificationStore.findDue(database, start, after, BATCH_MAX).compose(due -> {
            if (due.isEmpty()) {
                return Future.succeededFuture();
            }
            Due last = due.get(due.size() - 1);
            return ungated(due)
                    .compose(ids -> verify(ids, start))
                    .compose(verified -> due.size() < BATCH_MAX ? Future.succeededFuture() : runFrom(start, last));
        });
    }

    /** Gated purchases stay as they are: they are passed over in this run and looked at again in the next. */
    private Future<List<UUID>> ungated(List<Due> due) {
        List<EvaluateFlags.Subject> subjects = due.stream()
                .map(d -> new EvaluateFlags.Subject(d.userId(), d.merchantId()))
                .toList();
        return bus.ask(new EvaluateFlags(FLAG, subjects)).map(answer -> {
            List<UUID> open = new ArrayList<>();
            for (int i = 0; i < due.size(); i++) {
                if (answer.enabled().get(i)) {
                    open.add(due.get(i).purchaseId());
                }
            }
            return open;
        });
    }

    private Future<Void> verify(List<UUID> purchaseIds, Instant start) {
        if (purchaseIds.isEmpty()) {
            return Future.succeededFuture();
        }
        return VerificationStore.claim(database, purchaseIds, start, start.plus(CLAIM_LAPSE))
                .compose(claims -> findings(claims, 0, new Findings()))
                .compose(findings -> settle(findings, start));
    }

    /** What the verifier said, by what is to be done. */
    private static final class Findings {
        final List<UUID> confirmed = new ArrayList<>();
        final Map<UUID, @Nullable String> rejected = new HashMap<>();
        final List<UUID> undecided = new ArrayList<>();
        final List<UUID> failed = new ArrayList<>();
    }

    /** Asks about a few claims at a time. */
    private Future<Findings> findings(List<Claim> claims, int from, Findings findings) {
        if (from >= claims.size()) {
            return Future.succeededFuture(findings);
        }
        int to = Math.min(from + CONCURRENT_MAX, claims.size());
        List<Future<Void>> asked = claims.subList(from, to).stream()
                .map(claim -> ask(claim, findings))
                .toList();
        return Future.all(asked).compose(answered -> findings(claims, to, findings));
    }

    private Future<Void> ask(Claim claim, Findings findings) {
        UUID id = claim.candidate().purchaseId();
        Future<Finding> finding;
        try {
            finding = verifier.verify(claim.candidate());
        } catch (RuntimeException e) {
            finding = Future.failedFuture(e);
        }
        return finding.onSuccess(found -> note(found, claim, findings))
                .onFailure(failure -> {
                    LOG.warn("verification of purchase {} failed, trying again later", id, failure);
                    findings.failed.add(id);
                })
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    private void note(Finding found, Claim claim, Findings findings) {
        UUID id = claim.candidate().purchaseId();
        if (found instanceof Finding.Confirmed) {
            findings.confirmed.add(id);
        } else if (found instanceof Finding.Rejected rejected) {
            findings.rejected.put(id, rejected.reason().isBlank() ? DEFAULT_REASON : rejected.reason());
        } else if (claim.attempts() + 1 >= settings.attemptsMax()) {
            findings.rejected.put(
                    id, "The purchase was still not confirmed after " + settings.attemptsMax() + " attempts.");
        } else {
            findings.undecided.add(id);
        }
    }

    private Future<Void> settle(Findings findings, Instant start) {
        Duration slack = settings.interval().dividedBy(TICK_SLACK_DIVISOR);
        Instant nextDue = start.plus(settings.interval()).minus(slack);
        Actor actor = Actor.system("verification:" + start);
        return decide(Decision.CONFIRM, Decisions.withoutReason(findings.confirmed), actor)
                .compose(v -> decide(Decision.REJECT, findings.rejected, actor))
                .compose(v -> VerificationStore.countAttempt(database, findings.undecided, nextDue))
                .compose(v -> VerificationStore.postpone(database, findings.failed, nextDue));
    }

    private Future<Void> decide(Decision decision, Map<UUID, @Nullable String> reasons, Actor actor) {
        if (reasons.isEmpty()) {
            return Future.succeededFuture();
        }
        return database.inTransaction(tx -> decisions.apply(tx, decision, reasons, actor))
                .onSuccess(outcome -> {
                    metrics.purchasesCredited(outcome.creditedFirst());
                    events.nudge();
                })
                .mapEmpty();
    }
}
