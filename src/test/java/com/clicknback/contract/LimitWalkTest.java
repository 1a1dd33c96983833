package com.clicknback.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.ApiOperation;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.TestService;
import com.clicknback.testing.Waiting;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every operation but those of health has its rate limit and gives way when the service has enough to do. */
@ExtendWith(ServiceExtension.class)
class LimitWalkTest {
    private static final int RATE_LIMITED = 429;
    private static final int UNAVAILABLE = 503;
    private static final Map<String, String> ONE_A_MINUTE = Map.of(
            "CLICKNBACK_RATE_LIMIT_LOGIN", "1",
            "CLICKNBACK_RATE_LIMIT_REGISTRATION", "1",
            "CLICKNBACK_RATE_LIMIT_REFRESH", "1",
            "CLICKNBACK_RATE_LIMIT_PUBLIC_READS", "1",
            "CLICKNBACK_RATE_LIMIT_USER", "1",
            "CLICKNBACK_RATE_LIMIT_CLICKS", "1",
            "CLICKNBACK_RATE_LIMIT_PARTNER", "1");

    private final TestService service;
    private final GoodRequests good;

    LimitWalkTest(TestService service, Scenario given) {
        this.service = service;
        this.good = new GoodRequests(service, given);
    }

    private static boolean isOfHealth(ApiOperation operation) {
        return operation.path().startsWith("/health/") || operation.path().startsWith("/openapi.");
    }

    private static List<ApiOperation> operations(boolean ofHealth) {
        return ApiOperation.all().stream()
                .filter(operation -> isOfHealth(operation) == ofHealth)
                .toList();
    }

    private static Reply second(GoodRequests requests, ApiOperation operation) {
        if (operation.id().equals("endMySessions")) {
            // It can be sent once for each caller, so another request of its caller comes first.
            ApiClient caller = requests.client(operation, null);
            caller.get("/users/me/wallet");
            return caller.send(operation.method(), requests.path(operation), null);
        }
        requests.send(operation);
        return requests.send(operation);
    }

    private static void requireRetryAfter(Reply refused, String code) {
        long seconds = refused.expectError(refused.status(), code).getLong("retry_after_seconds");
        assertThat(seconds).isBetween(1L, 60L);
        assertThat(refused.header("Retry-After")).isEqualTo(Long.toString(seconds));
    }

    @Test
    void refusesWhatComesMoreOftenThanItMay() {
        try (TestService limited = service.another(ONE_A_MINUTE)) {
            GoodRequests requests = new GoodRequests(limited, good);
            assertThat(operations(false)).allSatisfy(operation -> {
                Reply refused = second(requests, operation).expect(RATE_LIMITED);
                requireRetryAfter(refused, "RATE_LIMITED");
            });
            assertThat(operations(true)).allSatisfy(operation -> {
                requests.send(operation).expect(200);
                requests.send(operation).expect(200);
            });
        }
    }

    /** Each is stored for long, unlike what other calls of a user leave. */
    @Test
    void theClicksOfAUserHaveALimitOfTheirOwn() {
        try (TestService limited = service.another(Map.of("CLICKNBACK_RATE_LIMIT_CLICKS", "1"))) {
            GoodRequests requests = new GoodRequests(limited, good);
            ApiOperation creation = operations(false).stream()
                    .filter(operation -> operation.id().equals("createClick"))
                    .findFirst()
                    .orElseThrow();
            requests.send(creation);
            requireRetryAfter(requests.send(creation).expect(RATE_LIMITED), "RATE_LIMITED");
            requests.client(creation, null).get("/users/me/wallet").expect(200);
        }
    }

    @Test
    void aLargeBodyCountsAsSeveralRequestsOfItsAddress() {
        try (TestService limited = service.another(Map.of("CLICKNBACK_RATE_LIMIT_LOGIN", "5"))) {
            String large = "{\"unknown\":\"" + "x".repeat(4 * 64 * 1024) + "\"}";
            limited.api().post("/auth/login", large).expect(422);

            requireRetryAfter(limited.api().post("/auth/login", "{}").expect(RATE_LIMITED), "RATE_LIMITED");
        }
    }

    @Test
    void shedsEverythingButHealthBeyondTheRequestsItTakesAtOnce() throws SQLException {
        try (TestService small = service.another(
                Map.of("CLICKNBACK_HTTP_IN_FLIGHT_MAX", "1", "CLICKNBACK_DATABASE_STATEMENT_TIMEOUT_MS", "55000"))) {
            GoodRequests requests = new GoodRequests(small, good);
            CompletableFuture<Reply> busy;
            try (Connection blocking = small.sql().connect();
                    Statement lock = blocking.createStatement()) {
                blocking.setAutoCommit(false);
                lock.execute("LOCK TABLE audit_log IN ACCESS EXCLUSIVE MODE");
                busy = CompletableFuture.supplyAsync(() -> admitted(small));
                Waiting.until(
                        "the request that waits for the table is under way",
                        () -> small.api().get("/users/me").status() == UNAVAILABLE);

                assertThat(operations(false)).allSatisfy(operation -> {
                    Reply shed = requests.send(operation).expect(UNAVAILABLE);
                    requireRetryAfter(shed, "OVERLOADED");
                });
                assertThat(operations(true))
                        .allSatisfy(operation -> requests.send(operation).expect(200));
            }
            busy.join();
            small.api().as(good.user()).get("/users/me").expect(200);
        }
    }

    /** Sends until it is let in: the look whether it is can itself be the one request under way. */
    private Reply admitted(TestService small) {
        Reply reply;
        do {
            reply = small.api().as(good.admin()).get("/audit-logs");
        } while (reply.status() == UNAVAILABLE);
        return reply;
    }
}
