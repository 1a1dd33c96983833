package com.clicknback;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import com.clicknback.testing.ReleasedDatabase;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.TestService;
import com.clicknback.testing.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The way of a database of the released schema, with rows in every table, to that of this build. */
class ReleasedDatabaseTest {
    /** The service adds to later days meanwhile. */
    private static final String BY_MERCHANT = """
            SELECT concat_ws(' ', merchant_id, sum(accepted), sum(accepted_minor), sum(credited_minor),
                             sum(changed_minor), sum(rejected_minor), sum(reversed_minor), sum(confirmed_minor))
            FROM statistics_days WHERE day = (SELECT min(day) FROM statistics_days) GROUP BY merchant_id ORDER BY 1
            """;

    private Address database;
    private Sql sql;

    @BeforeEach
    void restore() {
        database = ReleasedDatabase.create();
        sql = new Sql(database);
    }

    /** A later file may add to a row. */
    @Test
    void keepsEveryRowAsItWas() {
        Map<String, List<String>> before = new TreeMap<>();
        for (String table : sql.<String>column("""
                SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'flyway_schema_history'
                """)) {
            before.put(table, sql.column("SELECT to_jsonb(t)::text FROM " + table + " t ORDER BY 1"));
        }
        before.keySet().remove("payout_idempotency_keys");
        assertThat(before)
                .as("a row in every table")
                .allSatisfy((table, rows) -> assertThat(rows).isNotEmpty());

        migrate();

        before.forEach((table, rows) -> assertThat(rows)
                .as(table)
                .allSatisfy(row -> assertThat(
                                sql.count("SELECT count(*) FROM " + table + " t WHERE to_jsonb(t) @> ?::jsonb", row))
                        .isPositive()));
        before.forEach((table, rows) ->
                assertThat(sql.count("SELECT count(*) FROM " + table)).as(table).isEqualTo(rows.size()));
    }

    private void migrate() {
        Vertx vertx = Vertx.vertx();
        try {
            TestService.await(TestServer.migrate(vertx, TestServer.serviceSettings(database)));
        } finally {
            TestService.await(vertx.close());
        }
    }

    @Test
    void servesOn() {
        TestClock clock = new TestClock();
        try (TestService service = TestService.start(database, clock)) {
            Scenario given = new Scenario(service);
            service.awaitCredits();
            Waiting.until("what was owed, or had failed before, is credited", () -> sql.count("""
                            SELECT count(*) FROM purchases p
                            WHERE NOT EXISTS (SELECT FROM cashback_credits WHERE purchase_id = p.id)
                            """) == 0);
            clock.advance(Duration.ofDays(31));
            service.runReleases();
            assertThat(sql.count("SELECT count(*) FROM holds")).isZero();
            service.requireCleanLedger();
            UUID cut = sql.value("""
                    SELECT p.id FROM purchases p JOIN cap_usage c USING (user_id, offer_id)
                    WHERE c.cut_minor > 0 AND p.status = 'confirmed' ORDER BY p.created_at LIMIT 1
                    """);
            given.asAdmin()
                    .patch("/purchases/" + cut + "/reverse", JsonObject.of("reason", "returned"))
                    .expect(200);
            service.requireCleanLedger();
        }
    }

    /** The events of before are JSON, those that come now are packed. */
    @Test
    void itsEventsAreFollowedWithThoseThatCome() {
        // The service adds to later days meanwhile.
        String days = "SELECT to_jsonb(d)::text FROM statistics_days d"
                + " WHERE day = (SELECT min(day) FROM statistics_days) ORDER BY 1";
        try (TestService service = TestService.start(database, new TestClock())) {
            service.awaitCredits();
            followStatistics(service);
            List<String> ofMerchants = sql.column(BY_MERCHANT);
            // It gave an order that its user had submitted first to the partner that reported it later.
            replayStatistics(service);
            assertThat(sql.<String>column(BY_MERCHANT)).isNotEmpty().isEqualTo(ofMerchants);
            List<String> before = sql.column(days);
            assertThat(sql.<Boolean>column(
                            "SELECT DISTINCT body IS NULL FROM event_log WHERE type = 'cashback.credited'"))
                    .containsExactlyInAnyOrder(true, false);

            replayStatistics(service);

            assertThat(sql.<String>column(days)).isNotEmpty().isEqualTo(before);
            assertThat(sql.count("SELECT count(*) FROM event_log e WHERE event_payload(e) IS NULL"))
                    .isZero();
        }
    }

    private void replayStatistics(TestService service) {
        sql.execute("""
                WITH emptied AS (DELETE FROM statistics_days)
                UPDATE event_cursors SET transaction_id = 0, serial = 0 WHERE follower = 'daily-statistics'
                """);
        followStatistics(service);
    }

    private static void followStatistics(TestService service) {
        TestService.await(service.app().followers().caughtUp("daily-statistics"));
    }
}
