package com.clicknback.platform.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.RawConnection;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.TestService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Gauges of the HTTP server, after clients that left before they were answered. */
@ExtendWith(ServiceExtension.class)
class LeavingClientsTest {
    private static final int LEAVING = 20;

    /** Takes its time, since a password is hashed. */
    private static final String LOGIN = """
            {"email":"nobody@example.com","password":"Wr0ng!Pass"}""";

    private final TestService service;

    LeavingClientsTest(TestService service) {
        this.service = service;
    }

    private static final byte[] REQUEST = ("POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\n"
                    + "Content-Type: application/json\r\nContent-Length: " + LOGIN.length() + "\r\n\r\n" + LOGIN)
            .getBytes(StandardCharsets.US_ASCII);

    /** Ends the connection by a reset, as a client does that is killed. */
    private void beginAndLeave() throws IOException {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), service.httpPort())) {
            client.setSoLinger(true, 0);
            client.getOutputStream().write(REQUEST);
        }
    }

    private List<String> measuredOfServer() throws IOException, InterruptedException {
        HttpRequest scrape = HttpRequest.newBuilder(URI.create(service.managementUrl() + "/metrics"))
                .build();
        return HttpClient.newHttpClient()
                .send(scrape, BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> line.startsWith("vertx_http_server_"))
                .toList();
    }

    @Test
    void noGaugeFallsBelowZero() throws IOException, InterruptedException {
        for (int i = 0; i < LEAVING; i++) {
            beginAndLeave();
        }
        try (RawConnection staying = RawConnection.to(service.httpPort())) {
            staying.write(REQUEST);
            assertThat(staying.read()).isPresent();
        }

        assertThat(measuredOfServer())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).doesNotContainPattern(" -\\d"));
    }
}
