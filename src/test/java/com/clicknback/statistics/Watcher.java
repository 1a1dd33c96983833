package com.clicknback.statistics;

import com.clicknback.testing.Session;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** An administrator who watches the stream of the live statistics. */
final class Watcher implements AutoCloseable {
    private static final int SECONDS_MAX = 30;
    private static final String DATA = "data: ";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpResponse<InputStream> response;
    private final BufferedReader lines;

    Watcher(TestService service, Session admin) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.url() + "/api/v1/stats/live"))
                .header("Authorization", "Bearer " + admin.accessToken())
                .header("Accept", "text/event-stream")
                .timeout(Duration.ofSeconds(SECONDS_MAX))
                .build();
        try {
            response = client.send(request, BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    HttpResponse<InputStream> response() {
        return response;
    }

    /** The data of the next event; null when the stream has ended. */
    JsonObject next() {
        return within(() -> {
            String line = lines.readLine();
            while (line != null && !line.startsWith(DATA)) {
                line = lines.readLine();
            }
            return line == null ? null : new JsonObject(line.substring(DATA.length()));
        });
    }

    /** Returns once the stream has ended. */
    void seesTheEnd() {
        within(() -> {
            while (lines.readLine() != null) {
                // Events until then are none of its business.
            }
            return null;
        });
    }

    /** A read of a line. */
    private interface Read<T> {
        T run() throws IOException;
    }

    private static <T> T within(Read<T> read) {
        try {
            return CompletableFuture.supplyAsync(() -> {
                        try {
                            return read.run();
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .orTimeout(SECONDS_MAX, TimeUnit.SECONDS)
                    .join();
        } catch (RuntimeException e) {
            throw new AssertionError("the stream did not go on within " + SECONDS_MAX + " s", e);
        }
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
