package com.clicknback.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clicknback.platform.address.Network;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.platform.http.HttpSettings.RateLimits;
import io.vertx.core.Future;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that count as one client's; each test has addresses of its own. */
class ClientAddressTest {
    private static EdgeServer edge;

    @BeforeAll
    static void start() {
        edge = EdgeServer.with(
                new RateLimits(1, 0, 0, 0, 0, 0, 0, 0),
                List.of("127.0.0.1", "10.0.0.0/8", "2001:db8:ffff::/48"),
                Map.of(
                        "login",
                        call -> Future.failedFuture(new DomainException(ErrorCode.INVALID_CREDENTIALS, "Reached."))));
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    /** True when the client of these lines of {@code X-Forwarded-For} had a request before. */
    private static boolean seenBefore(String... lines) {
        String headers = Arrays.stream(lines)
                .map(line -> "X-Forwarded-For: " + line + "\r\n")
                .reduce("", String::concat);
        String answer = RawHttp.exchange(
                edge.port(),
                "POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + headers
                        + "Connection: close\r\nContent-Length: 2\r\n\r\n{}");
        return answer.startsWith("HTTP/1.1 429");
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1:4711",
        "192.0.2.2, ::ffff:192.0.2.2",
        "192.0.2.3, [::ffff:c000:203]:80",
        "2001:db8:1::1, '[2001:DB8:0001:0:0::1]:443'",
        "2001:db8:2::1, [2001:db8:2:0::1]",
        "2001:db8:3::1, 2001:db8:3:0:ffff:ffff:ffff:ffff",
        "2001:db8:4::1, '2001:db8:4::9 , 10.1.2.3, ,2001:db8:ffff:9::1'",
        "192.0.2.4, '203.0.113.9, 192.0.2.4, 10.255.0.1:8443'"
    })
    void areOne(String one, String other) {
        assertThat(seenBefore(one)).isFalse();
        assertThat(seenBefore(other)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "198.51.100.1, 198.51.100.2",
        "2001:db8:5:1::1, 2001:db8:5:2::1",
        "'198.51.100.3, 198.51.100.4', '198.51.100.3, 198.51.100.5'",
        "198.51.100.6, '198.51.100.6, 11.0.0.1'"
    })
    void areTwo(String one, String other) {
        assertThat(seenBefore(one)).isFalse();
        assertThat(seenBefore(other)).isFalse();
    }

    @Test
    void areToldByAllLinesFromTheLastBackwards() {
        assertThat(seenBefore("203.0.113.1", "203.0.113.2, 10.0.0.1", "10.0.0.2"))
                .isFalse();
        assertThat(seenBefore("203.0.113.9", "203.0.113.2", "10.0.0.3")).isTrue();
        assertThat(seenBefore("203.0.113.2", "203.0.113.3")).isFalse();
    }

    /** Lines that a client makes up must not give it one name after the other. */
    @Test
    void haveTheProxysAddressWhenItPassesOnNone() {
        assertThat(seenBefore("unknown, 10.9.9.9")).isFalse();
        for (String madeUp : List.of(
                "_hidden",
                "localhost",
                "1.2.3",
                "1.2.3.4.5",
                "[::1",
                "::1]:80",
                "1.2.3.4:port",
                "fe80::1%eth0",
                "%",
                "\"")) {
            assertThat(seenBefore("192.0.2.99, " + madeUp + ", 10.9.9.9"))
                    .as(madeUp)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "10.0.0",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "::/129",
                "/8",
                "[::1]",
                "*"
            })
    void noRubbishIsANetwork(String text) {
        assertThatThrownBy(() -> Network.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
