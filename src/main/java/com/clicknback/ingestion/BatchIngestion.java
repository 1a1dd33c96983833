package com.clicknback.ingestion;

import static java.util.Objects.requireNonNull;

import com.clicknback.cashback.CashbackCalculator;
import com.clicknback.cashback.CashbackTerms;
import com.clicknback.events.PurchaseKey;
import com.clicknback.ingestion.IngestionStore.Facts;
import com.clicknback.ingestion.references.UserReferences;
import com.clicknback.ingestion.terms.RememberedTerms;
import com.clicknback.money.Money;
import com.clicknback.platform.clock.TimeOrderedIds;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges a batch of submissions one by one and stores the accepted ones in one commit. A batch costs four statements:
 * three lookups, sent together, and one insert. When another process stores some of the batch in between, a second
 * insert and the three lookups follow. Submissions that name their order take {@link OrderIngestion}'s way. Users'
 * own run in a transaction that keeps their ids from its reports. Those that name a click cost one lookup more.
 */
public final class BatchIngestion {
    private static final Logger LOG = LoggerFactory.getLogger(BatchIngestion.class);
    private static final int ATTEMPTS_MAX = 3;
    private static final long RETRY_MS = 100;

    /** A later failure is answered instead of retried: the sender, and others behind it, have waited long enough. */
    private static final long RETRY_WITHIN_NS = TimeUnit.SECONDS.toNanos(2);

    private final Vertx vertx;
    private final Database database;
    private final TimeOrderedIds ids;
    private final Clock clock;
    private final IngestionRules late;
    private final RememberedTerms terms = new RememberedTerms();
    private final OrderIngestion orders;

    public BatchIngestion(
            Vertx vertx,
            Database database,
            TimeOrderedIds ids,
            Clock clock,
            IngestionRules late,
            OrderIngestion orders) {
        this.vertx = vertx;
        this.database = database;
        this.ids = ids;
        this.clock = clock;
        this.late = late;
        this.orders = orders;
    }

    /** A submission and the id that it gets if it is stored, the same in every attempt. */
    record Identified(UUID id, Submission submission) {}

    /** Gives each submission its id. */
    List<Identified> identified(List<Submission> submissions) {
        return submissions.stream().map(s -> new Identified(ids.next(), s)).toList();
    }

    /** The verdicts in order; fails only when the database does. */
    public Future<List<Verdict>> ingest(List<Submission> submissions) {
        return ingestIdentified(identified(submissions));
    }

    Future<List<Verdict>> ingestIdentified(List<Identified> submissions) {
        return attempt(submissions, 1, System.nanoTime());
    }

    /**
     * Retries a transient failure of the whole batch; purchases stored by an attempt whose answer got lost are recognised
     * by their ids. Isolates any other failure by halving, so that a submission that cannot be stored fails alone.
     */
    private Future<List<Verdict>> attempt(List<Identified> submissions, int number, long startNs) {
        return SubmittedClicks.complete(database, submissions)
                .compose(this::stored)
                .recover(failure -> {
                    if (DomainException.isUnavailable(failure)) {
                        return number == ATTEMPTS_MAX || System.nanoTime() - startNs > RETRY_WITHIN_NS
                                ? Future.failedFuture(failure)
                                : vertx.timer(RETRY_MS * number, TimeUnit.MILLISECONDS)
                                        .compose(waited -> attempt(submissions, number + 1, startNs));
                    }
                    if (submissions.size() == 1) {
                        LOG.error("a submission cannot be stored", failure);
                        return Future.succeededFuture(List.of(DEFECT));
                    }
                    int half = submissions.size() / 2;
                    return attempt(submissions.subList(0, half), 1, startNs)
                            .compose(first -> attempt(submissions.subList(half, submissions.size()), 1, startNs)
                                    .map(second -> Stream.concat(first.stream(), second.stream())
                                            .toList()));
                });
    }

    private Future<List<Verdict>> stored(List<Identified> submissions) {
        if (submissions.stream().allMatch(s -> isPlain(s.submission()))) {
            return storedAlike(submissions);
        }
        Set<PurchaseKey> named = new HashSet<>();
        Map<Integer, List<Identified>> parts = submissions.stream()
                .collect(Collectors.groupingBy(s -> part(s.submission(), named), TreeMap::new, Collectors.toList()));
        Map<UUID, Verdict> verdicts = new HashMap<>();
        Future<List<Verdict>> stored = Future.succeededFuture(List.of());
        for (List<Identified> part : parts.values()) {
            stored = stored.compose(before -> storedAlike(part))
                    .onSuccess(found -> IntStream.range(0, part.size())
                            .forEach(i -> verdicts.put(part.get(i).id(), found.get(i))));
        }
        return stored.map(all -> submissions.stream()
                .map(s -> requireNonNull(verdicts.get(s.id())))
                .toList());
    }

    /** A partner's that names no order: only the index of purchases tells whether it is known. */
    private static boolean isPlain(Submission submission) {
        return submission.orderRef() == null && !submission.isByUser();
    }

    /** Those that name no order go the short way, and first, unless one before them has named an order for their id. */
    private static int part(Submission submission, Set<PurchaseKey> named) {
        if (submission.orderRef() != null) {
            named.add(submission.key());
            return 2;
        }
        return (named.contains(submission.key()) ? 3 : 0) + (submission.isByUser() ? 1 : 0);
    }

    private Future<List<Verdict>> storedAlike(List<Identified> submissions) {
        Submission first = submissions.get(0).submission();
        if (first.orderRef() != null) {
            return orders.ingest(submissions);
        }
        return first.isByUser()
                ? database.inTransaction(tx -> UserReferences.keepFromReports(tx, externalIds(submissions))
                        .compose(kept -> judgeAndStore(
                                tx, submissions, (accepted, now) -> IngestionStore.insertNew(tx, accepted, now))))
                : database.withConnection((connection, gate) -> judgeAndStore(
                        connection,
                        submissions,
                        (accepted, now) -> IngestionStore.insert(connection, gate, accepted, now)));
    }

    private static List<String> externalIds(List<Identified> submissions) {
        return submissions.stream().map(s -> s.submission().externalId()).toList();
    }

    private static final Verdict DEFECT =
            new Verdict.Refused(ErrorCode.INTERNAL_SERVER_ERROR, "The purchase could not be stored.", Map.of(), null);

    /**
     * @param insert returns how many were new
     */
    private Future<List<Verdict>> judgeAndStore(
            SqlConnection connection,
            List<Identified> identified,
            BiFunction<List<NewPurchase>, Instant, Future<Integer>> insert) {
        List<Submission> submissions =
                identified.stream().map(Identified::submission).toList();
        Instant now = clock.instant();
        return IngestionStore.examine(connection, terms, submissions, now, late.holdDays())
                .compose(facts -> {
                    Judgement judgement = judge(identified, facts, now, late);
                    if (judgement.accepted().isEmpty()) {
                        return Future.succeededFuture(judgement.verdicts());
                    }
                    return insert.apply(judgement.accepted(), now)
                            .compose(
                                    inserted -> inserted == judgement.accepted().size()
                                            ? Future.succeededFuture(judgement.verdicts())
                                            : overtaken(connection, submissions, judgement.verdicts(), now));
                });
    }

    /**
     * @param verdicts as they are if everything accepted gets stored
     */
    record Judgement(List<NewPurchase> accepted, List<Verdict> verdicts) {}

    static Judgement judge(List<Identified> submissions, List<Facts> facts, Instant now, IngestionRules late) {
        Map<PurchaseKey, NewPurchase> acceptedByKey = new HashMap<>();
        List<NewPurchase> accepted = new ArrayList<>(submissions.size());
        List<Verdict> verdicts = new ArrayList<>(submissions.size());
        for (int i = 0; i < submissions.size(); i++) {
            UUID id = submissions.get(i).id();
            Submission submission = submissions.get(i).submission();
            KnownPurchase known = facts.get(i).known();
            NewPurchase accepting = known == null ? acceptedByKey.get(submission.key()) : null;
            if (accepting != null) {
                known = KnownPurchase.of(accepting, now);
            }
            if (known != null) {
                boolean storedByLostAttempt = known.id().equals(id);
                verdicts.add(
                        storedByLostAttempt ? new Verdict.Accepted(id, known.cashback()) : known.verdictOn(submission));
                continue;
            }
            Optional<DomainException> refusal = EligibilityRule.refusal(submission, facts.get(i), now, late);
            if (refusal.isPresent()) {
                verdicts.add(Verdict.Refused.of(refusal.get()));
                continue;
            }
            NewPurchase purchase = newPurchase(id, submission, facts.get(i));
            accepted.add(purchase);
            acceptedByKey.put(submission.key(), purchase);
            verdicts.add(new Verdict.Accepted(purchase.id(), purchase.cashback()));
        }
        return new Judgement(accepted, verdicts);
    }

    private static NewPurchase newPurchase(UUID id, Submission submission, Facts facts) {
        CashbackTerms terms = requireNonNull(facts.terms());
        Money cashback = CashbackCalculator.calculate(terms, submission.amount());
        return new NewPurchase(id, submission, terms, cashback);
    }

    /** Another process, or a lost attempt, stored some of these external ids between the two statements. */
    private Future<List<Verdict>> overtaken(
            SqlConnection connection, List<Submission> submissions, List<Verdict> verdicts, Instant now) {
        return IngestionStore.examine(connection, terms, submissions, now, late.holdDays())
                .map(facts -> {
                    List<Verdict> present = new ArrayList<>(verdicts.size());
                    for (int i = 0; i < verdicts.size(); i++) {
                        present.add(present(
                                verdicts.get(i),
                                submissions.get(i),
                                facts.get(i).known()));
                    }
                    return present;
                });
    }

    private static Verdict present(Verdict before, Submission submission, @Nullable KnownPurchase known) {
        if (before instanceof Verdict.Accepted accepted) {
            if (known == null) {
                throw new IllegalStateException("a purchase was neither stored nor known: " + accepted.id());
            }
            return known.id().equals(accepted.id()) ? accepted : known.verdictOn(submission);
        }
        return known == null ? before : known.verdictOn(submission);
    }
}
