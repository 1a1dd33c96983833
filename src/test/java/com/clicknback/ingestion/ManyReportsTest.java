package com.clicknback.ingestion;

import static com.clicknback.testing.TestService.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.audit.Actor;
import com.clicknback.events.PurchaseKey;
import com.clicknback.money.Money;
import com.clicknback.purchases.Decision;
import com.clicknback.testing.Workbench;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Orders of which there are more reports than are read. */
class ManyReportsTest {
    /** One that is not read may be confirmed. */
    @Test
    void anOrderOfWhichAHundredReportsWereRejectedIsNotSubmittedAgain() {
        try (Workbench bench = Workbench.open()) {
            UUID user = bench.user();
            UUID merchant = bench.merchant();
            List<UUID> lines = ingest(bench, reports(bench.partner(), user, merchant, 100)).stream()
                    .map(verdict -> ((Verdict.Accepted) verdict).id())
                    .toList();
            await(bench.decisions.decide(
                    Decision.REJECT,
                    lines.stream().collect(Collectors.toMap(Function.identity(), line -> "No.")),
                    Actor.system("test")));

            assertThat(ingest(bench, reports(null, user, merchant, 100))).allMatch(Verdict.Attached.class::isInstance);
            assertThat(ingest(bench, reports(null, user, merchant, 1))).allMatch(Verdict.Repeated.class::isInstance);
            assertThat(bench.differences()).isEmpty();
        }
    }

    private static List<Verdict> ingest(Workbench bench, List<Submission> reports) {
        return await(bench.ingestion.ingest(reports));
    }

    private static List<Submission> reports(@Nullable UUID sender, UUID user, UUID merchant, int count) {
        return Stream.generate(() -> new Submission(
                        new PurchaseKey(sender, UUID.randomUUID().toString()),
                        user,
                        merchant,
                        Money.ofMinor(1_000),
                        "EUR",
                        null,
                        "one order"))
                .limit(count)
                .toList();
    }
}
