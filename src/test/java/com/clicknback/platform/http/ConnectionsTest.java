package com.clicknback.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.RawConnection;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections whose heads do not end, have too many lines, or come before the answers to those before them. */
class ConnectionsTest {
    private static final String GET = "GET /health/live HTTP/1.1\r\nHost: x\r\n";

    /** Of an edge in tests. */
    private static final int CONNECTIONS_MAX = 1_000;

    private final List<RawConnection> opened = new ArrayList<>();
    private final EdgeServer edge = EdgeServer.with(Map.of(
            "login",
            call -> Promise.<Answer>promise().future(),
            "logout",
            call -> Future.succeededFuture(Answer.noContent()),
            "getLiveness",
            call -> Future.succeededFuture(Answer.ok(Map.of("status", "alive")))));

    @AfterEach
    void stop() {
        opened.forEach(RawConnection::close);
        edge.close();
    }

    private RawConnection open(String begun) throws IOException {
        RawConnection connection = RawConnection.to(edge.port());
        opened.add(connection);
        connection.write(begun);
        return connection;
    }

    /** The status of the next answer, or 0 when the connection ends without one. */
    private static int status(RawConnection connection) {
        try {
            return connection.read().map(reply -> reply.status()).orElse(0);
        } catch (IOException reset) {
            return 0;
        }
    }

    private static int status(RawConnection connection, String rest) {
        try {
            connection.write(rest);
            return status(connection);
        } catch (IOException reset) {
            return 0;
        }
    }

    @Test
    void aHeadHasSoManyLines() throws IOException {
        assertThat(status(open(GET + "a:\r\n".repeat(99) + "\r\n"))).isEqualTo(200);
        RawConnection beyond = open(GET + "a:\r\n".repeat(100) + "\r\n" + GET + "\r\n");
        assertThat(status(beyond)).isEqualTo(400);
        assertThat(status(beyond)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /health/live HTTP/1.1\r\n",
                "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n0\r\n"
            })
    void linesOfAHeadOrTrailerThatDoesNotEndEndTheConnection(String begun) throws IOException {
        assertThat(status(open(begun), "a:\r\n".repeat(8_000))).isZero();
    }

    @Test
    void requestsBehindOneThatIsNotAnsweredAreLimitedInNumber() throws IOException {
        String unanswered = "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Content-Length: 2\r\n\r\n{}";

        assertThat(status(open(unanswered + (GET + "\r\n").repeat(65)))).isZero();
        assertThat(status(open((GET + "\r\n").repeat(65)))).isEqualTo(200);
    }

    @Test
    void aHeadThatTricklesInIsNotWaitedForWithoutEnd() {
        try (EdgeServer impatient = EdgeServer.withIdleTimeout(
                1, Map.of("getLiveness", call -> Future.succeededFuture(Answer.ok(Map.of("status", "alive")))))) {
            assertThat(RawHttp.trickleUntilClosed(impatient.port(), "GET /")).isEmpty();
            assertThat(RawHttp.trickleUntilClosed(impatient.port(), GET + "\r\nGET /"))
                    .startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void silentConnectionsKeepNobodyOut() throws IOException {
        RawConnection first = open("");
        RawConnection used = open(GET + "\r\n");
        assertThat(status(used)).isEqualTo(200);
        for (int i = 0; i < CONNECTIONS_MAX; i++) {
            open("");
            if (i % 100 == 0) {
                assertThat(status(used, GET + "\r\n")).isEqualTo(200);
            }
        }

        assertThat(status(open(GET + "\r\n"))).isEqualTo(200);
        assertThat(status(used, GET + "\r\n")).isEqualTo(200);
        assertThat(status(first)).isZero();
    }

    @Test
    void connectionsThatAreSilentAfterAnAnswerKeepNobodyOut() throws IOException {
        RawConnection first = open(GET + "\r\n");
        assertThat(status(first)).isEqualTo(200);
        for (int i = 0; i < CONNECTIONS_MAX; i++) {
            assertThat(status(open(GET + "\r\n"))).isEqualTo(200);
        }

        assertThat(status(open(GET + "\r\n"))).isEqualTo(200);
        assertThat(status(first)).isZero();
    }

    /** More of them in a row than the buffers of a socket hold. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/docs/swagger-ui-bundle.js",
                "/docs/swagger-ui.css",
                "/openapi.json",
                "/console",
                "/openapi.yaml"
            })
    void answersThatNobodyReadsKeepNobodyOut(String path) throws IOException {
        int few = 10;
        String requests = ("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").repeat(64);
        try (EdgeServer small = EdgeServer.withConnectionsMax(
                few, Map.of("getLiveness", call -> Future.succeededFuture(Answer.ok(Map.of("status", "alive")))))) {
            for (int i = 0; i < 2 * few; i++) {
                RawConnection connection = RawConnection.to(small.port());
                opened.add(connection);
                connection.write(requests);
            }

            RawConnection newcomer = RawConnection.to(small.port());
            opened.add(newcomer);
            assertThat(status(newcomer, GET + "\r\n")).isEqualTo(200);
        }
    }

    /** A budget of a million bytes; each of these heads costs more than 20,000. */
    @Test
    void headsThatDoNotEndHaveABudgetAndKeepNobodyOut() throws IOException {
        floodWithHeads(connection -> {});
    }

    @Test
    void headsThatDoNotEndAfterAnAnswerHaveABudgetAndKeepNobodyOut() throws IOException {
        floodWithHeads(
                connection -> assertThat(status(connection, GET + "\r\n")).isEqualTo(200));
    }

    /** The body has more lines than heads may cost; nobody keeps its lines. */
    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 15000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n3a98\r\n"})
    void linesOfBodiesCostNothing(String framing) throws IOException {
        RawConnection idle = open(GET + "\r\n");
        assertThat(status(idle)).isEqualTo(200);

        for (int i = 0; i < 2 * EdgeServer.EVENT_LOOPS; i++) {
            String head = "POST /api/v1/nothing HTTP/1.1\r\nHost: x\r\n";
            assertThat(status(open(head + framing + "\n".repeat(15_000)))).isEqualTo(404);
        }

        assertThat(status(idle, GET + "\r\n")).isEqualTo(200);
    }

    @Test
    void headsThatDoNotEndLeaveWhomAnAnswerIsStillToCome() throws IOException {
        RawConnection asked = open("POST /api/v1/auth/logout HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n");
        asked.awaitContinue();
        for (int i = 0; i < 100; i++) {
            open(GET + "a:\r\n".repeat(90));
        }
        awaitTheReadingOfWhatWasWritten();

        assertThat(status(asked, "{}")).isEqualTo(204);
    }

    private void floodWithHeads(Consumer<RawConnection> before) throws IOException {
        String begun = GET + "a:\r\n".repeat(90);
        List<RawConnection> flood = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            RawConnection connection = open("");
            before.accept(connection);
            connection.write(begun);
            flood.add(connection);
        }

        awaitTheReadingOfWhatWasWritten();
        List<Integer> statuses =
                flood.stream().map(connection -> status(connection, "\r\n")).toList();
        assertThat(statuses.subList(0, 100)).containsOnly(0);
        assertThat(statuses.subList(190, 200)).containsOnly(200);
    }

    /**
     * An event loop reads ready connections in any order. One that answers twice on a connection has read in between all
     * that was ready before. Connections go to the loops in turn.
     */
    private void awaitTheReadingOfWhatWasWritten() throws IOException {
        for (int i = 0; i < 2 * EdgeServer.EVENT_LOOPS; i++) {
            RawConnection connection = open(GET + "\r\n");
            assertThat(status(connection)).isEqualTo(200);
            assertThat(status(connection, GET + "\r\n")).isEqualTo(200);
        }
    }
}
