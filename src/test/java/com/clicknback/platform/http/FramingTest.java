package com.clicknback.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import io.vertx.core.Future;
import jakarta.validation.constraints.NotNull;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The end of a request: nothing behind an ambiguous one is served on its connection. */
class FramingTest {
    record Login(@NotNull String email) {}

    private static final String LOGIN = "POST /api/v1/auth/login HTTP/1.1\r\nContent-Type: application/json\r\n";
    private static final String WITH_HOST = LOGIN + "Host: x\r\n";
    private static final String BODY = "{\"email\":\"a\"}";
    private static final String CHUNKS = "d\r\n" + BODY + "\r\n0\r\n\r\n";
    private static final String NEXT = "GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    private static final Pattern STATUS = Pattern.compile("HTTP/[0-9]\\.[0-9] ([0-9]{3}) ");

    private static final AtomicInteger NEXT_SERVED = new AtomicInteger();
    private static EdgeServer edge;

    @BeforeAll
    static void start() {
        edge = EdgeServer.with(Map.of(
                "login",
                call -> {
                    call.body(Login.class);
                    return Future.failedFuture(new DomainException(ErrorCode.INVALID_CREDENTIALS, "Reached."));
                },
                "getLiveness",
                call -> {
                    NEXT_SERVED.incrementAndGet();
                    return Future.succeededFuture(Answer.ok(Map.of("status", "alive")));
                }));
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    @BeforeEach
    void forget() {
        NEXT_SERVED.set(0);
    }

    /** The statuses of all answers on a connection, until the server closes it. */
    private static String statuses(String requests) {
        return STATUS.matcher(RawHttp.exchange(edge.port(), requests))
                .results()
                .map(status -> status.group(1))
                .collect(Collectors.joining(" "));
    }

    private static void assertEndsItsConnection(String request) {
        assertThat(statuses(request + NEXT)).as(request).isEqualTo("400");
        assertThat(NEXT_SERVED).as(request).hasValue(0);
    }

    @Test
    void twoRequestsGetTwoAnswers() {
        assertThat(statuses(WITH_HOST + "Content-Length: 13\r\n\r\n" + BODY + NEXT))
                .isEqualTo("401 200");
        assertThat(statuses(WITH_HOST + "Transfer-Encoding: chunked\r\n\r\n" + CHUNKS + NEXT))
                .isEqualTo("401 200");
        assertThat(statuses(WITH_HOST + "Transfer-Encoding: CHUNKED\r\n\r\n" + CHUNKS + NEXT))
                .isEqualTo("401 200");
        assertThat(NEXT_SERVED).hasValue(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Host: x\r\nHost: x\r\n", "Host: x\r\nhost: y\r\n", "Host: x\r\nHost:\r\n"})
    void aRequestNamesExactlyOneHost(String hosts) {
        assertEndsItsConnection(LOGIN + hosts + "Content-Length: 13\r\n\r\n" + BODY);
        assertEndsItsConnection("GET /health/live HTTP/1.1\r\n" + hosts + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chunked, xchunked",
                "xchunked",
                "chunked, chunked",
                "gzip, chunked",
                "identity",
                "identity, chunked",
                "chunked;q=1",
                "\"chunked\"",
                "chunked,",
                ",chunked",
                "chunked\r\nTransfer-Encoding: x",
                "x\r\nTransfer-Encoding: chunked",
                "chunked\r\nTransfer-Encoding: chunked",
                "\u000bchunked",
                ""
            })
    void noTransferCodingButChunkedIsTaken(String codings) {
        assertEndsItsConnection(WITH_HOST + "Transfer-Encoding: " + codings + "\r\n\r\n" + CHUNKS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"13", "0", "28", "5"})
    void aLengthBesideATransferCodingIsRefused(String length) {
        assertEndsItsConnection(
                WITH_HOST + "Content-Length: " + length + "\r\nTransfer-Encoding: chunked\r\n\r\n" + CHUNKS);
        assertEndsItsConnection(
                WITH_HOST + "Transfer-Encoding: chunked\r\nContent-Length: " + length + "\r\n\r\n" + CHUNKS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"13, 14", "13\r\nContent-Length: 14", "+13", "-1", "0xd", "1e1", "13 13", ""})
    void aLengthIsOneNumber(String length) {
        assertEndsItsConnection(WITH_HOST + "Content-Length: " + length + "\r\n\r\n" + BODY);
    }

    @ParameterizedTest
    @ValueSource(strings = {";a", ";a=b", ";a=\"b c\"", ";a=b;c=d", " ;a=b"})
    void chunkExtensionsAreIgnored(String extension) {
        String chunks = "d" + extension + "\r\n" + BODY + "\r\n0" + extension + "\r\n\r\n";
        assertThat(statuses(WITH_HOST + "Transfer-Encoding: chunked\r\n\r\n" + chunks + NEXT))
                .isEqualTo("401 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10000000d\r\n" + BODY + "\r\n0\r\n\r\n",
                "100000000d\r\n" + BODY + "\r\n0\r\n\r\n",
                "-d\r\n" + BODY + "\r\n0\r\n\r\n",
                "0xd\r\n" + BODY + "\r\n0\r\n\r\n",
                "d\n" + BODY + "\n0\n\n",
                "d;a\n" + BODY + "\r\n0\r\n\r\n",
                "d\r\n" + BODY + "x\r\n0\r\n\r\n",
                "d\r\n" + BODY + "0\r\n\r\n",
                ";a\r\n" + BODY + "\r\n0\r\n\r\n"
            })
    void anIllFormedChunkEndsItsConnection(String chunks) {
        // The size may also be one that has not arrived; nothing behind it is a request then.
        RawHttp.abandon(edge.port(), WITH_HOST + "Transfer-Encoding: chunked\r\n\r\n" + chunks + NEXT);
        edge.api().get("/health/live").expect(200);
        assertThat(NEXT_SERVED).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "\u0001", "\u000b", "\u000c", "\u001f", "\u007f", "\t", "\r\r\u0000"})
    void controlBytesBetweenRequestsEndTheConnection(String bytes) {
        assertThat(statuses(WITH_HOST + "Content-Length: 13\r\n\r\n" + BODY + bytes + NEXT))
                .isIn("401", "401 400");
        assertThat(NEXT_SERVED).hasValue(0);
    }

    @Test
    void emptyLinesBeforeARequestAreIgnored() {
        assertThat(statuses(WITH_HOST + "Content-Length: 13\r\n\r\n" + BODY + "\r\n" + NEXT))
                .isEqualTo("401 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/9.9", "HTTP/2.0", "HTTP/1.2", "HTTP/01.1", "HTTP/0.9", "ICY/1.1"})
    void nothingFollowsARequestOfAnotherVersion(String version) {
        String request = "GET /health/live " + version + "\r\nHost: x\r\n\r\n";

        assertEndsItsConnection(request);
        assertThat(RawHttp.exchange(edge.port(), request))
                .startsWith("HTTP/1.1 400 ")
                .contains("X-Request-Id: ", "\"code\":\"VALIDATION_ERROR\"", "HTTP/1.1 or 1.0");
    }

    /** A body that is too large to let pass, a transfer coding beside a length, and too many lines. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 1000000\r\n\r\n",
                "Transfer-Encoding: gzip\r\n\r\n",
                "Content-Length: 1\r\nContent-Length: 2\r\n\r\n",
                "a:\r\na:\r\na:\r\na:\r\na:\r\na:\r\na:\r\na:\r\na:\r\na:\r\na:\r\na:\r\n"
            })
    void aClientThatWantsToKeepItsConnectionIsToldOfItsEnd(String rest) {
        String lines = rest.startsWith("a") ? rest.repeat(10) + "\r\n" : rest;

        assertThat(RawHttp.exchange(
                        edge.port(),
                        LOGIN.replace("HTTP/1.1", "HTTP/1.0") + "Host: x\r\nConnection: keep-alive\r\n" + lines))
                .containsIgnoringCase("\r\nconnection: close\r\n")
                .doesNotContainIgnoringCase("keep-alive");
    }

    @Test
    void onlyABodyThatIsWantedIsAskedFor() {
        String expecting = "Expect: 100-continue\r\nContent-Length: ";
        assertThat(statuses(WITH_HOST + expecting + "13\r\n\r\n" + BODY + NEXT)).isEqualTo("100 401 200");
        assertThat(statuses(WITH_HOST + expecting + "5000\r\n\r\n")).isEqualTo("413");
        assertThat(statuses("POST /api/v1/purchases HTTP/1.1\r\nHost: x\r\n" + expecting + "13\r\n\r\n"))
                .isEqualTo("401");
        assertThat(statuses("POST /api/v1/nothing HTTP/1.1\r\nHost: x\r\n" + expecting + "13\r\n\r\n"))
                .isEqualTo("404");
        assertThat(statuses("PUT /api/v1/auth/login HTTP/1.1\r\nHost: x\r\n" + expecting + "13\r\n\r\n"))
                .isEqualTo("405");
    }

    @Test
    void theNextRequestIsNotTakenForABodyThatWasNotWanted() {
        String refused = WITH_HOST + "Expect: 100-continue\r\nContent-Length: " + 5_000 + "\r\n\r\n";
        assertThat(statuses(refused + NEXT)).isEqualTo("413");
        assertThat(NEXT_SERVED).hasValue(0);
    }
}
