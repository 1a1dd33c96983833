package com.clicknback.ingestion;

import com.clicknback.audit.Actor;
import com.clicknback.audit.AuditAction;
import com.clicknback.audit.AuditEntry;
import com.clicknback.audit.AuditTrail;
import com.clicknback.events.PurchaseEvents;
import com.clicknback.events.PurchaseKey;
import com.clicknback.ingestion.BatchIngestion.Identified;
import com.clicknback.ingestion.BatchIngestion.Judgement;
import com.clicknback.ingestion.IngestionStore.Facts;
import com.clicknback.ingestion.OrderStore.Attachment;
import com.clicknback.ingestion.OrderStore.OtherReport;
import com.clicknback.ingestion.references.UserReferences;
import com.clicknback.ingestion.terms.RememberedTerms;
import com.clicknback.ledger.Ledger;
import com.clicknback.money.Money;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.SqlFailures;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.events.EventLog;
import com.clicknback.purchases.PurchaseStatus;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Ingests purchases whose sender names the order, in one transaction. An order that a partner reports and its user
 * submits is one purchase: the second report attaches to the first and earns nothing. From then on the partner decides.
 */
public final class OrderIngestion {
    /** Two reports that come at once meet in the database; the later one then finds the other. */
    private static final int ATTEMPTS_MAX = 3;

    private static final Verdict BUSY = Verdict.Refused.of(DomainException.unavailable());

    private final Database database;
    private final Ledger ledger;
    private final AuditTrail audit;
    private final EventLog events;
    private final Clock clock;
    private final IngestionRules late;
    private final RememberedTerms terms = new RememberedTerms();

    public OrderIngestion(
            Database database, Ledger ledger, AuditTrail audit, EventLog events, Clock clock, IngestionRules late) {
        this.database = database;
        this.ledger = ledger;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
        this.late = late;
    }

    /** An order as its reports name it. */
    private record Order(
            UUID userId,
            UUID merchantId,
            Money amount,
            @Nullable String ref) {
        static Order of(Submission submission) {
            return new Order(submission.userId(), submission.merchantId(), submission.amount(), submission.orderRef());
        }
    }

    /** The reports of the same orders, by place, the users who may have some, and those whose wallets were locked. */
    private record Others(Map<Integer, List<OtherReport>> byPlace, Set<UUID> reporters, Set<UUID> locked) {
        boolean areUnknown(Submission submission) {
            UUID userId = submission.userId();
            return (submission.isByUser() || reporters.contains(userId)) && !locked.contains(userId);
        }
    }

    /** The verdicts in order. */
    Future<List<Verdict>> ingest(List<Identified> submissions) {
        return ingest(submissions, false);
    }

    /**
     * @param waits for locked wallets; after a while in vain its submissions are refused
     */
    private Future<List<Verdict>> ingest(List<Identified> submissions, boolean waits) {
        return attempt(submissions, waits, 1)
                .compose(sorting -> sorting.deferred.isEmpty()
                        ? Future.succeededFuture(sorting.verdicts())
                        : ingest(sorting.deferred, true).map(sorting::completedBy))
                .recover(failure -> waits && SqlFailures.isTimedOut(failure)
                        ? Future.succeededFuture(Collections.nCopies(submissions.size(), BUSY))
                        : Future.failedFuture(failure));
    }

    private Future<Sorting> attempt(List<Identified> submissions, boolean waits, int number) {
        return database.inTransaction(tx -> store(tx, submissions, waits))
                .recover(failure -> SqlFailures.isConflict(failure) && number < ATTEMPTS_MAX
                        ? attempt(submissions, waits, number + 1)
                        : Future.failedFuture(failure));
    }

    private Future<Sorting> store(SqlConnection tx, List<Identified> identified, boolean waits) {
        Instant now = clock.instant();
        List<Submission> submissions =
                identified.stream().map(Identified::submission).toList();
        // Wallets first: who waited for one knows what came meanwhile.
        return findOthers(tx, submissions, now, waits)
                .compose(others -> IngestionStore.examine(tx, terms, submissions, now, late.holdDays())
                        .map(facts -> new Sorting(identified, facts, others, now)))
                .compose(sorting -> write(tx, sorting, now).map(sorting));
    }

    /**
     * Locks the wallets of users who may have reported before, like everybody who changes a purchase, and of those who do so
     * now: nothing else tells two submissions apart that come at the same moment. A partner's other reports pass: that of
     * its user at the same moment is a conflict in the database.
     */
    private Future<Others> findOthers(SqlConnection tx, List<Submission> submissions, Instant now, boolean waits) {
        return OrderStore.findReporters(tx, submissions, now).compose(reporters -> {
            Set<UUID> users = new HashSet<>(reporters);
            submissions.stream().filter(Submission::isByUser).forEach(submission -> users.add(submission.userId()));
            return users.isEmpty()
                    ? Future.succeededFuture(new Others(Map.of(), users, users))
                    : (waits ? ledger.lockSoon(tx, users) : Ledger.lockFree(tx, users))
                            .compose(locked -> keepIds(tx, submissions, locked)
                                    .compose(kept -> OrderStore.findOthers(tx, submissions, locked, now))
                                    .map(others -> new Others(others, reporters, locked)));
        });
    }

    /** After the wallets: nobody waits for a wallet with others' ids in hand. */
    private static Future<Void> keepIds(SqlConnection tx, List<Submission> submissions, Set<UUID> locked) {
        List<String> ids = submissions.stream()
                .filter(submission -> submission.isByUser() && locked.contains(submission.userId()))
                .map(Submission::externalId)
                .toList();
        return ids.isEmpty() ? Future.succeededFuture() : UserReferences.keepForReports(tx, ids);
    }

    private Future<Void> write(SqlConnection tx, Sorting sorting, Instant now) {
        List<Future<Void>> written = new ArrayList<>();
        if (!sorting.superseded.isEmpty()) {
            written.add(OrderStore.close(tx, sorting.superseded));
        }
        if (!sorting.accepted.isEmpty()) {
            written.add(IngestionStore.insertAll(tx, sorting.accepted, now).mapEmpty());
            written.add(OrderStore.insert(tx, sorting.accepted, now));
        }
        if (!sorting.attachments.isEmpty()) {
            written.add(OrderStore.attach(tx, sorting.attachments, now));
            written.add(audit.record(
                    tx,
                    sorting.attachments.stream().map(OrderIngestion::auditEntry).toList()));
        }
        List<PurchaseKey> reported = sorting.attachments.stream()
                .map(attachment -> attachment.submission().key())
                .filter(key -> key.partnerId() != null)
                .toList();
        if (!reported.isEmpty()) {
            // What the partner has told about the purchase may be parked already.
            written.add(events.append(tx, PurchaseEvents.PARKED, new PurchaseEvents.Awaited(reported)));
        }
        // Sent without waiting for one another: the connection runs them in this order.
        return Future.all(written).mapEmpty();
    }

    private static AuditEntry auditEntry(Attachment attachment) {
        Submission submission = attachment.submission();
        UUID partnerId = submission.key().partnerId();
        // References are free text, and the audit log is for ever: the purchase has them.
        return new AuditEntry(
                partnerId == null
                        ? Actor.user(submission.userId(), "ingestion")
                        : Actor.partner(partnerId, "ingestion"),
                AuditAction.PURCHASE_ATTACHED,
                "purchase",
                attachment.purchaseId().toString(),
                Map.of("first_reported_by", partnerId == null ? "partner" : "user"));
    }

    /** The verdicts on submissions; the deferred ones wait for others of this batch to be stored. */
    private final class Sorting {
        private final @Nullable Verdict[] settled;
        private final List<Integer> places = new ArrayList<>();
        private final List<Identified> deferred = new ArrayList<>();
        private final List<Attachment> attachments = new ArrayList<>();
        private final List<UUID> superseded = new ArrayList<>();
        private final List<NewPurchase> accepted;

        Sorting(List<Identified> submissions, List<Facts> facts, Others others, Instant now) {
            settled = new Verdict[submissions.size()];
            Set<UUID> taken = new HashSet<>();
            Set<PurchaseKey> attached = new HashSet<>();
            Map<Order, Boolean> byUser = new HashMap<>();
            List<Identified> own = new ArrayList<>();
            List<Facts> ownFacts = new ArrayList<>();
            List<Integer> ownPlaces = new ArrayList<>();
            for (int i = 0; i < submissions.size(); i++) {
                Submission submission = submissions.get(i).submission();
                boolean isNew = facts.get(i).known() == null;
                List<OtherReport> known = isNew ? others.byPlace.getOrDefault(i, List.of()) : List.of();
                OtherReport other = firstFree(known, taken);
                Boolean sameByUser = byUser.get(Order.of(submission));
                if (isNew && others.areUnknown(submission)
                        || other == null && !known.isEmpty()
                        || attached.contains(submission.key())
                        || sameByUser != null && (sameByUser || submission.isByUser())) {
                    places.add(i);
                    deferred.add(submissions.get(i));
                    continue;
                }
                Verdict verdict = other == null ? null : onSecond(submission, facts.get(i), other, now);
                settled[i] = verdict;
                if (verdict == null) {
                    byUser.put(Order.of(submission), submission.isByUser());
                    own.add(submissions.get(i));
                    ownFacts.add(facts.get(i));
                    ownPlaces.add(i);
                } else if (verdict instanceof Verdict.Attached second) {
                    taken.add(second.purchase().id());
                    attached.add(submission.key());
                }
            }
            Judgement judgement = BatchIngestion.judge(own, ownFacts, now, late);
            accepted = judgement.accepted();
            for (int i = 0; i < ownPlaces.size(); i++) {
                settled[ownPlaces.get(i)] = judgement.verdicts().get(i);
            }
        }

        /** The first report that none before has taken; null when those that wait are taken, which changes the others. */
        private static @Nullable OtherReport firstFree(List<OtherReport> others, Set<UUID> taken) {
            return others.stream()
                    .filter(other -> !taken.contains(other.purchase().id()))
                    .findFirst()
                    .filter(free -> free == others.get(0) || free.awaitsThis())
                    .orElse(null);
        }

        /** The verdict on a report of an order that is known; null when it becomes a purchase of its own. */
        private @Nullable Verdict onSecond(Submission submission, Facts facts, OtherReport other, Instant now) {
            Optional<DomainException> refusal = EligibilityRule.refusalOfReport(submission, facts, now, late);
            if (refusal.isPresent()) {
                return Verdict.Refused.of(refusal.get());
            }
            boolean rejected = other.purchase().status() == PurchaseStatus.REJECTED;
            if (!other.awaitsThis()) {
                // Among so many, one that stands may be unread.
                return rejected && !other.amongMany() ? null : new Verdict.Repeated(other.purchase());
            }
            if (rejected && !submission.isByUser()) {
                // The user's word was not enough; the partner's is another matter.
                if (EligibilityRule.refusal(submission, facts, now, late).isEmpty()) {
                    superseded.add(other.purchase().id());
                }
                return null;
            }
            attachments.add(new Attachment(other.purchase().id(), submission));
            return new Verdict.Attached(other.purchase());
        }

        List<Verdict> verdicts() {
            return Arrays.asList(settled);
        }

        List<Verdict> completedBy(List<Verdict> later) {
            for (int i = 0; i < places.size(); i++) {
                settled[places.get(i)] = later.get(i);
            }
            return verdicts();
        }
    }
}
