package com.clicknback;

import static com.clicknback.testing.TestService.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.cashback.CashbackType;
import com.clicknback.ingestion.Submission;
import com.clicknback.ingestion.Verdict;
import com.clicknback.platform.db.Arguments;
import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import com.clicknback.testing.DebianPostgres;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.Workbench;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The work of the check in the background, counted in rows: no step of a plan looks at all purchases for each cap. */
class SlicedBooksPlanTest {
    private static final int USERS = 40;
    private static final int USERS_OF_A_SLICE = 20;
    private static final int PURCHASES_OF_A_USER = 30;

    /** A step looks at a few rows of each purchase of the slice, once. */
    private static final int LOOKS_MAX = 5 * USERS_OF_A_SLICE * PURCHASES_OF_A_USER;

    @Test
    void looksAtEachPurchaseAFewTimes() {
        looksAtFew(TestServer.shared().createDatabase());
    }

    @Test
    @Tag("postgres15")
    void doesSoOnTheOldestServer() {
        DebianPostgres.requireInstalled();
        try (DebianPostgres postgres = DebianPostgres.start()) {
            looksAtFew(postgres.createDatabase("planned"));
        }
    }

    private static void looksAtFew(Address address) {
        try (Workbench bench = Workbench.open(address)) {
            UUID merchant = bench.merchantOffering(CashbackType.PERCENT, 100_000, 1_000);
            UUID partner = bench.partner();
            List<UUID> users = Stream.generate(() -> buyer(bench, partner, merchant))
                    .limit(USERS)
                    .toList()
                    .subList(0, USERS_OF_A_SLICE);
            requireFewLooks(bench, users, "before anything has gathered statistics");
            bench.sql.execute("ANALYZE");
            requireFewLooks(bench, users, "with statistics");
        }
    }

    private static UUID buyer(Workbench bench, UUID partner, UUID merchant) {
        UUID user = bench.user();
        List<Submission> purchases = Stream.generate(() -> bench.submission(partner, user, merchant, 1_000))
                .limit(PURCHASES_OF_A_USER)
                .toList();
        bench.credit(
                user,
                await(bench.ingestion.ingest(purchases)).stream()
                        .map(verdict -> ((Verdict.Accepted) verdict).id())
                        .toArray(UUID[]::new));
        return user;
    }

    private static void requireFewLooks(Workbench bench, List<UUID> users, String statistics) {
        for (String check : SlicedBooksCheck.CHECKS) {
            JsonObject plan = plan(bench, check, users);
            assertThat(mostLooks(plan))
                    .as(() -> statistics + ", of\n" + check + "\n" + plan.encodePrettily())
                    .isLessThan(LOOKS_MAX);
        }
    }

    private static JsonObject plan(Workbench bench, String check, List<UUID> users) {
        return await(bench.database.inBriefSnapshot(snapshot -> snapshot.query(SlicedBooksCheck.JOIN_BY_HASH)
                .execute()
                .compose(set -> snapshot.preparedQuery("EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) " + check)
                        .execute(Arguments.of(Arguments.ids(users), bench.clock.instant())))
                .map(rows -> ((JsonArray) rows.iterator().next().getValue(0))
                        .getJsonObject(0)
                        .getJsonObject("Plan"))));
    }

    /** The rows of the step that looks at most, those included that it leaves out. */
    private static double mostLooks(JsonObject step) {
        double looks = step.getDouble("Actual Loops")
                * (step.getDouble("Actual Rows")
                        + step.getDouble("Rows Removed by Filter", 0.0)
                        + step.getDouble("Rows Removed by Join Filter", 0.0)
                        + step.getDouble("Rows Removed by Index Recheck", 0.0));
        return step.getJsonArray("Plans", new JsonArray()).stream()
                .mapToDouble(below -> mostLooks((JsonObject) below))
                .reduce(looks, Math::max);
    }
}
