package com.clicknback.verification;

import com.clicknback.audit.Actor;
import com.clicknback.flags.Flags;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.purchases.Decision;
import com.clicknback.purchases.Decisions;
import com.clicknback.verification.Inquiry.Findings;
import com.clicknback.verification.VerificationBatchStore.Fresh;
import com.clicknback.verification.VerificationBatchStore.Kept;
import com.clicknback.verification.VerificationStore.Claim;
import com.clicknback.verification.VerificationStore.Due;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
public final class VerificationJob {
    private static final Logger LOG = LoggerFactory.getLogger(VerificationJob.class);
    /** Purchases of one claim: few enough for a slow verifier to answer about all of them before it lapses. */
    static final int BATCH_MAX = 500;

    /** Of few purchases each: bounds what one claim of first attempts reads. */
    private static final int FRESH_BATCHES_MAX = 50;

    private static final Duration CLAIM_LAPSE = Duration.ofMinutes(2);

    /** Ticks come a little early or late: what is due within this part of an interval is due at the tick. */
    private static final int TICK_SLACK_DIVISOR = 10;

    private final Inquiry inquiry;
    private final Database database;
    private final AutoConfirm autoConfirm;
    private final Decisions decisions;
    private final Clock clock;
    private final Duration interval;
    private @Nullable Future<Void> running;

    /** Run on the context of the verticle that owns it. */
    VerificationJob(
            Inquiry inquiry,
            Database database,
            AutoConfirm autoConfirm,
            Decisions decisions,
            Clock clock,
            Duration interval) {
        this.inquiry = inquiry;
        this.database = database;
        this.autoConfirm = autoConfirm;
        this.decisions = decisions;
        this.clock = clock;
        this.interval = interval;
    }

    /** Runs once, or joins the run under way. A failing run is logged; what it left is due again later. */
    public Future<Void> run() {
        if (running != null) {
            return running;
        }
        Instant start = clock.instant();
        Future<Void> run = release(start)
                .compose(released -> verifyAgain(start, VerificationStore.BEFORE_ALL))
                .compose(again -> verifyFresh(start))
                .onFailure(failure -> LOG.warn("verification run failed", failure))
                .onComplete(done -> running = null);
        running = run.isComplete() ? null : run;
        return run;
    }

    /** Completes when no run is under way. */
    Future<Void> idle() {
        return running == null ? Future.succeededFuture() : running.otherwiseEmpty();
    }

    /** Takes back what partners were to decide and are not any more. */
    private Future<Void> release(Instant start) {
        return VerificationStore.release(database, start, BATCH_MAX)
                .compose(released -> released < BATCH_MAX ? Future.succeededFuture() : release(start));
    }

    /** What has been on the list before, one by one. */
    private Future<Void> verifyAgain(Instant start, Due after) {
        return VerificationStore.findDue(database, start, after, BATCH_MAX).compose(due -> {
            if (due.isEmpty()) {
                return Future.succeededFuture();
            }
            Due last = due.get(due.size() - 1);
            return withhold(due, start)
                    .compose(withheld -> ungated(due))
                    .compose(ids -> verifyAgain(ids, start))
                    .compose(verified -> due.size() < BATCH_MAX ? Future.succeededFuture() : verifyAgain(start, last));
        });
    }

    private Future<Void> withhold(List<Due> due, Instant start) {
        List<UUID> ids =
                due.stream().filter(Due::leftToPartner).map(Due::purchaseId).toList();
        return VerificationStore.withhold(database, ids, start);
    }

    /** Gated purchases stay as they are: they are passed over in this run and looked at again in the next. */
    private Future<List<UUID>> ungated(List<Due> found) {
        List<Due> due = found.stream().filter(d -> !d.leftToPartner()).toList();
        return autoConfirm
                .allowed(due, d -> new Flags.Subject(d.userId(), d.merchantId()))
                .map(open -> open.stream().map(Due::purchaseId).toList());
    }

    /** A claim counts from now, not from the start: a run may take longer than a claim holds. */
    private Instant lapse() {
        return clock.instant().plus(CLAIM_LAPSE);
    }

    private Future<Void> verifyAgain(List<UUID> purchaseIds, Instant start) {
        if (purchaseIds.isEmpty()) {
            return Future.succeededFuture();
        }
        Instant lapsesAt = lapse();
        return VerificationStore.claim(database, purchaseIds, start, lapsesAt)
                .compose(inquiry::about)
                .compose(findings -> decide(findings, start)
                        .compose(v ->
                                VerificationStore.countAttempt(database, findings.undecided, lapsesAt, nextDue(start)))
                        .compose(v -> VerificationStore.postpone(database, findings.failed, lapsesAt, nextDue(start))));
    }

    /** What has been ingested since, batch by batch. */
    private Future<Void> verifyFresh(Instant start) {
        Instant lapsesAt = lapse();
        return VerificationBatchStore.claim(database, start, lapsesAt, FRESH_BATCHES_MAX, BATCH_MAX)
                .compose(batches -> batches.isEmpty()
                        ? Future.succeededFuture()
                        : VerificationBatchStore.findPending(database, batches)
                                .compose(fresh -> verifyFresh(fresh, start))
                                .compose(kept -> VerificationBatchStore.end(database, batches, lapsesAt, kept))
                                .compose(ended -> verifyFresh(start)));
    }

    /** Answers which of the purchases stay on the list. */
    private Future<List<Kept>> verifyFresh(List<Fresh> fresh, Instant start) {
        Map<UUID, Kept> kept = new LinkedHashMap<>();
        for (Fresh purchase : fresh) {
            UUID id = purchase.candidate().purchaseId();
            kept.put(id, new Kept(id, 0, purchase.leftToPartner() ? null : start));
        }
        List<Fresh> eligible =
                fresh.stream().filter(f -> !f.leftToPartner() && !f.told()).toList();
        return autoConfirm
                .allowed(
                        eligible,
                        f -> new Flags.Subject(
                                f.candidate().userId(), f.candidate().merchantId()))
                .map(open -> open.stream().map(f -> new Claim(f.candidate(), 0)).toList())
                .compose(inquiry::about)
                .compose(findings -> decide(findings, start).map(decided -> {
                    findings.confirmed.forEach(kept::remove);
                    findings.rejected.keySet().forEach(kept::remove);
                    findings.undecided.forEach(id -> kept.put(id, new Kept(id, 1, nextDue(start))));
                    findings.failed.forEach(id -> kept.put(id, new Kept(id, 0, nextDue(start))));
                    return List.copyOf(kept.values());
                }));
    }

    private Instant nextDue(Instant start) {
        return start.plus(interval).minus(interval.dividedBy(TICK_SLACK_DIVISOR));
    }

    private Future<Void> decide(Findings findings, Instant start) {
        Actor actor = Actor.system("verification:" + start);
        return decide(Decision.CONFIRM, Decisions.withoutReason(findings.confirmed), actor, findings)
                .compose(v -> decide(Decision.REJECT, findings.rejected, actor, findings));
    }

    /** A decision that cannot be stored is cornered by halving, so that it holds up no other. */
    private Future<Void> decide(
            Decision decision, Map<UUID, @Nullable String> reasons, Actor actor, Findings findings) {
        if (reasons.isEmpty()) {
            return Future.succeededFuture();
        }
        return decisions.decide(decision, reasons, actor).<Void>mapEmpty().recover(failure -> {
            if (DomainException.isUnavailable(failure)) {
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
