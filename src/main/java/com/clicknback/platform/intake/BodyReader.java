package com.clicknback.platform.intake;

import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Reads the body of a paused request, up to a limit of size and of time. */
public final class BodyReader {
    /** In units of the largest body: what costs less to let pass than a new connection does. */
    private static final int DISCARDED_MAX = 16;

    private final int bytesMax;
    private final int secondsMax;
    private final Closing closing;

    public BodyReader(int bytesMax, int secondsMax, Closing closing) {
        this.closing = closing;
        this.bytesMax = bytesMax;
        this.secondsMax = secondsMax;
    }

    /**
     * Fails with {@code PAYLOAD_TOO_LARGE} as soon as the limit is known to be passed, and keeps no more than the limit;
     * with {@code VALIDATION_ERROR} when the body does not arrive.
     */
    public Future<Buffer> read(Vertx vertx, HttpServerRequest request) {
        String declared = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (declared != null && exceeds(declared)) {
            return Future.failedFuture(tooLarge());
        }
        Promise<Buffer> read = Promise.promise();
        Buffer body = Buffer.buffer();
        request.handler(chunk -> {
            if (body.length() + chunk.length() > bytesMax) {
                read.tryFail(tooLarge());
            } else {
                body.appendBuffer(chunk);
            }
        });
        request.exceptionHandler(failure -> read.tryFail(notArrived()));
        request.endHandler(end -> read.tryComplete(body));
        Framing.letSend(request);
        request.resume();
        if (!read.future().isComplete()) {
            // On the event loop of the request. Future.timeout would wake another thread, twice for each request.
            long deadline = vertx.setTimer(TimeUnit.SECONDS.toMillis(secondsMax), id -> read.tryFail(notArrived()));
            read.future().onComplete(done -> vertx.cancelTimer(deadline));
        }
        return read.future();
    }

    /**
     * Lets what was not read of a body pass, so that the connection can serve the next request; closes the connection when
     * that is very much, takes longer than a body may, or may never come.
     */
    public void discard(Vertx vertx, HttpServerRequest request) {
        if (request.isEnded()) {
            return;
        }
        if (Framing.awaitsContinue(request)) {
            // Told no, a client may send the body all the same, or the next request in its place.
            closing.after(vertx, request);
        }
        long[] discarded = {0};
        Promise<Void> over = Promise.promise();
        request.handler(chunk -> {
            discarded[0] += chunk.length();
            if (discarded[0] > (long) bytesMax * DISCARDED_MAX) {
                request.connection().close();
            }
        });
        request.exceptionHandler(gone -> over.tryComplete());
        request.endHandler(end -> over.tryComplete());
        request.resume();
        if (!over.future().isComplete()) {
            long deadline = vertx.setTimer(
                    TimeUnit.SECONDS.toMillis(secondsMax),
                    id -> request.connection().close());
            over.future().onComplete(done -> vertx.cancelTimer(deadline));
        }
    }

    private DomainException notArrived() {
        return DomainException.validation("body", "must arrive whole and within " + secondsMax + " seconds");
    }

    private boolean exceeds(String declaredLength) {
        try {
            return Long.parseLong(declaredLength) > bytesMax;
        } catch (NumberFormatException e) {
            return true;
        }
    }

    private DomainException tooLarge() {
        return new DomainException(
                ErrorCode.PAYLOAD_TOO_LARGE,
                "The body may have at most " + bytesMax + " bytes.",
                Map.of("limit_bytes", bytesMax));
    }
}
