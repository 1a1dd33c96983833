package com.clicknback.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.platform.http.HttpSettings.RateLimits;
import com.clicknback.testing.ApiClient;
import com.clicknback.testing.RawConnection;
import com.clicknback.testing.Reply;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bodies that arrive slowly: how slowly they may, and how many of one client at once. */
class SlowBodiesTest {
    /** A quarter of what an edge takes in all. */
    private static final int OF_ONE_CLIENT_MAX = 25;

    private final EdgeServer edge = EdgeServer.with(
            new RateLimits(0, 0, 0, 0, 0, 0, 0, 0),
            List.of("127.0.0.0/8"),
            Map.of(
                    "login",
                    call -> Future.failedFuture(new AssertionError("a body that never came")),
                    "logout",
                    call -> Future.succeededFuture(Answer.noContent()),
                    "getLiveness",
                    call -> Future.succeededFuture(Answer.ok(Map.of("status", "alive")))));

    @AfterEach
    void stop() {
        edge.close();
    }

    private List<Supplier<Reply>> begin(int bodies, String address) {
        ApiClient client = edge.api().with("X-Forwarded-For", address);
        return IntStream.range(0, bodies)
                .mapToObj(n -> client.sendWithoutItsBody("POST", "/auth/login"))
                .toList();
    }

    private static List<Integer> statuses(List<Supplier<Reply>> begun) {
        return begun.stream().map(reply -> reply.get().status()).toList();
    }

    /** The whole body may take half a minute here, and its connection is never silent for long. */
    @Test
    void aBodySlowerThanTheLeastRateIsGivenUp() {
        String reply = RawHttp.trickle(
                edge.port(),
                "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 500\r\n\r\n");

        assertThat(reply).startsWith("HTTP/1.1 408 ").contains("\"bytes_per_second_min\":1024");
    }

    @Test
    void oneClientsBodiesKeepThoseOfOthersNotOut() {
        List<Supplier<Reply>> crowd = begin(OF_ONE_CLIENT_MAX + 5, "192.0.2.1");
        List<Supplier<Reply>> others = begin(OF_ONE_CLIENT_MAX, "192.0.2.2");

        List<Integer> ofCrowd = statuses(crowd);
        assertThat(ofCrowd).filteredOn(status -> status == 503).hasSize(5);
        assertThat(ofCrowd).filteredOn(status -> status == 408).hasSize(OF_ONE_CLIENT_MAX);
        assertThat(statuses(others)).containsOnly(408);
        // Their places are free again.
        assertThat(statuses(begin(1, "192.0.2.1"))).containsOnly(408);
        edge.api().get("/health/live").expect(200);
    }

    @Test
    void theBodiesOfManyClientsKeepThoseOfOthersNotOut() throws IOException {
        List<RawConnection> crowd = new ArrayList<>();
        for (int client = 1; client <= 4; client++) {
            for (int i = 0; i < OF_ONE_CLIENT_MAX; i++) {
                crowd.add(awaited("192.0.2." + client));
            }
        }

        try (RawConnection other = awaited("192.0.2.5")) {
            other.write("{}");
            assertThat(other.read().orElseThrow().status()).isEqualTo(204);
        }
        List<Integer> ofCrowd = new ArrayList<>();
        for (RawConnection connection : crowd) {
            ofCrowd.add(connection.read().orElseThrow().status());
            connection.close();
        }
        // Clients are asked for their bodies a moment before these count, so any of the first ones may have made room.
        assertThat(ofCrowd).filteredOn(status -> status == 503).hasSize(1);
        assertThat(ofCrowd).filteredOn(status -> status == 408).hasSize(crowd.size() - 1);
    }

    /** A connection whose body is waited for. */
    private RawConnection awaited(String address) throws IOException {
        RawConnection connection = RawConnection.to(edge.port());
        connection.write("POST /api/v1/auth/logout HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Content-Length: 2\r\nExpect: 100-continue\r\nX-Forwarded-For: " + address + "\r\n\r\n");
        connection.awaitContinue();
        return connection;
    }
}
