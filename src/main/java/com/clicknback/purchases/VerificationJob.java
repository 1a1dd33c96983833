package com.clicknback.purchases;

import com.clicknback.audit.Actor;
import com.clicknback.flags.EvaluateFlags;
import com.clicknback.purchases.PurchaseVerifier.Finding;
import com.clicknback.purchases.VerificationStore.Claim;
import com.clicknback.purchases.VerificationStore.Due;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
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
    static final String FLAG = "purchase_auto_confirm";
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
     * @param answerWaitMax after which a verifier that has not answered counts as failing
     */
    record Settings(Duration interval, int attemptsMax, Duration answerWaitMax) {}

    private final Context context;
    private final PurchasesVerticle.Shared shared;
    private final Decisions decisions;
    private final PurchaseVerifier verifier;
    private final Settings settings;
    private @Nullable Future<Void> running;

    /** Made and run on the context of the verticle that owns it. */
    VerificationJob(
            Vertx vertx,
            PurchasesVerticle.Shared shared,
            Decisions decisions,
            PurchaseVerifier verifier,
            Settings settings) {
        this.context = vertx.getOrCreateContext();
        this.shared = shared;
        this.decisions = decisions;
        this.verifier = verifier;
        this.settings = settings;
    }

    /** Runs once, or joins the run under way. A failing run is logged and counted; what it left is due again later. */
    Future<Void> run() {
        if (running != null) {
            return running;
        }
        Instant start = shared.clock().instant();
        Future<Void> run = release(start)
                .compose(released -> runFrom(start, VerificationStore.BEFORE_ALL))
                .onFailure(failure -> LOG.warn("verification run failed", failure))
                .onComplete(done -> {
                    running = null;
                    shared.metrics().verificationRun(done.failed());
                });
        running = run.isComplete() ? null : run;
        return run;
    }

    /** Completes when no run is under way. */
    Future<Void> idle() {
        return running == null ? Future.succeededFuture() : running.otherwiseEmpty();
    }

    /** Takes back what partners were to decide and are not any more. */
    private Future<Void> release(Instant start) {
        return VerificationStore.release(shared.database(), start, BATCH_MAX)
                .compose(released -> released < BATCH_MAX ? Future.succeededFuture() : release(start));
    }

    private Future<Void> runFrom(Instant start, Due after) {
        return VerificationStore.findDue(shared.database(), start, after, BATCH_MAX)
                .compose(due -> {
                    if (due.isEmpty()) {
                        return Future.succeededFuture();
                    }
                    Due last = due.get(due.size() - 1);
                    return withhold(due, start)
                            .compose(withheld -> ungated(due))
                            .compose(ids -> verify(ids, start))
                            .compose(verified ->
                                    due.size() < BATCH_MAX ? Future.succeededFuture() : runFrom(start, last));
                });
    }

    private Future<Void> withhold(List<Due> due, Instant start) {
        List<UUID> ids =
                due.stream().filter(Due::leftToPartner).map(Due::purchaseId).toList();
        return VerificationStore.withhold(shared.database(), ids, start);
    }

    /** Gated purchases stay as they are: they are passed over in this run and looked at again in the next. */
    private Future<List<UUID>> ungated(List<Due> found) {
        List<Due> due = found.stream().filter(d -> !d.leftToPartner()).toList();
        List<EvaluateFlags.Subject> subjects = due.stream()
                .map(d -> new EvaluateFlags.Subject(d.userId(), d.merchantId()))
                .toList();
        return shared.bus().ask(new EvaluateFlags(FLAG, subjects)).map(answer -> {
            List<UUID> open = new ArrayList<>();
            for (int i = 0; i < due.size(); i++) {
                if (answer.enabled().get(i)) {
                    open.add(due.get(i).purchaseId());
                }
            }
            return open;
        });
    }

    /** A claim counts from now, not from the start: a run may take longer than a claim holds. */
    private Future<Void> verify(List<UUID> purchaseIds, Instant start) {
        if (purchaseIds.isEmpty()) {
            return Future.succeededFuture();
        }
        Instant lapsesAt = shared.clock().instant().plus(CLAIM_LAPSE);
        return VerificationStore.claim(shared.database(), purchaseIds, start, lapsesAt)
                .compose(claims -> findings(claims, 0, new Findings()))
                .compose(findings -> settle(findings, start, lapsesAt));
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

    /** Verifiers answer on threads of their own, if at all; their answers are noted on this job's context. */
    private Future<Void> ask(Claim claim, Findings findings) {
        Promise<Void> noted = Promise.promise();
        asked(claim)
                .onComplete(answer -> context.runOnContext(v -> {
                    note(answer, claim, findings);
                    noted.complete();
                }));
        return noted.future();
    }

    private Future<Finding> asked(Claim claim) {
        try {
            return Objects.requireNonNull(verifier.verify(claim.candidate()), "no answer to wait for")
                    .timeout(settings.answerWaitMax().toMillis(), TimeUnit.MILLISECONDS);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private void note(AsyncResult<Finding> answer, Claim claim, Findings findings) {
        UUID id = claim.candidate().purchaseId();
        Finding found = answer.result();
        if (found instanceof Finding.Confirmed) {
            findings.confirmed.add(id);
        } else if (found instanceof Finding.Rejected rejected) {
            findings.rejected.put(id, rejected.reason().isBlank() ? DEFAULT_REASON : rejected.reason());
        } else if (found instanceof Finding.Pending) {
            noteUndecided(claim, findings);
        } else {
            // Without its trace: when a verifier is down, it fails for every purchase.
            LOG.warn("verification of purchase {} failed, trying again later: {}", id, String.valueOf(answer.cause()));
            findings.failed.add(id);
        }
    }

    private void noteUndecided(Claim claim, Findings findings) {
        UUID id = claim.candidate().purchaseId();
        if (claim.attempts() + 1 < settings.attemptsMax()) {
            findings.undecided.add(id);
        } else {
            findings.rejected.put(
                    id, "The purchase was still not confirmed after " + settings.attemptsMax() + " attempts.");
        }
    }

    private Future<Void> settle(Findings findings, Instant start, Instant lapsesAt) {
        Duration slack = settings.interval().dividedBy(TICK_SLACK_DIVISOR);
        Instant nextDue = start.plus(settings.interval()).minus(slack);
        Actor actor = Actor.system("verification:" + start);
        return decide(Decision.CONFIRM, Decisions.withoutReason(findings.confirmed), actor, findings)
                .compose(v -> decide(Decision.REJECT, findings.rejected, actor, findings))
                .compose(v -> VerificationStore.countAttempt(shared.database(), findings.undecided, lapsesAt, nextDue))
                .compose(v -> VerificationStore.postpone(shared.database(), findings.failed, lapsesAt, nextDue));
    }

    /** A decision that cannot be stored is cornered by halving, so that it holds up no other. */
    private Future<Void> decide(
            Decision decision, Map<UUID, @Nullable String> reasons, Actor actor, Findings findings) {
        if (reasons.isEmpty()) {
            return Future.succeededFuture();
        }
        return shared.database()
                .inTransaction(tx -> decisions.apply(tx, decision, reasons, actor))
                .onSuccess(outcome -> {
                    shared.metrics().purchasesCredited(outcome.creditedFirst());
                    shared.events().nudge();
                })
                .<Void>mapEmpty()
                .recover(failure -> {
                    if (Ingestion.isTransient(failure)) {
                        return Future.failedFuture(failure);
                    }
                    if (reasons.size() == 1) {
                        LOG.error("decision about purchase {} cannot be stored", reasons.keySet(), failure);
                        findings.failed.addAll(reasons.keySet());
                        return Future.succeededFuture();
                    }
                    return decideHalves(decision, reasons, actor, findings);
                });
    }

    private Future<Void> decideHalves(
            Decision decision, Map<UUID, @Nullable String> reasons, Actor actor, Findings findings) {
        Map<UUID, @Nullable String> first = new HashMap<>();
        Map<UUID, @Nullable String> second = new HashMap<>();
        reasons.forEach((id, reason) -> (first.size() < reasons.size() / 2 ? first : second).put(id, reason));
        return decide(decision, first, actor, findings).compose(v -> decide(decision, second, actor, findings));
    }
}
