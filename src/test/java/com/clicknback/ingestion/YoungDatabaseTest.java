package com.clicknback.ingestion;

import static com.clicknback.testing.TestService.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import com.clicknback.testing.DebianPostgres;
import com.clicknback.testing.Sql;
import com.clicknback.testing.Workbench;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A database that fills up before anything gathers statistics of it, on the oldest server. Plans are made while its
 * tables are empty, and must not read more for each purchase the more purchases there are.
 */
@Tag("postgres15")
class YoungDatabaseTest {
    private static final int BATCHES = 200;
    private static final int PURCHASES_OF_A_BATCH = 20;

    /** Several times of what the lookups by key read, and a small part of what one lookup by partner alone reads. */
    private static final long ROWS_READ_MAX = 25;

    private static final String ROWS_READ = """
            SELECT (SELECT coalesce(sum(seq_tup_read), 0) FROM pg_stat_user_tables)::bigint
                 + (SELECT coalesce(sum(idx_tup_read), 0) FROM pg_stat_user_indexes)::bigint
            """;

    private static DebianPostgres postgres;

    @BeforeAll
    static void startServer() {
        DebianPostgres.requireInstalled();
        postgres = DebianPostgres.start();
        postgres.configure(Map.of("autovacuum", "off"));
        postgres.stop();
        postgres.startAgain();
    }

    @AfterAll
    static void stopServer() {
        if (postgres != null) {
            postgres.close();
        }
    }

    @Test
    void readsNoMoreForAPurchaseTheMoreThereAre() {
        Address address = postgres.createDatabase("young");
        try (Workbench bench = Workbench.open(address)) {
            UUID user = bench.user();
            UUID merchant = bench.merchant();
            UUID partner = bench.partner();
            for (int i = 0; i < BATCHES; i++) {
                List<Submission> batch = Stream.generate(() -> bench.submission(partner, user, merchant, 1_000))
                        .limit(PURCHASES_OF_A_BATCH)
                        .toList();
                List<Verdict> verdicts = await(bench.ingestion.ingest(batch));
                bench.credit(
                        user,
                        verdicts.stream()
                                .map(verdict -> ((Verdict.Accepted) verdict).id())
                                .toArray(UUID[]::new));
            }
        }

        // The sessions have ended, so that the server has counted what they read.
        long read = new Sql(address).<Long>value(ROWS_READ);
        assertThat(read / (BATCHES * PURCHASES_OF_A_BATCH)).isLessThan(ROWS_READ_MAX);
    }
}
