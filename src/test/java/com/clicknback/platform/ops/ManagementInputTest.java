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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Requests to the management port that no probe sends. */
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
        assertThat(log.list)
                .filteredOn(line -> line.getThrowableProxy() != null)
                .extracting(ILoggingEvent::getFormattedMessage)
                .isEmpty();
    }
}
