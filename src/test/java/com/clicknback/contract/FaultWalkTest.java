package com.clicknback.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiOperation;
import com.clicknback.testing.ApiOperation.Caller;
import com.clicknback.testing.OwnPostgres;
import com.clicknback.testing.Partner;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.TestService;
import com.clicknback.testing.Waiting;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The answers of every operation while the service itself fails: a lost database, a defect. */
class FaultWalkTest {
    private static final int UNAVAILABLE = 503;
    private static final int FAILED = 500;
    private static final Set<String> USERS = Set.of("users");
    private static final Set<String> PARTNERS = Set.of("partners", "partner_secrets");

    private static List<ApiOperation> operations(Predicate<ApiOperation> which) {
        return ApiOperation.all().stream().filter(which).toList();
    }

    /** True for what looks at the users first, and may find nobody there. */
    private static boolean startsWithUsers(ApiOperation operation) {
        return Set.of("registerUser", "login", "getCurrentUser").contains(operation.id())
                || operation.path().equals("/api/v1/users")
                || operation.path().startsWith("/api/v1/users/{");
    }

    private static boolean isOfHealth(ApiOperation operation) {
        return !operation.path().startsWith("/api/") && !operation.path().startsWith("/r/");
    }

    @Test
    void asksToComeBackWhileTheDatabaseIsGoneAndIsBackByItself() {
        try (OwnPostgres postgres = OwnPostgres.start();
                TestService service = TestService.start(postgres.address(), new TestClock())) {
            GoodRequests good = new GoodRequests(service, new Scenario(service));
            ApiOperation readiness = operations(operation -> operation.id().equals("getReadiness"))
                    .get(0);
            postgres.stop();

            assertThat(operations(operation -> !isOfHealth(operation))).allSatisfy(operation -> {
                Reply refused = good.send(operation);
                long seconds =
                        refused.expectError(UNAVAILABLE, "SERVICE_UNAVAILABLE").getLong("retry_after_seconds");
                assertThat(refused.header("Retry-After")).isEqualTo(Long.toString(seconds));
                assertThat(seconds).isPositive();
            });
            assertThat(operations(FaultWalkTest::isOfHealth))
                    .allSatisfy(
                            operation -> good.send(operation).expect(operation.equals(readiness) ? UNAVAILABLE : 200));

            postgres.startAgain();
            Waiting.until("ready again", () -> good.send(readiness).status() == 200);
            service.api().as(good.user()).get("/users/me").expect(200);
        }
    }

    /** Tables that are not where the service looks for them are a defect, whichever statement finds out. */
    @Test
    void reportsADefectByItsRequestIdAndNothingElse() {
        try (TestService service = TestService.start(TestServer.shared().createMigratedDatabase(), new TestClock())) {
            GoodRequests good = new GoodRequests(service, new Scenario(service));
            Sql sql = service.sql();
            List<String> tables = sql.column("SELECT tablename FROM pg_tables WHERE schemaname = 'public'");

            hide(sql, tables, table -> !USERS.contains(table) && !PARTNERS.contains(table));
            everyOneFails(good, operations(operation -> operation.caller() == Caller.PARTNER));

            hide(sql, tables, PARTNERS::contains);
            everyOneFails(good, operations(operation -> operation.caller() == Caller.PARTNER));
            everyOneFails(good, operations(operation -> !isOfHealth(operation) && !startsWithUsers(operation)));

            hide(sql, tables, USERS::contains);
            everyOneFails(good, operations(FaultWalkTest::startsWithUsers));
            everyOneFails(good, operations(ApiOperation::needsToken));
            assertThat(operations(FaultWalkTest::isOfHealth))
                    .allSatisfy(operation -> good.send(operation).expect(200));
        }
    }

    /** Nobody has judged an item that the service stumbled over, so its sender must not take it for done. */
    @Test
    void aDefectAtOneItemFailsTheBatchButKeepsItsOtherPurchases() {
        try (TestService service = TestService.start(TestServer.shared().createMigratedDatabase(), new TestClock())) {
            Scenario given = new Scenario(service);
            Partner partner = given.partner();
            Session user = given.user();
            UUID merchant = given.merchant();
            List<JsonObject> purchases = Stream.generate(() -> given.purchase(user.userId(), merchant, "10.00"))
                    .limit(3)
                    .toList();
            service.sql()
                    .execute("ALTER TABLE purchases ADD CONSTRAINT unforeseen CHECK (external_id <> '%s')"
                            .formatted(purchases.get(1).getString("external_id")));

            given.report(partner, purchases).expectError(FAILED, "INTERNAL_SERVER_ERROR");
            service.sql().execute("ALTER TABLE purchases DROP CONSTRAINT unforeseen");
            JsonObject again = given.report(partner, purchases).expect(200).json();

            assertThat(again.getJsonArray("results"))
                    .extracting(result -> ((JsonObject) result).getString("result"))
                    .containsExactly("duplicate", "accepted", "duplicate");
        }
    }

    private static void hide(Sql sql, List<String> tables, Predicate<String> which) {
        tables.stream()
                .filter(which)
                .forEach(table -> sql.execute("ALTER TABLE " + table + " RENAME TO hidden_" + table));
    }

    private static void everyOneFails(GoodRequests good, List<ApiOperation> operations) {
        assertThat(operations).isNotEmpty().allSatisfy(operation -> {
            Reply failed = good.send(operation);
            JsonObject details = failed.expectError(FAILED, "INTERNAL_SERVER_ERROR");
            assertThat(details.fieldNames()).containsExactlyInAnyOrder("request_id", "timestamp");
            assertThat(details.getString("request_id")).isEqualTo(failed.header("X-Request-Id"));
            assertThat(Instant.parse(details.getString("timestamp"))).isNotNull();
            assertThat(failed.text()).doesNotContainIgnoringCase("exception", "relation", "select", "42P01", "vertx");
        });
    }
}
