package com.clicknback.verification;

import com.clicknback.audit.Actor;
import com.clicknback.flags.Flags;
import com.clicknback.platform.clock.DatabaseClock;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.events.Isolation;
import com.clicknback.purchases.Decision;
import com.clicknback.purchases.Decisions;
import com.clicknback.purchases.LockedPurchases;
import com.clicknback.verification.Inquiry.Findings;
import com.clicknback.verification.PurchaseVerifier.Candidate;
import com.clicknback.verification.VerificationBatchStore.FirstAttempt;
import com.clicknback.verification.VerificationBatchStore.StillPending;
import com.clicknback.verification.VerificationStore.Due;
import com.clicknback.verification.VerificationStore.Picked;
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
 * Decides pending purchases by asking the verifier. A run goes once through all due purchases, oldest first, in bounded
 * batches. A flag gates each attempt. Picks keep other processes away, and expire by themselves.
 */
public final class VerificationJob {
    private static final Logger LOG = LoggerFactory.getLogger(VerificationJob.class);
    /** Purchases of one pick: few enough for a slow verifier to answer about all of them before it expires. */
    private static final int PURCHASES_MAX = 500;

    /** Batches of one pick; most batches are small. */
    private static final int BATCHES_MAX = 50;

    private static final Duration PICKED_FOR = Duration.ofMinutes(2);

    /**
     * A pick puts off by less, and an undecided answer by an interval. So whatever is put off for both was put off by a clock
     * that has been set back since.
     */
    private static final Duration PUT_OFF_MAX = Duration.ofMinutes(10);

    /** Ticks come a little early or late: a purchase due within this part of an interval counts as due. */
    private static final int TICK_SLACK_DIVISOR = 10;

    private final Inquiry inquiry;
    private final Database database;
    private final AutoConfirm autoConfirm;
    private final Decisions decisions;
    private final Clock clock;
    private final Duration interval;
    private @Nullable Future<Void> running;
    private boolean closed;

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

    /**
     * Runs once, or joins the run in flight; not while the time is in doubt, which would end holds at a wrong one. A failing
     * run is logged; purchases that it left are due again later.
     */
    public Future<Void> run() {
        if (running != null) {
            return running;
        }
        if (DatabaseClock.isInDoubt(clock)) {
            return Future.succeededFuture();
        }
        Instant start = clock.instant();
        Future<Void> run = release(start)
                .compose(released -> recall(start))
                .compose(released -> verifyAgain(start, VerificationStore.BEFORE_ALL))
                .compose(again -> verifyFirst(start))
                .onFailure(failure -> LOG.warn("verification run failed", failure))
                .onComplete(done -> running = null);
        running = run.isComplete() ? null : run;
        return run;
    }

    /** Lets the run in flight, if there is one, end with the purchases that it is at; completes then. */
    Future<Void> close() {
        closed = true;
        return running == null ? Future.succeededFuture() : running.otherwiseEmpty();
    }

    /** Makes purchases due again whose partners no longer decide about them. */
    private Future<Void> release(Instant start) {
        return VerificationStore.release(database, start, PURCHASES_MAX)
                .compose(released -> released < PURCHASES_MAX || closed ? Future.succeededFuture() : release(start));
    }

    private Future<Void> recall(Instant start) {
        return VerificationStore.recall(database, start, farthest(start), PURCHASES_MAX)
                .compose(recalled -> recalled < PURCHASES_MAX || closed ? Future.succeededFuture() : recall(start));
    }

    private Instant farthest(Instant start) {
        return start.plus(interval).plus(PUT_OFF_MAX);
    }

    /** Verifies purchases that had an attempt before. */
    private Future<Void> verifyAgain(Instant start, Due after) {
        return VerificationStore.findDue(database, start, after, PURCHASES_MAX).compose(due -> {
            if (due.isEmpty() || closed) {
                return Future.succeededFuture();
            }
            Due last = due.get(due.size() - 1);
            return withhold(due, start)
                    .compose(withheld -> allowed(due))
                    .compose(ids -> verifyAgain(ids, start))
                    .compose(verified ->
                            due.size() < PURCHASES_MAX ? Future.succeededFuture() : verifyAgain(start, last));
        });
    }

    private Future<Void> withhold(List<Due> due, Instant start) {
        List<UUID> ids =
                due.stream().filter(Due::leftToPartner).map(Due::purchaseId).toList();
        return VerificationStore.withhold(database, ids, start);
    }

    /** Purchases that the flag holds back stay due: this run passes over them, the next one looks again. */
    private Future<List<UUID>> allowed(List<Due> found) {
        List<Due> due = found.stream().filter(d -> !d.leftToPartner()).toList();
        return autoConfirm
                .allowed(due, d -> new Flags.Subject(d.userId(), d.merchantId()))
                .map(allowed -> allowed.stream().map(Due::purchaseId).toList());
    }

    /** A pick counts from now, not from the start: a run may take longer than a pick holds. */
    private Instant pickedUntil() {
        return clock.instant().plus(PICKED_FOR);
    }

    private Future<Void> verifyAgain(List<UUID> purchaseIds, Instant start) {
        if (purchaseIds.isEmpty()) {
            return Future.succeededFuture();
        }
        Instant pickedUntil = pickedUntil();
        return VerificationStore.pick(database, purchaseIds, start, pickedUntil)
                .compose(inquiry::about)
                .compose(findings -> decide(findings, start)
                        .compose(v -> VerificationStore.countAttempt(
                                database, findings.undecided, pickedUntil, nextDue(start)))
                        .compose(v ->
                                VerificationStore.postpone(database, findings.failed, pickedUntil, nextDue(start))));
    }

    /** Verifies purchases for the first time, in the batches in which they were ingested. */
    private Future<Void> verifyFirst(Instant start) {
        if (closed) {
            return Future.succeededFuture();
        }
        Instant pickedUntil = pickedUntil();
        return VerificationBatchStore.pick(database, start, pickedUntil, BATCHES_MAX, PURCHASES_MAX, farthest(start))
                .compose(batches -> batches.isEmpty()
                        ? Future.succeededFuture()
                        : VerificationBatchStore.findPending(database, batches)
                                .compose(first -> verifyFirst(first, start))
                                .compose(still -> VerificationBatchStore.end(database, batches, pickedUntil, still))
                                .compose(ended -> verifyFirst(start)));
    }

    /** Returns the purchases that stay pending. */
    private Future<List<StillPending>> verifyFirst(List<FirstAttempt> purchases, Instant start) {
        Map<UUID, StillPending> still = new LinkedHashMap<>();
        for (FirstAttempt purchase : purchases) {
            UUID id = purchase.candidate().purchaseId();
            still.put(id, new StillPending(id, 0, purchase.leftToPartner() ? null : start));
        }
        List<Candidate> eligible = purchases.stream()
                .filter(purchase -> !purchase.leftToPartner() && !purchase.eventParked())
                .map(FirstAttempt::candidate)
                .toList();
        return autoConfirm
                .allowed(eligible, c -> new Flags.Subject(c.userId(), c.merchantId()))
                .map(allowed -> allowed.stream().map(c -> new Picked(c, 0)).toList())
                .compose(inquiry::about)
                .compose(findings -> decide(findings, start).map(decided -> {
                    findings.confirmed.forEach(still::remove);
                    findings.rejected.keySet().forEach(still::remove);
                    findings.undecided.forEach(id -> still.put(id, new StillPending(id, 1, nextDue(start))));
                    findings.failed.forEach(id -> still.put(id, new StillPending(id, 0, nextDue(start))));
                    return List.copyOf(still.values());
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

    /** A decision that cannot be stored holds up no other. */
    private Future<Void> decide(
            Decision decision, Map<UUID, @Nullable String> reasons, Actor actor, Findings findings) {
        return Isolation.run(
                List.copyOf(reasons.keySet()),
                some -> decisions
                        .decide(decision, only(some, reasons), actor, VerificationStore::findLeftToJob)
                        .onSuccess(outcome -> outcome.passedOver(decision).forEach(findings.failed::add))
                        .mapEmpty(),
                (id, failure) -> {
                    LOG.error("decision about purchase {} cannot be stored", id, failure);
                    findings.failed.add(id);
                    return Future.succeededFuture();
                },
                some -> LockedPurchases.sort(database, some, id -> id).map(sorted -> {
                    findings.failed.addAll(sorted.locked());
                    return sorted.free();
                }));
    }

    private static Map<UUID, @Nullable String> only(List<UUID> ids, Map<UUID, @Nullable String> reasons) {
        Map<UUID, @Nullable String> some = new HashMap<>();
        ids.forEach(id -> some.put(id, reasons.get(id)));
        return some;
    }
}
