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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/**
 * Any input of a client gets an answer that the contract allows, never a 500, and leaves the service as well as
 * before. The requests come from a seed; {@code -Dhostile.seed=… -Dhostile.requests=…} draws others, and more.
 */
@ExtendWith(ServiceExtension.class)
class HostileInputTest {
    private static final long SEED = Long.getLong("hostile.seed", 1);
    private static final int REQUESTS = Integer.getInteger("hostile.requests", 600);
    private static final int FAILURES_SHOWN_MAX = 20;
    private static final int FAILED = 500;
    private static final int NOT_IMPLEMENTED = 501;

    private final TestService service;
    private final Scenario given;
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    private @Nullable RawConnection connection;

    HostileInputTest(TestService service, Scenario given) {
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

    @Test
    void nothingThatIsSentBreaksTheContractOrTheService() {
        HostileValues values = new HostileValues(new Random(SEED));
        HostileRequests requests = new HostileRequests(
                values, new Scene(service, given), () -> service.clock().instant());
        List<ApiOperation> operations = ApiOperation.all();
        Map<String, String> failures = new TreeMap<>();

        for (int i = 0; i < REQUESTS && failures.size() < FAILURES_SHOWN_MAX; i++) {
            RawRequest request = requests.next(values.oneOf(operations));
            try {
                requireAllowed(request, exchange(request));
            } catch (AssertionError | IOException e) {
                disconnect();
                String message = String.valueOf(e.getMessage());
                failures.putIfAbsent(
                        request.operation.id() + " " + message.substring(0, Math.min(message.length(), 200)),
                        message + "\n<- " + request);
            }
        }

        assertThat(failures.values()).as("seed %s", SEED).isEmpty();
        assertThat(log.list)
                .filteredOn(entry -> entry.getLevel().isGreaterOrEqual(Level.ERROR))
                .as("errors that were logged with seed %s", SEED)
                .isEmpty();
        assertThat(service.api().get("/health/ready").status()).isEqualTo(200);
        service.awaitCredits();
        service.requireCleanLedger();
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

    private static @Nullable String decoded(String path) {
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
