package com.clicknback.ingestion;

import static com.clicknback.testing.TestService.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.Workbench;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A batch as it is divided into the rows of the work lists of verification and crediting. */
class WorkListsTest {
    private static final int USERS = 20;

    private static Workbench bench;
    private static List<UUID> ids;

    @BeforeAll
    static void ingestOneBatch() {
        bench = Workbench.open();
        UUID merchant = bench.merchant();
        List<UUID> users = Stream.generate(bench::user).limit(USERS).toList();
        List<Submission> submissions = IntStream.range(0, 1_001)
                .mapToObj(i -> bench.submission(null, users.get(i % USERS), merchant, 1_000))
                .toList();
        ids = await(bench.ingestion.ingest(submissions)).stream()
                .map(verdict -> ((Verdict.Accepted) verdict).id())
                .toList();
    }

    @AfterAll
    static void closeBench() {
        bench.close();
    }

    @Test
    void verificationHasThemInTheirOrderAndSoManyInARow() {
        assertThat(bench.sql.<UUID>column("SELECT unnest(purchase_ids) FROM verification_batches ORDER BY id"))
                .isEqualTo(ids);
        assertThat(bench.sql.<Integer>column("SELECT cardinality(purchase_ids) FROM verification_batches ORDER BY id"))
                .containsExactly(500, 500, 1);
    }

    @Test
    void creditingHasARowForEachShardWithItsPurchasesInTheirOrder() {
        String listed = """
                SELECT b.shard, w.id, w.user_id, w.place FROM crediting_batches b
                CROSS JOIN LATERAL unnest(b.purchase_ids, b.user_ids) WITH ORDINALITY AS w (id, user_id, place)
                """;
        assertThat(bench.sql.<UUID>column("SELECT id FROM (" + listed + ") l"))
                .containsExactlyInAnyOrderElementsOf(ids);
        assertThat(bench.sql.<Integer>column("SELECT shard::int FROM crediting_batches"))
                .hasSizeGreaterThan(1)
                .doesNotHaveDuplicates();
        assertThat(bench.sql.count("SELECT count(*) FROM (" + listed + ") l JOIN purchases p ON p.id = l.id"
                        + " WHERE p.user_id <> l.user_id OR l.shard <> crediting_shard(l.user_id)"))
                .isZero();
        assertThat(bench.sql.count("SELECT count(*) FROM (SELECT place, row_number() OVER (PARTITION BY shard"
                        + " ORDER BY id) AS due FROM (" + listed + ") l) ordered WHERE place <> due"))
                .isZero();
    }
}
