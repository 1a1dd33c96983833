package com.clicknback.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.platform.stream.EventSource;
import com.clicknback.platform.stream.EventStream;
import com.clicknback.testing.Reply;
import io.vertx.core.Future;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HEAD, which is GET without a body in its answer. */
class HeadTest {
    record Status(String status) {}

    private static final AtomicInteger abandoned = new AtomicInteger();
    private static EdgeServer edge;

    @BeforeAll
    static void start() {
        edge = EdgeServer.with(Map.of(
                "getLiveness",
                call -> Future.succeededFuture(Answer.ok(new Status("alive"))),
                "getLiveStatistics",
                call -> Future.succeededFuture(Answer.ok(new EventSource() {
                    @Override
                    public void open(EventStream stream) {
                        throw new AssertionError("begun");
                    }

                    @Override
                    public void abandon() {
                        abandoned.incrementAndGet();
                    }
                })),
                "getMerchant",
                call -> Future.succeededFuture(Answer.ok(call.id("id", "merchant")))));
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    /** Its connection serves the request behind it, so not a byte of a body may come. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/health/live",
                "/health/live/",
                "/openapi.yaml",
                "/openapi.json",
                "/api/v1/merchants/1b4e28ba-2fa1-41d2-883f-0016d3cca427",
                "/api/v1/merchants/x",
                "/api/v1/merchants",
                "/api/v1/users/me/wallet?limit=1",
                "/api/v1/nothing",
                "/api/v1//merchants",
                "/api/v1/merchants/%zz"
            })
    void answersHeadAsGetWithoutItsBody(String path) {
        String rest = path + " HTTP/1.1\r\nHost: x\r\nX-Request-Id: same\r\nAuthorization: Bearer " + EdgeServer.ADMIN;
        String last = "GET " + rest + "\r\nConnection: close\r\n\r\n";
        String got = untimed(RawHttp.exchange(edge.port(), last));

        String both = untimed(RawHttp.exchange(edge.port(), "HEAD " + rest + "\r\n\r\n" + last));

        String head = got.substring(0, got.indexOf("\r\n\r\n") + 4).replace("connection: close\r\n", "");
        assertThat(head).contains("content-length: ");
        assertThat(sortedLines(both.substring(0, both.length() - got.length())).replace("HEAD", "GET"))
                .isEqualTo(sortedLines(head));
        assertThat(both).endsWith(got);
    }

    private static String untimed(String reply) {
        return reply.replaceAll("\"timestamp\":\"[^\"]*\"", "");
    }

    private static String sortedLines(String head) {
        return head.lines().sorted().collect(Collectors.joining("\n"));
    }

    @ParameterizedTest
    @CsvSource({"USER, 403", "NOBODY, 401", "ADMIN, 200"})
    void answersHeadAsThoseWhoMayGetIt(String caller, int status) {
        String token = switch (caller) {
            case "USER" -> EdgeServer.USER;
            case "ADMIN" -> EdgeServer.ADMIN;
            default -> null;
        };
        Reply reply = edge.as(token)
                .send("HEAD", "/api/v1/merchants/" + UUID.randomUUID(), null)
                .expect(status);
        assertThat(reply.text()).isEmpty();
    }

    /** It does not even begin. */
    @Test
    void answersHeadOfAStreamAtOnce() {
        Reply reply = edge.as(EdgeServer.ADMIN)
                .send("HEAD", "/api/v1/stats/live", null)
                .expect(200);

        assertThat(reply.header("Content-Type")).isEqualTo("text/event-stream");
        assertThat(abandoned).hasValue(1);
    }
}
