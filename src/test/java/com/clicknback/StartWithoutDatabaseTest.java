package com.clicknback;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import com.clicknback.testing.OwnPostgres;
import com.clicknback.testing.ServiceProcess;
import com.clicknback.testing.Waiting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A start while the database is not there yet, and one on a database that forgets. */
class StartWithoutDatabaseTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static int status(ServiceProcess service, String path) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(service.managementUrl() + path))
                    .build();
            return HTTP.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException notListeningYet) {
            return 0;
        }
    }

    private static List<String> lines(ServiceProcess service, String part) {
        return service.output().lines().filter(line -> line.contains(part)).toList();
    }

    @Test
    void waitsForItsDatabaseAliveAndWithOneLineForEachAttempt() {
        try (OwnPostgres postgres = OwnPostgres.start()) {
            Address address = postgres.address();
            postgres.stop();
            try (ServiceProcess service = ServiceProcess.begin(address, Map.of())) {
                String place = "The database at " + address.uri() + " cannot be reached, trying again in ";
                Waiting.until("two attempts", () -> lines(service, place).size() >= 2);
                assertThat(status(service, "/health/live")).isEqualTo(200);
                assertThat(status(service, "/health/ready")).isEqualTo(503);
                List<String> attempts = lines(service, place);
                assertThat(attempts.get(0)).contains("WARN", "in 1 s: ");
                assertThat(attempts.get(1)).contains("WARN", "in 2 s: ");
                // A line each, and no stack trace below it
                assertThat(lines(service, "\tat ")).isEmpty();

                postgres.startAgain();

                Waiting.until("the service is ready", () -> status(service, "/health/ready") == 200);
                assertThat(lines(service, "ERROR")).isEmpty();
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void endsWithALineWhenItIsStoppedBeforeItsDatabaseIsThere() {
        try (OwnPostgres postgres = OwnPostgres.start()) {
            Address address = postgres.address();
            postgres.stop();
            try (ServiceProcess service = ServiceProcess.begin(address, Map.of())) {
                Waiting.until(
                        "an attempt",
                        () -> !lines(service, "cannot be reached, trying again in ")
                                .isEmpty());

                assertThat(service.stop()).isEqualTo(ServiceProcess.TERMINATED);

                assertThat(lines(service, "\tat ")).isEmpty();
                assertThat(lines(service, "Exception in thread")).isEmpty();
            }
        }
    }

    @Test
    void saysLoudlyThatACrashMayLoseEverything() {
        try (OwnPostgres postgres = OwnPostgres.startWith(Map.of("fsync", "off", "full_page_writes", "off"));
                ServiceProcess service = ServiceProcess.start(postgres.address(), Map.of())) {
            service.awaitOutput(
                    "The database has fsync = off: a crash of the server's machine can lose",
                    "The database has full_page_writes = off");
            assertThat(lines(service, " ERROR ")).hasSize(2);
        }
    }
}
