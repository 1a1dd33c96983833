package com.clicknback.verification;

import static com.clicknback.testing.TestService.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.audit.Actor;
import com.clicknback.events.PurchaseKey;
import com.clicknback.ingestion.Submission;
import com.clicknback.ingestion.Verdict;
import com.clicknback.money.Money;
import com.clicknback.purchases.Decision;
import com.clicknback.purchases.PurchaseStatus;
import com.clicknback.purchases.Purchases;
import com.clicknback.verification.PurchaseVerifier.Finding;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Runs that overlap: of one process, of several, and with decisions of admins. */
class VerificationClaimsTest extends VerificationBench {
    @Test
    void attemptsSurviveARestart() {
        UUID id = purchase();
        answer(id, PENDING);
        for (int i = 0; i < 3; i++) {
            run(newJob());
            bench.clock.advance(INTERVAL);
        }
        assertThat(bench.find(id).status()).isEqualTo(PurchaseStatus.REJECTED);
    }

    @Test
    void aPurchaseDecidedWhileTheVerifierThinksIsLeftAlone() {
        UUID id = purchase();
        answer(id, candidate -> decide(id, Decision.CONFIRM).map(new Finding.Rejected("too late")));
        UUID undecided = purchase();
        answer(undecided, candidate -> decide(undecided, Decision.REVERSE).map(PENDING));
        run();
        assertThat(status(id)).isEqualTo("confirmed available 0.50");
        assertThat(status(undecided)).isEqualTo("reversed reversed 0.00");
        bench.clock.advance(INTERVAL);
        run();
        assertThat(asked).hasSize(2);
        assertThat(bench.differences()).isEmpty();
    }

    @Test
    void aClaimKeepsOtherProcessesAwayAndLapsesWhenItsProcessDies() {
        UUID id = purchase();
        Promise<Finding> thinking = Promise.promise();
        Promise<Void> reached = Promise.promise();
        answer(id, candidate -> {
            reached.tryComplete();
            return thinking.future();
        });
        Future<Void> first = start(newJob());
        await(reached.future());
        bench.clock.advance(INTERVAL);
        run(newJob());
        assertThat(asked).as("claimed").hasSize(1);
        bench.clock.advance(LAPSE);
        answers.remove(id);
        run(newJob());
        assertThat(asked).as("lapsed").hasSize(2);
        assertThat(bench.find(id).status()).isEqualTo(PurchaseStatus.CONFIRMED);
        thinking.complete(new Finding.Rejected("late"));
        await(first);
        assertThat(bench.find(id).status()).isEqualTo(PurchaseStatus.CONFIRMED);
    }

    /** The work of one run may take longer than a claim holds; each batch is claimed from its own time on. */
    @Test
    void theClaimsOfALongRunHoldAsLongAsThoseOfAShortOne() {
        List<Submission> many = Stream.generate(() -> bench.submission(null, user, merchant, 1_000))
                .limit(501)
                .toList();
        List<Verdict> verdicts = await(bench.ingestion.ingest(many));
        assertThat(bench.sql.count("SELECT count(*) FROM verification_batches WHERE due_at < 'infinity'"))
                .isEqualTo(2);
        UUID first = ((Verdict.Accepted) verdicts.get(0)).id();
        UUID last = ((Verdict.Accepted) verdicts.get(500)).id();
        answer(first, candidate -> {
            bench.clock.advance(LAPSE.plusSeconds(1));
            return Future.succeededFuture(CONFIRMED);
        });
        Promise<Finding> thinking = Promise.promise();
        Promise<Void> reached = Promise.promise();
        answer(last, candidate -> {
            reached.tryComplete();
            return thinking.future();
        });
        Future<Void> longRun = start(newJob());
        await(reached.future());
        run(newJob());
        assertThat(asked).containsOnlyOnce(last);
        thinking.complete(PENDING);
        await(longRun);
        assertThat(attempts(last)).isEqualTo(1);
    }

    /** A run whose expired claim another run took over counts no second attempt. */
    @Test
    void anAnswerThatComesAfterItsClaimIsNotCounted() {
        UUID id = purchase();
        Promise<Finding> thinking = Promise.promise();
        Promise<Void> reached = Promise.promise();
        answer(id, candidate -> {
            reached.tryComplete();
            return thinking.future();
        });
        Future<Void> slow = start(newJob());
        await(reached.future());
        bench.clock.advance(LAPSE.plusSeconds(1));
        answer(id, PENDING);
        run(newJob());
        thinking.complete(PENDING);
        await(slow);
        assertThat(attempts(id)).isEqualTo(1);
    }

    /** The decision has changed the purchase and is not committed when the job ends the batch. */
    @Test
    void aPurchaseThatIsBeingDecidedWhenItsBatchEndsDoesNotComeBack() {
        UUID id = purchase();
        Promise<Void> commit = Promise.promise();
        AtomicReference<Future<?>> decision = decideMeanwhile(id, Decision.CONFIRM, null, commit.future());
        run(newJob());
        assertThat(bench.differences()).isEmpty();
        commit.complete();
        await(decision.get());
        bench.clock.advance(LAPSE.plusSeconds(1));
        run(newJob());
        assertThat(status(id)).isEqualTo("confirmed available 0.50");
        assertThat(bench.sql.count("SELECT count(*) FROM verifications WHERE due_at < 'infinity'"))
                .isZero();
        assertThat(bench.sql.count("SELECT count(*) FROM verification_batches WHERE due_at < 'infinity'"))
                .isZero();
    }

    /** A decision that changes the purchase while the verifier thinks, and is not committed before it is told to be. */
    private AtomicReference<Future<?>> decideMeanwhile(
            UUID id, Decision decision, @Nullable String reason, Future<Void> commit) {
        AtomicReference<Future<?>> begun = new AtomicReference<>();
        answer(id, candidate -> {
            Promise<Finding> changed = Promise.promise();
            begun.set(bench.database.inTransaction(tx -> bench.decisions
                    .applyToOne(tx, new Purchases.Decide(id, decision, reason, Actor.system("test")))
                    .onSuccess(done -> changed.complete(PENDING))
                    .compose(done -> commit)));
            return changed.future();
        });
        return begun;
    }

    /** The decision is taken back after the job has ended the batch. */
    @Test
    void aPurchaseWhoseDecisionEndsInNothingIsVerifiedAgain() {
        UUID id = purchase();
        Promise<Void> commit = Promise.promise();
        AtomicReference<Future<?>> decision = decideMeanwhile(id, Decision.REJECT, "No.", commit.future());
        run(newJob());
        commit.fail("given up");
        decision.get()
                .otherwiseEmpty()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        answer(id, CONFIRMED);
        bench.clock.advance(LAPSE.plusSeconds(1));
        run(newJob());
        assertThat(status(id)).isEqualTo("confirmed available 0.50");
    }

    /** The partner reports the order while the verifier thinks about the user's purchase. */
    @Test
    void aPurchaseThatItsPartnerReportsMeanwhileIsLeftToThePartner() {
        UUID partner = bench.partner();
        bench.sql.execute("UPDATE partners SET confirmed_by = 'partner' WHERE id = ?", partner);
        for (Finding finding : List.of(CONFIRMED, new Finding.Rejected("Not found."))) {
            UUID id = ((Verdict.Accepted) await(ordered(null, finding)).get(0)).id();
            answer(id, candidate -> ordered(partner, finding).map(finding));
            run();
            assertThat(bench.find(id).source().partnerId()).isEqualTo(partner);
            assertThat(bench.find(id).status()).isEqualTo(PurchaseStatus.PENDING);
            bench.clock.advance(INTERVAL);
            run();
            assertThat(bench.find(id).status()).as("in the next run").isEqualTo(PurchaseStatus.PENDING);
            assertThat(bench.differences()).isEmpty();
        }
    }

    private Future<List<Verdict>> ordered(@Nullable UUID sender, Finding finding) {
        String order = finding + " " + user;
        PurchaseKey key = new PurchaseKey(sender, (sender == null ? "own " : "theirs ") + order);
        return bench.ingestion.ingest(
                List.of(new Submission(key, user, merchant, Money.ofMinor(1_000), "EUR", null, order)));
    }

    @Test
    void aDecisionAfterTheFirstAttemptTakesThePurchaseOffTheList() {
        UUID id = purchase();
        answer(id, PENDING);
        run();
        assertThat(attempts(id)).isEqualTo(1);
        await(decide(id, Decision.CONFIRM));
        assertThat(bench.sql.count("SELECT count(*) FROM verifications WHERE due_at < 'infinity'"))
                .isZero();
    }

    private static List<Long> pick(int purchasesMax) {
        Instant now = bench.clock.instant();
        return await(VerificationBatchStore.pick(
                bench.database, now, now.plus(LAPSE), 50, purchasesMax, now.plus(Duration.ofDays(2))));
    }

    @Test
    void theBatchesOfALongQueueAreClaimedInPartsThatAreBounded() {
        for (int i = 0; i < 51; i++) {
            purchase();
        }
        UUID beyond = purchase();
        List<Long> claimed = pick(500);
        assertThat(claimed).hasSize(50);
        run();
        assertThat(asked).as("the rest").hasSize(2).contains(beyond);
        List<Long> none = pick(500);
        assertThat(none).isEmpty();
        bench.clock.advance(LAPSE.plusSeconds(1));
        List<Long> some = pick(3);
        assertThat(some).as("batches of one").hasSize(3);
        run();
        assertThat(asked).hasSize(52 - 3);
    }

    /** Nothing behind it would ever be verified otherwise. */
    @Test
    void aBatchOfMoreThanAClaimMayHoldIsClaimedByItself() {
        await(bench.ingestion.ingest(Stream.generate(() -> bench.submission(null, user, merchant, 1_000))
                .limit(4)
                .toList()));
        purchase();
        List<Long> claimed = pick(3);
        assertThat(claimed).hasSize(1);
        run();
        assertThat(asked).as("the purchase behind it").hasSize(1);
    }

    @Test
    void whoeverAsksForARunDuringARunJoinsIt() {
        UUID id = purchase();
        Promise<Finding> thinking = Promise.promise();
        Promise<Void> reached = Promise.promise();
        answer(id, candidate -> {
            reached.tryComplete();
            return thinking.future();
        });
        VerificationJob job = newJob();
        Future<Void> first = start(job);
        await(reached.future());
        Future<Void> second = start(job);
        thinking.complete(CONFIRMED);
        await(first);
        await(second);
        assertThat(asked).containsExactly(id);
    }
}
