package com.clicknback.platform.ops;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.clicknback.testing.RawConnection;
import com.clicknback.testing.Reply;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.TestService;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Requests to the management port other than the GET of a probe. */
@ExtendWith(ServiceExtension.class)
class ManagementInputTest {
    private final TestService service;
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    ManagementInputTest(TestService service) {
        this.service = service;
    }

    private static Logger rootLogger() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    @BeforeEach
    void listen() {
        log.start();
        rootLogger().addAppender(log);
    }

    @AfterEach
    void stopListening() {
        rootLogger().detachAppender(log);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /%c0%af HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /health/live HTTP/1.1\r\nHost: local host\r\n\r\n",
                "GET /health/live HTTP/1.1\r\nHost: [::1\r\n\r\n",
                "GET /health/live HTTP/1.1\r\nHost: localhost:99999999\r\n\r\n",
                "GET /health/live HTTP/1.1\r\nHost localhost\r\n\r\n",
                "GET /health/live\r\n\r\n",
                "nonsense\r\n\r\n"
            })
    void areRefusedInWordsAndWithoutAnErrorInTheLog(String request) throws IOException {
        try (RawConnection connection = RawConnection.to(service.managementPort())) {
            connection.write(request);
            Reply reply = connection.read().orElseThrow();

            assertThat(reply.status()).isBetween(400, 499);
            assertThat(reply.text()).isNotBlank();
        }
        assertThat(List.copyOf(log.list))
                .filteredOn(line -> line.getThrowableProxy() != null)
                .extracting(ILoggingEvent::getFormattedMessage)
                .isEmpty();
    }

    /** Its connection serves the request behind it, so not a byte of a body may come. */
    @ParameterizedTest
    @ValueSource(strings = {"/health/live", "/health/ready", "/metrics"})
    void answersHeadAsGetWithoutItsBody(String path) throws IOException {
        String rest = path + " HTTP/1.1\r\nHost: localhost\r\n";
        try (RawConnection connection = RawConnection.to(service.managementPort())) {
            connection.write("HEAD " + rest + "\r\nGET " + rest + "Connection: close\r\n\r\n");
            Reply head = connection.readHead();
            Reply got = connection.read().orElseThrow();

            assertThat(head.status()).isEqualTo(got.status());
            assertThat(head.header("Content-Type")).isEqualTo(got.header("Content-Type"));
            assertThat(got.text()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "DELETE", "OPTIONS", "FOO"})
    void refusesOtherMethods(String method) throws IOException {
        try (RawConnection connection = RawConnection.to(service.managementPort())) {
            connection.write(method + " /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            Reply reply = connection.read().orElseThrow();

            assertThat(reply.status()).isEqualTo(405);
            assertThat(Set.of(reply.header("Allow").split(", *"))).containsExactlyInAnyOrder("GET", "HEAD");
        }
    }
}
