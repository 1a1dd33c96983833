package com.clicknback.partnerevents;

import static com.clicknback.testing.TestService.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.ingestion.Submission;
import com.clicknback.ingestion.Verdict;
import com.clicknback.testing.Workbench;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PartnerEventStoreTest {
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /** Otherwise a repetition could give an event an earlier time that its purchase never learns of. */
    @Test
    void anEventThatIsReadToBeAppliedChangesForNobodyUntilItIsSettled() {
        try (Workbench bench = Workbench.open()) {
            Submission submission = bench.submission(bench.partner(), bench.user(), bench.merchant(), 1_000);
            UUID id = ((Verdict.Accepted)
                            await(bench.ingestion.ingest(List.of(submission))).get(0))
                    .id();
            bench.sql.execute("""
                    INSERT INTO partner_events (id, partner_id, external_id, kind, occurred_at, received_at, cause)
                    VALUES (?, ?, ?, 'confirmed', now(), now(), 'test')
                    """, UUID.randomUUID(), submission.key().partnerId(), submission.externalId());
            Promise<Void> read = Promise.promise();
            Promise<Void> settled = Promise.promise();
            Future<Void> work = bench.database.inTransaction(
                    tx -> PartnerEventStore.findParked(tx, List.of(id), 10).compose(found -> {
                        read.complete();
                        return settled.future();
                    }));
            await(read.future());

            assertThat(bench.sql.refusal(
                            "SELECT FROM partner_events WHERE external_id = ? FOR NO KEY UPDATE NOWAIT",
                            submission.externalId()))
                    .isEqualTo(LOCK_NOT_AVAILABLE);

            settled.complete();
            await(work);
        }
    }
}
