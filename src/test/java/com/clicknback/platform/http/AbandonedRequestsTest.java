package com.clicknback.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.RawConnection;
import com.clicknback.testing.Waiting;
import io.vertx.core.Future;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that leave while the service waits for their bodies. Nothing of them may stay in memory. */
class AbandonedRequestsTest {
    private static final int MANY = 200;
    private static final Pattern CONNECTIONS =
            Pattern.compile("([0-9]+) +[0-9]+ +io\\.vertx\\.core\\.http\\.impl\\.Http1xServerConnection\\b");

    private final EdgeServer edge = EdgeServer.with(Map.of(
            "login",
            call -> Future.failedFuture(new AssertionError("a body that never came")),
            "createPurchase",
            call -> Future.failedFuture(new AssertionError("a body that never came")),
            "getLiveness",
            call -> Future.succeededFuture(Answer.ok(Map.of("status", "alive")))));

    @AfterEach
    void stop() {
        edge.close();
    }

    /** Connections of the server that are in memory after a full collection. */
    private static int connectionsInMemory() {
        try {
            String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
            Matcher found = CONNECTIONS.matcher(histogram);
            return found.find() ? Integer.parseInt(found.group(1)) : 0;
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertNothingStays() {
        Waiting.until("few connections in memory", () -> connectionsInMemory() <= MANY / 10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n",
                "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n",
                "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
            })
    void ofARequestThatWaitsForItsBody(String head) {
        for (int i = 0; i < MANY; i++) {
            RawHttp.abandon(edge.port(), head);
        }

        assertNothingStays();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /health/live HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n",
                "POST /nothing HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n",
                "POST /nothing HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000\r\n\r\n",
                "POST /api/v1/purchases HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\nContent-Length: 100\r\n\r\n"
            })
    void ofARequestThatIsAnsweredBeforeItsBody(String head) throws IOException {
        for (int i = 0; i < MANY; i++) {
            try (RawConnection connection = RawConnection.to(edge.port())) {
                connection.write(head);
                assertThat(connection.read()).isPresent();
            }
        }

        assertNothingStays();
    }

    @Test
    void ofARequestWhoseCallerIsFoundAfterItHasLeft() {
        for (int i = 0; i < MANY / 4; i++) {
            RawHttp.abandon(
                    edge.port(),
                    "POST /api/v1/purchases HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + EdgeServer.LATE
                            + "\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n");
        }
        edge.api().get("/health/live").expect(200);
        edge.findCallers();

        assertNothingStays();
    }
}
