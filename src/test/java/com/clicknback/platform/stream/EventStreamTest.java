package com.clicknback.platform.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.platform.intake.Closing;
import com.clicknback.testing.RawConnection;
import com.clicknback.testing.TestService;
import com.clicknback.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A stream whose reader reads nothing. */
class EventStreamTest {
    private static final Buffer LARGE = Buffer.buffer("x".repeat(64 * 1024));

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        TestService.await(vertx.close());
    }

    @Test
    void aReaderThatIsTooSlowIsDropped() throws Exception {
        AtomicInteger sent = new AtomicInteger();
        AtomicInteger ended = new AtomicInteger();
        HttpServer server = TestService.await(vertx.createHttpServer()
                .requestHandler(request -> {
                    EventStream stream = EventStream.begin(
                            vertx,
                            request,
                            new EventSource() {
                                @Override
                                public void open(EventStream opened) {
                                    opened.onEnd(ended::incrementAndGet);
                                    vertx.setPeriodic(1, tick -> {
                                        opened.send("large", LARGE);
                                        sent.incrementAndGet();
                                    });
                                }

                                @Override
                                public void abandon() {}
                            },
                            Future::succeededFuture,
                            new Closing());
                    request.response().closeHandler(closed -> stream.finish());
                })
                .listen(0, "127.0.0.1"));

        try (RawConnection reader = RawConnection.to(server.actualPort())) {
            reader.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
            Waiting.until("the end of the stream", () -> ended.get() > 0);
        }

        // What the kernel takes for both ends of a connection is a few megabytes.
        assertThat(sent.get() * (long) LARGE.length()).isLessThan(64L * 1024 * 1024);
        assertThat(ended.get()).isEqualTo(1);
    }
}
