package com.clicknback.platform.stream;

import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.intake.Closing;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events to one caller. It ends when the caller goes, reads too slowly or may no longer see it, and when
 * every connection ends.
 */
public final class EventStream {
    public static final String MEDIA_TYPE = "text/event-stream";

    /** A reader that leaves so much unread when the next event is due is dropped. */
    private static final int UNREAD_BYTES_MAX = 256 * 1024;

    /** So long may a caller see more than it should; longer while the database cannot tell. */
    private static final long ENTITLED_MS = 5_000;

    private final Vertx vertx;
    private final Context context;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Supplier<? extends Future<?>> entitled;
    private final Closing closing;
    private final Runnable end = this::end;
    private @Nullable Runnable ended;
    private long timer;
    private boolean over;

    private EventStream(
            Vertx vertx, HttpServerRequest request, Supplier<? extends Future<?>> entitled, Closing closing) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.request = request;
        this.response = request.response();
        this.entitled = entitled;
        this.closing = closing;
    }

    /**
     * Begins to answer a request; on its event loop.
     *
     * @param entitled fails once the caller may no longer see the events; a failure that says that the service is busy, or
     *     a dependency of it away, ends nothing
     */
    public static EventStream begin(
            Vertx vertx,
            HttpServerRequest request,
            EventSource source,
            Supplier<? extends Future<?>> entitled,
            Closing closing) {
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE)
                // A proxy that gathers the answer would deliver it when it ends.
                .putHeader("X-Accel-Buffering", "no")
                .setChunked(true)
                .setWriteQueueMaxSize(UNREAD_BYTES_MAX);
        EventStream stream = new EventStream(vertx, request, entitled, closing);
        source.open(stream);
        stream.checkLater();
        closing.whenEvery(stream.end);
        return stream;
    }

    /** Sends one event, or drops a reader that is too slow for it; on any thread. */
    public void send(String name, Buffer data) {
        Buffer event =
                Buffer.buffer("event: " + name + "\ndata: ").appendBuffer(data).appendString("\n\n");
        context.runOnContext(v -> {
            if (over) {
                return;
            }
            if (response.writeQueueFull()) {
                // The close waits for what is unread, at most as long as a silent connection may live.
                finish();
                request.connection().close();
            } else {
                response.write(event);
            }
        });
    }

    /** Runs this once the stream has ended; set while the stream opens. */
    public void onEnd(Runnable action) {
        ended = action;
    }

    private void checkLater() {
        timer = vertx.setTimer(
                ENTITLED_MS,
                due -> entitled.get()
                        .onComplete(still -> context.runOnContext(v -> {
                            if (still.failed() && !DomainException.isBusy(still.cause())) {
                                end();
                            } else if (!over) {
                                checkLater();
                            }
                        })));
    }

    /** The connection ends along with it, so that a client comes back to a process that serves. */
    private void end() {
        context.runOnContext(v -> {
            if (!over) {
                finish();
                response.end().onComplete(sent -> request.connection().close());
            }
        });
    }

    /** Notes that the answer has ended, or its connection; on the event loop of the request. */
    public void finish() {
        if (!over) {
            over = true;
            vertx.cancelTimer(timer);
            closing.forget(end);
            if (ended != null) {
                ended.run();
            }
        }
    }
}
