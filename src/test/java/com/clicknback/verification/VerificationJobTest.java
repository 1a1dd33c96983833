package com.clicknback.verification;

import static com.clicknback.testing.TestService.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clicknback.ingestion.Submission;
import com.clicknback.purchases.PurchaseStatus;
import com.clicknback.testing.Waiting;
import com.clicknback.verification.PurchaseVerifier.Candidate;
import com.clicknback.verification.PurchaseVerifier.Finding;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerificationJobTest extends VerificationBench {
    @Test
    void confirmsWhatIsDueWithItsCashback() {
        UUID credited = purchase();
        bench.credit(user, credited);
        UUID uncredited = purchase();
        run();
        assertThat(status(credited)).isEqualTo("confirmed available 0.50");
        assertThat(status(uncredited)).isEqualTo("confirmed available 0.50");
        assertThat(asked).containsExactly(credited, uncredited);
        run();
        assertThat(asked).as("decided purchases are not asked about again").hasSize(2);
        assertThat(bench.differences()).isEmpty();
    }

    @Test
    void tellsTheVerifierWhatItIsAbout() {
        UUID id = purchase();
        List<Candidate> candidates = new ArrayList<>();
        answer(id, candidate -> {
            candidates.add(candidate);
            return Future.succeededFuture(CONFIRMED);
        });
        run();
        assertThat(candidates).containsExactly(new Candidate(id, user, merchant, 1_000, "EUR"));
    }

    @Test
    void rejectsWithTheVerifiersReasonOrADefault() {
        UUID withReason = purchase();
        UUID without = purchase();
        answer(withReason, new Finding.Rejected("the bank took it back"));
        answer(without, new Finding.Rejected(""));
        run();
        assertThat(bench.find(withReason).rejectionReason()).isEqualTo("the bank took it back");
        assertThat(bench.find(without).rejectionReason()).isNotBlank();
        assertThat(status(without)).isEqualTo("rejected rejected 0.50");
        assertThat(bench.differences()).isEmpty();
    }

    @Test
    void rejectsAfterThreeUndecidedAttemptsOneIntervalApart() {
        UUID id = purchase();
        answer(id, PENDING);
        run();
        assertThat(bench.find(id).status()).isEqualTo(PurchaseStatus.PENDING);
        bench.clock.advance(INTERVAL.dividedBy(2));
        run();
        assertThat(asked).as("not due before an interval has passed").hasSize(1);
        bench.clock.advance(INTERVAL.dividedBy(2));
        run();
        assertThat(bench.find(id).status()).isEqualTo(PurchaseStatus.PENDING);
        bench.clock.advance(INTERVAL);
        run();
        assertThat(asked).hasSize(3);
        assertThat(bench.find(id).status()).isEqualTo(PurchaseStatus.REJECTED);
        assertThat(bench.find(id).rejectionReason()).contains("3");
    }

    @Test
    void aTickThatComesALittleEarlyIsEnough() {
        UUID id = purchase();
        answer(id, PENDING);
        run();
        bench.clock.advance(INTERVAL.minusMillis(50));
        run();
        assertThat(asked).containsExactly(id, id);
    }

    /** A clock that is set back must not leave purchases pending until it comes to the wrong time again. */
    @ParameterizedTest
    @ValueSource(strings = {"PT20M", "PT5H", "P40D"})
    void whatAWrongClockPutOffIsDueOnceItIsRight(Duration wrongBy) {
        UUID listed = purchase();
        answer(listed, PENDING);
        run();
        UUID batched = purchase();
        String wrong = "'" + bench.clock.instant().plus(wrongBy) + "'";
        bench.sql.execute("UPDATE verifications SET due_at = " + wrong + " WHERE purchase_id = ?", listed);
        bench.sql.execute(
                "UPDATE verification_batches SET due_at = " + wrong + " WHERE ? = ANY(purchase_ids)", batched);
        answers.clear();

        run();

        assertThat(status(listed)).startsWith("confirmed");
        assertThat(status(batched)).startsWith("confirmed");
        assertThat(bench.differences()).isEmpty();
    }

    @Test
    void aGatedPurchaseWaitsWithoutAnAttemptUntilItsGateOpens() {
        UUID id = purchase();
        answer(id, PENDING);
        bench.flag("user", user, false);
        for (int i = 0; i < 5; i++) {
            run();
            bench.clock.advance(INTERVAL);
        }
        assertThat(asked).isEmpty();
        assertThat(status(id)).startsWith("pending");
        bench.flag("user", user, true);
        answers.remove(id);
        run();
        assertThat(bench.find(id).status()).isEqualTo(PurchaseStatus.CONFIRMED);
    }

    @Test
    void bothUserAndMerchantMustBeOpenAndTheirOwnRowsOverrideTheGlobalOne() {
        UUID openUser = bench.user();
        UUID openMerchant = bench.merchant();
        bench.flag("global", null, false);
        bench.flag("user", openUser, true);
        bench.flag("merchant", openMerchant, true);
        UUID neither = purchase();
        UUID userOnly = bench.purchase(openUser, merchant, 1_000);
        UUID merchantOnly = bench.purchase(user, openMerchant, 1_000);
        UUID both = bench.purchase(openUser, openMerchant, 1_000);
        run();
        assertThat(asked).containsExactly(both);
        bench.flag("global", null, true);
        run();
        assertThat(asked).containsExactlyInAnyOrder(both, neither, userOnly, merchantOnly);
    }

    @Test
    void gatedPurchasesDoNotHoldUpYoungerOnes() {
        UUID gatedUser = bench.user();
        bench.flag("user", gatedUser, false);
        List<Submission> gated = Stream.generate(() -> bench.submission(null, gatedUser, merchant, 1_000))
                .limit(1_100)
                .toList();
        await(bench.ingestion.ingest(gated));
        bench.clock.advance(Duration.ofSeconds(1));
        UUID open = purchase();
        run();
        assertThat(asked).containsExactly(open);
    }

    @Test
    void technicalFailuresAreTriedAgainAfterAnIntervalAndNotCounted() {
        UUID failing = purchase();
        UUID throwing = purchase();
        UUID answeringNull = purchase();
        UUID withoutFuture = purchase();
        UUID fine = purchase();
        answer(failing, candidate -> Future.failedFuture("bank not reachable"));
        answer(throwing, candidate -> {
            throw new IllegalStateException("bug");
        });
        answer(answeringNull, candidate -> Future.succeededFuture(null));
        answer(withoutFuture, candidate -> null);
        for (int i = 0; i < 4; i++) {
            run();
            assertThat(asked).as("after an interval, not before").hasSize(5 + i * 4);
            bench.clock.advance(INTERVAL);
        }
        assertThat(bench.find(fine).status()).isEqualTo(PurchaseStatus.CONFIRMED);
        for (UUID id : List.of(failing, throwing, answeringNull, withoutFuture)) {
            assertThat(bench.find(id).status()).isEqualTo(PurchaseStatus.PENDING);
            answers.remove(id);
        }
        run();
        assertThat(bench.find(failing).status()).isEqualTo(PurchaseStatus.CONFIRMED);
    }

    @Test
    void aVerifierThatNeverAnswersIsATechnicalFailureAndEndsNoRun() {
        UUID silent = purchase();
        answer(silent, candidate -> Promise.<Finding>promise().future());
        UUID fine = purchase();
        run(newJob(Duration.ofMillis(200)));
        assertThat(bench.find(fine).status()).isEqualTo(PurchaseStatus.CONFIRMED);
        assertThat(bench.find(silent).status()).isEqualTo(PurchaseStatus.PENDING);
        answers.remove(silent);
        bench.clock.advance(INTERVAL);
        run();
        assertThat(bench.find(silent).status()).isEqualTo(PurchaseStatus.CONFIRMED);
    }

    @Test
    void aPurchaseThatCannotBeDecidedDoesNotHoldUpItsNeighbours() {
        List<UUID> before = List.of(purchase(), purchase());
        UUID broken = purchase();
        UUID brokenToo = purchase();
        List<UUID> after = List.of(purchase(), purchase());
        bench.sql.execute("""
                CREATE FUNCTION refuse_purchase() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION 'broken'; END $$
                """);
        bench.sql.execute("CREATE TRIGGER broken BEFORE UPDATE ON purchases FOR EACH ROW WHEN (OLD.id = '" + broken
                + "') EXECUTE FUNCTION refuse_purchase()");
        answer(brokenToo, new Finding.Rejected("a reason with a NUL \0 cannot be stored"));
        run();
        for (UUID id : Stream.concat(before.stream(), after.stream()).toList()) {
            assertThat(bench.find(id).status()).isEqualTo(PurchaseStatus.CONFIRMED);
        }
        assertThat(bench.find(broken).status()).isEqualTo(PurchaseStatus.PENDING);
        assertThat(bench.find(brokenToo).status()).isEqualTo(PurchaseStatus.PENDING);
        bench.sql.execute("DROP FUNCTION refuse_purchase CASCADE");
        bench.clock.advance(INTERVAL);
        run();
        assertThat(bench.find(broken).status()).isEqualTo(PurchaseStatus.CONFIRMED);
    }

    @Test
    void aFailingRunIsToldAndTheNextOneWorks() {
        UUID id = purchase();
        VerificationJob job = newJob();
        bench.sql.execute("ALTER TABLE verifications RENAME TO elsewhere");
        Future<Void> failing = start(job);
        assertThatThrownBy(() -> await(failing)).isInstanceOf(Exception.class);
        bench.sql.execute("ALTER TABLE elsewhere RENAME TO verifications");
        run(job);
        assertThat(bench.find(id).status()).isEqualTo(PurchaseStatus.CONFIRMED);
    }

    /** A run may have hours of work before it, and a process that ends has seconds. */
    @Test
    void endsWithThePurchasesThatItIsAtOnceItIsClosed() {
        UUID first = purchase();
        Promise<Finding> finding = Promise.promise();
        answer(first, candidate -> finding.future());
        VerificationJob job = newJob();
        Future<Void> run = start(job);
        Waiting.until("it asks", () -> !asked.isEmpty());
        purchase();

        Future<Void> closed = onContext(job::close);
        finding.complete(CONFIRMED);
        await(closed);

        await(run);
        assertThat(asked).containsExactly(first);
        assertThat(status(first)).startsWith("confirmed");
    }
}
