package com.clicknback.contract;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.clicknback.testing.ApiOperation;
import com.clicknback.testing.RawConnection;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.TestService;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * Any request to any operation gets an answer that the contract allows, never a 5xx, and leaves the service as well as
 * before. Two in three requests are drawn from the operation's schemas, so that it is known what a refusal must name;
 * the others are spoilt down to their bytes. {@code -Dfuzz.seed=… -Dfuzz.requests=…} draws others, and more.
 */
@ExtendWith(ServiceExtension.class)
class FuzzTest {
    private static final long FIXED_SEED = 1;
    private static final int REQUESTS = Integer.getInteger("fuzz.requests", 2_000);
    private static final int REQUESTS_OF_ONE_SEED_MAX = 1_000_000;
    private static final int FAILURES_SHOWN_MAX = 20;
    private static final int FAILED = 500;
    private static final int NOT_IMPLEMENTED = 501;

    private final TestService service;
    private final Scenario given;
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    private @Nullable RawConnection connection;

    FuzzTest(TestService service, Scenario given) {
        this.service = service;
        this.given = given;
    }

    private static Logger everything() {
        return (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    }

    @BeforeEach
    void listen() {
        log.start();
        everything().addAppender(log);
    }

    @AfterEach
    void close() {
        everything().detachAppender(log);
        disconnect();
    }

    /** One that is always the same, and one of this run alone. */
    static List<Long> seeds() {
        Long chosen = Long.getLong("fuzz.seed");
        return chosen == null
                ? List.of(FIXED_SEED, ThreadLocalRandom.current().nextLong(2, REQUESTS_OF_ONE_SEED_MAX))
                : List.of(chosen);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothingThatIsSentBreaksTheContractOrTheService(long seed) {
        System.out.println("To repeat this fuzz: -Dtest=FuzzTest -Dfuzz.seed=" + seed);
        ContractScenario scenario = new ContractScenario(service, given);
        FuzzedRequests drawn = new FuzzedRequests(service, scenario);
        List<ApiOperation> operations = ApiOperation.all();
        Map<String, String> failures = new TreeMap<>();

        for (int i = 0; i < REQUESTS && failures.size() < FAILURES_SHOWN_MAX; i++) {
            HostileValues values = new HostileValues(new Random(seed * REQUESTS_OF_ONE_SEED_MAX + i));
            ApiOperation operation = operations.get(i % operations.size());
            if (values.once(3)) {
                HostileRequests spoilt = new HostileRequests(
                        values, scenario, () -> service.clock().instant());
                RawRequest request = spoilt.next(operation);
                check(operation, request, () -> requireAllowed(request, exchange(request)), failures);
            } else {
                FuzzedRequest request = drawn.next(operation, values);
                check(operation, request, () -> requireAnswer(request), failures);
            }
        }

        assertThat(failures.values()).as("seed %s", seed).isEmpty();
        assertThat(List.copyOf(log.list))
                .filteredOn(entry -> entry.getLevel().isGreaterOrEqual(Level.ERROR))
                .as("errors that were logged with seed %s", seed)
                .isEmpty();
        assertThat(service.api().get("/health/ready").status()).isEqualTo(200);
        service.awaitCredits();
        service.requireCleanLedger();
    }

    private interface Exchange {
        void run() throws IOException;
    }

    private void check(ApiOperation operation, Object request, Exchange exchange, Map<String, String> failures) {
        try {
            exchange.run();
        } catch (AssertionError | IOException | RuntimeException e) {
            disconnect();
            String message = String.valueOf(e.getMessage());
            failures.putIfAbsent(
                    operation.id() + " " + message.substring(0, Math.min(message.length(), 200)),
                    message + "\n<- " + request);
        }
    }

    private void requireAnswer(FuzzedRequest request) throws IOException {
        Optional<Reply> reply = exchange(request.raw());
        requireAllowed(request.raw(), reply);
        request.requireAnswer(reply.orElseThrow());
    }

    /** A connection serves one request after the other, unless one of them leaves unclear where the next begins. */
    private Optional<Reply> exchange(RawRequest request) throws IOException {
        if (connection == null) {
            connection = RawConnection.to(service.httpPort());
        }
        Optional<Reply> reply;
        if (request.malformed) {
            reply = exchangeMalformed(connection, request);
        } else {
            connection.write(request.bytes());
            reply = connection.read();
        }
        boolean closing = reply.map(answer -> "close".equalsIgnoreCase(answer.header("Connection")))
                .orElse(true);
        if (closing || request.malformed || request.headers.stream().anyMatch(h -> h.startsWith("Connection:"))) {
            disconnect();
        }
        return reply;
    }

    /** The service may hang up on what it cannot read, while it is still being sent. */
    private static Optional<Reply> exchangeMalformed(RawConnection connection, RawRequest request) {
        try {
            connection.write(request.bytes());
            connection.endOutput();
            return connection.read();
        } catch (IOException hungUp) {
            return Optional.empty();
        }
    }

    private void disconnect() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }

    private static void requireAllowed(RawRequest request, Optional<Reply> answer) {
        if (answer.isEmpty()) {
            assertThat(request.malformed).as("hung up on a request").isTrue();
            return;
        }
        Reply reply = answer.get();
        if (reply.status() == NOT_IMPLEMENTED) {
            // The server itself says so, before any router, and hangs up.
            assertThat(request.isOtherVersion()).as("HTTP/1 was refused").isTrue();
            return;
        }
        assertThat(reply.status()).as(reply.text()).isLessThan(FAILED);
        if (request.malformed) {
            assertThat(reply.headers()).containsKey("x-request-id");
            return;
        }
        String path = decoded(request.path);
        boolean known = path != null && !isUnknownRoute(reply);
        String sent = request.body == null ? null : new String(request.body, StandardCharsets.UTF_8);
        reply.requireAllowed(request.method, known ? path : "/", sent);
    }

    private static boolean isUnknownRoute(Reply reply) {
        return reply.status() == 404 && reply.text().contains("\"resource_type\":\"route\"");
    }

    /** With an encoded slash left as it is: it belongs to its segment, as the service routes it. */
    private static @Nullable String decoded(String path) {
        String bySegment = path.replace("%2f", "%252F").replace("%2F", "%252F");
        try {
            return URLDecoder.decode(bySegment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
