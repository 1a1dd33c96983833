package com.clicknback.verification;

import static com.clicknback.testing.TestService.await;

import com.clicknback.audit.Actor;
import com.clicknback.platform.db.Words;
import com.clicknback.purchases.Decision;
import com.clicknback.purchases.Decisions;
import com.clicknback.purchases.Purchase;
import com.clicknback.purchases.Purchases;
import com.clicknback.testing.Workbench;
import com.clicknback.verification.PurchaseVerifier.Candidate;
import com.clicknback.verification.PurchaseVerifier.Finding;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** The verification job on a bench of its own, with a verifier that says what a test tells it to. */
abstract class VerificationBench {
    static final Duration INTERVAL = Duration.ofSeconds(60);
    static final Duration LAPSE = Duration.ofMinutes(2);
    static final Finding CONFIRMED = new Finding.Confirmed();
    static final Finding PENDING = new Finding.Pending();

    static Workbench bench;

    private Context context;
    UUID user;
    UUID merchant;

    /** The purchases that the verifier was asked about, in order. */
    final List<UUID> asked = Collections.synchronizedList(new ArrayList<>());

    /** The verifier's answers by purchase; it confirms all others. */
    final Map<UUID, Function<Candidate, Future<Finding>>> answers = new HashMap<>();

    @BeforeAll
    static void openBench() {
        bench = Workbench.open();
    }

    @AfterAll
    static void closeBench() {
        bench.close();
    }

    /** The job works on all that is due: nothing of another test is. */
    @BeforeEach
    void clearWorkList() {
        bench.sql.execute("UPDATE verification_batches SET due_at = 'infinity'");
        bench.sql.execute("UPDATE verifications SET due_at = 'infinity'");
        bench.clearFlags();
        context = bench.vertx.getOrCreateContext();
        user = bench.user();
        merchant = bench.merchant();
    }

    UUID purchase() {
        return bench.purchase(user, merchant, 1_000);
    }

    void answer(UUID id, Finding finding) {
        answer(id, candidate -> Future.succeededFuture(finding));
    }

    void answer(UUID id, Function<Candidate, Future<Finding>> answer) {
        answers.put(id, answer);
    }

    private Future<Finding> verify(Candidate candidate) {
        asked.add(candidate.purchaseId());
        return answers.getOrDefault(candidate.purchaseId(), c -> Future.succeededFuture(CONFIRMED))
                .apply(candidate);
    }

    /** Waits for any answer: on a busy machine one from the database may take a while. */
    VerificationJob newJob() {
        return newJob(Duration.ofMinutes(1));
    }

    VerificationJob newJob(Duration answerWaitMax) {
        return new VerificationJob(
                new Inquiry(context, this::verify, 3, answerWaitMax),
                bench.database,
                bench.autoConfirm,
                bench.decisions,
                bench.clock,
                INTERVAL);
    }

    void run() {
        run(newJob());
    }

    void run(VerificationJob job) {
        await(start(job));
    }

    Future<Void> start(VerificationJob job) {
        return onContext(job::run);
    }

    <T> Future<T> onContext(Supplier<Future<T>> work) {
        Promise<T> done = Promise.promise();
        context.runOnContext(v -> work.get().onComplete(done));
        return done.future();
    }

    Future<Decisions.Outcome> decide(UUID id, Decision decision) {
        Actor admin = Actor.admin(bench.ids.next(), "test");
        return bench.database.inTransaction(
                tx -> bench.decisions.applyToOne(tx, new Purchases.Decide(id, decision, null, admin)));
    }

    String status(UUID id) {
        Purchase purchase = bench.find(id);
        return purchase.status().wireName() + " " + Words.of(purchase.cashbackStatus()) + " "
                + purchase.cashbackAmount();
    }

    long attempts(UUID id) {
        return bench.sql.count("SELECT attempts FROM verifications WHERE purchase_id = ?", id);
    }
}
