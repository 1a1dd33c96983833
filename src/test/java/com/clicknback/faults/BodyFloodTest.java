package com.clicknback.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import com.clicknback.testing.RawConnection;
import com.clicknback.testing.Reply;
import com.clicknback.testing.ServiceProcess;
import com.clicknback.testing.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that cost as much memory as a stranger can make them cost, against a process with the heap of production. */
@Tag("faults")
@Timeout(180)
class BodyFloodTest {
    private static final int MIB = 1024 * 1024;
    private static final List<String> SMALL_HEAP =
            List.of("@" + Path.of("conf", "jvm.options").toAbsolutePath(), "-XX:TieredStopAtLevel=1");

    private final Address database = TestServer.shared().createMigratedDatabase();

    private static void requireWell(ServiceProcess process) {
        process.api().get("/health/ready").expect(200);
        process.api().get("/users/me").expectError(401, "INVALID_TOKEN");
        assertThat(process.output()).doesNotContain("OutOfMemory");
    }

    @Test
    void manySmallStructuresCostNoMemory() {
        String head = "{\"refresh_token\":\"x\",\"x\":[";
        String body = head + "{},".repeat((MIB - head.length() - 10) / 3) + "{}]}";
        try (ServiceProcess process = ServiceProcess.start(database, Map.of(), SMALL_HEAP)) {
            for (int round = 0; round < 5; round++) {
                List<CompletableFuture<Reply>> replies = new ArrayList<>();
                for (int i = 0; i < 12; i++) {
                    replies.add(process.api().sendAsync("POST", "/auth/logout", body));
                }
                replies.forEach(reply -> assertThat(reply.join().status()).isIn(422, 503));
            }
            requireWell(process);
        }
    }

    @Test
    void bodiesThatNeverEndCostNoMoreThanTheirBudget() throws IOException {
        String head = "POST /api/v1/webhooks/" + UUID.randomUUID() + "/purchases HTTP/1.1\r\nHost: x\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + MIB + "\r\n\r\n";
        byte[] almostAll = new byte[MIB - 6];
        List<RawConnection> connections = new ArrayList<>();
        try (ServiceProcess process = ServiceProcess.start(database, Map.of(), SMALL_HEAP)) {
            int refused = 0;
            for (int i = 0; i < 150; i++) {
                RawConnection connection = RawConnection.to(process.httpPort());
                connections.add(connection);
                try {
                    connection.write(head);
                    connection.write(almostAll);
                } catch (IOException closed) {
                    refused++;
                }
            }
            requireWell(process);
            // A quarter of 32 MiB is held; who came later was refused, at the latest once it had sent everything.
            for (RawConnection late : connections.subList(refused < 100 ? 20 : 150, 150)) {
                assertThat(statusOf(late)).isIn(0, 503);
            }
        } finally {
            connections.forEach(RawConnection::close);
        }
    }

    /** Bytes of the heap are copied out of it for each answer, and stay there until it is read. */
    @Test
    void answersThatNobodyReadsCostNoMemory() throws IOException {
        List<RawConnection> connections = new ArrayList<>();
        try (ServiceProcess process = ServiceProcess.start(database, Map.of(), SMALL_HEAP)) {
            for (int i = 0; i < 300; i++) {
                RawConnection connection = RawConnection.to(process.httpPort());
                connections.add(connection);
                try {
                    connection.write("GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n".repeat(60));
                } catch (IOException closed) {
                    // The service may be quicker.
                }
            }
            requireWell(process);
        } finally {
            connections.forEach(RawConnection::close);
        }
    }

    /** Each line of four bytes costs the decoder some hundred. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /health/live HTTP/1.1\r\nHost: x\r\n",
                "GET /docs/swagger-ui-bundle.js HTTP/1.1\r\nHost: x\r\n\r\n"
            })
    void manySmallLinesCostNoMemory(String begun) throws IOException {
        String line = begun.endsWith("\r\n\r\n") ? "A / HTTP/1.1\r\n\r\n" : "a:\r\n";
        List<RawConnection> connections = new ArrayList<>();
        try (ServiceProcess process = ServiceProcess.start(database, Map.of(), SMALL_HEAP)) {
            for (int i = 0; i < 800; i++) {
                RawConnection connection = RawConnection.to(process.httpPort());
                connections.add(connection);
                try {
                    connection.write(begun + line.repeat(8_000));
                } catch (IOException closed) {
                    // The service may be quicker.
                }
            }
            requireWell(process);
        } finally {
            connections.forEach(RawConnection::close);
        }
    }

    /** 0 when the service has closed the connection. */
    private static int statusOf(RawConnection connection) {
        try {
            return connection.read().map(Reply::status).orElse(0);
        } catch (IOException closed) {
            return 0;
        }
    }
}
