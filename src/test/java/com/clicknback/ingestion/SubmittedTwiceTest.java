package com.clicknback.ingestion;

import static com.clicknback.testing.TestService.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.events.PurchaseKey;
import com.clicknback.money.Money;
import com.clicknback.testing.Workbench;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An order that its user submits several times at the same moment, nobody having reported it before. */
class SubmittedTwiceTest {
    private Workbench bench;
    private UUID user;
    private UUID merchant;

    @BeforeEach
    void openBench() {
        bench = Workbench.open();
        user = bench.user();
        merchant = bench.merchant();
    }

    @AfterEach
    void closeBench() {
        assertThat(bench.differences()).isEmpty();
        bench.close();
    }

    @Test
    void isOnePurchaseWhicheverProcessesTakeIt() {
        BatchIngestion other = new BatchIngestion(
                bench.vertx, bench.database, bench.ids, bench.clock, Workbench.LATE, bench.orders(bench.database));
        for (int round = 1; round <= 20; round++) {
            String order = "order-" + round;
            List<Future<List<Verdict>>> answers = Stream.of(bench.ingestion, other, bench.ingestion, other)
                    .map(process -> process.ingest(List.of(submission(order))))
                    .toList();
            List<Verdict> verdicts =
                    answers.stream().map(answer -> await(answer).get(0)).toList();

            assertThat(verdicts).filteredOn(Verdict.Accepted.class::isInstance).hasSize(1);
            assertThat(verdicts).filteredOn(Verdict.Repeated.class::isInstance).hasSize(3);
            assertThat(bench.sql.count("SELECT count(*) FROM purchases WHERE user_id = ?", user))
                    .isEqualTo(round);
        }
    }

    private Submission submission(String order) {
        return new Submission(
                new PurchaseKey(null, UUID.randomUUID().toString()),
                user,
                merchant,
                Money.ofMinor(1_000),
                "EUR",
                null,
                order);
    }
}
