package com.clicknback.purchases;

import static com.clicknback.testing.TestService.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.purchases.PurchaseVerifier.Finding;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runs that overlap: of one process, of several, and with decisions of admins. */
class VerificationClaimsTest extends VerificationRig {
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
        Future<Void> first = start(newJob(Duration.ofMinutes(1)));
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
        Future<Void> longRun = start(newJob(Duration.ofMinutes(1)));
        await(reached.future());
        run(newJob());
        assertThat(asked).containsOnlyOnce(last);
        thinking.complete(PENDING);
        await(longRun);
        assertThat(attempts(last)).isEqualTo(1);
    }

    /** Whoever comes back after its claim has lapsed and was taken over does not count a second attempt. */
    @Test
    void anAnswerThatComesAfterItsClaimIsNotCounted() {
        UUID id = purchase();
        Promise<Finding> thinking = Promise.promise();
        Promise<Void> reached = Promise.promise();
        answer(id, candidate -> {
            reached.tryComplete();
            return thinking.future();
        });
        Future<Void> slow = start(newJob(Duration.ofMinutes(1)));
        await(reached.future());
        bench.clock.advance(LAPSE.plusSeconds(1));
        answer(id, PENDING);
        run(newJob());
        thinking.complete(PENDING);
        await(slow);
        assertThat(attempts(id)).isEqualTo(1);
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
        VerificationJob job = newJob(Duration.ofMinutes(1));
        Future<Void> first = start(job);
        await(reached.future());
        Future<Void> second = start(job);
        thinking.complete(CONFIRMED);
        await(first);
        await(second);
        assertThat(asked).containsExactly(id);
    }
}
