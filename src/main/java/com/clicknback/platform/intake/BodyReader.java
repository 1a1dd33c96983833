package com.clicknback.platform.intake;

import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import io.vertx.core.Context;
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

    /** Chunks that may be as small as they like; beyond them the average counts. */
    private static final int CHUNKS_OF_ANY_SIZE = 256;

    /** On the average. Each chunk costs the event loop time, however few bytes it has. */
    private static final int CHUNK_BYTES_MIN = 32;

    private static final Buffer EMPTY = Buffer.buffer();
    private static final long CHECK_MS = 1_000;

    /** Time in which a body may come as slowly as it likes, within the deadline. */
    private static final long GRACE_MS = 5_000;

    private final Limits limits;
    private final int bytesMax;
    private final int secondsMax;
    private final Closing closing;

    /**
     * Limits of one body.
     *
     * @param secondsMax until it is whole
     * @param bytesPerSecondMin on the average, after some seconds of grace
     */
    public record Limits(int bytesMax, int secondsMax, int bytesPerSecondMin) {}

    public BodyReader(Limits limits, Closing closing) {
        this.limits = limits;
        this.bytesMax = limits.bytesMax;
        this.secondsMax = limits.secondsMax;
        this.closing = closing;
    }

    /**
     * Fails with {@code PAYLOAD_TOO_LARGE} as soon as the limit is known to be passed; with {@code OVERLOADED} when the
     * claim gets no more bytes or has to make room; with {@code BODY_TIMEOUT} when the body does not arrive in time. The
     * last two end the connection, and so does a body of very many tiny chunks, which is refused as too large.
     *
     * @param awaiting runs when the body did not come with its head
     */
    public Future<Buffer> read(Vertx vertx, HttpServerRequest request, BodyBudget.Claim claim, Runnable awaiting) {
        String declared = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (declared != null && exceeds(declared, bytesMax)) {
            return Future.failedFuture(tooLarge());
        }
        if (!Connections.channel(request.connection()).isOpen()) {
            // Its caller was looked for longer than the client waits. Nothing would tell that more will not come.
            return Future.failedFuture(late());
        }
        int declaredBytes = declared == null ? 0 : Integer.parseInt(declared);
        Arrival arrival = new Arrival(request, declaredBytes, claim, vertx, awaiting);
        try {
            claim.take(declaredBytes);
        } catch (DomainException overloaded) {
            arrival.end(overloaded);
            return arrival.read.future();
        }
        arrival.start(declared == null);
        return arrival.read.future();
    }

    /** A body on its way. */
    private final class Arrival {
        private final Promise<Buffer> read = Promise.promise();
        private final int declaredBytes;
        private Buffer body = EMPTY;
        private int chunks;
        private final HttpServerRequest request;
        private final BodyBudget.Claim claim;
        private final Vertx vertx;
        private final Runnable awaiting;
        private long waitedMs;

        Arrival(HttpServerRequest request, int declaredBytes, BodyBudget.Claim claim, Vertx vertx, Runnable awaiting) {
            this.request = request;
            this.declaredBytes = declaredBytes;
            this.claim = claim;
            this.vertx = vertx;
            this.awaiting = awaiting;
        }

        void start(boolean ofUnknownLength) {
            request.handler(chunk -> add(chunk, ofUnknownLength));
            request.exceptionHandler(failure -> read.tryFail(late()));
            request.endHandler(end -> read.tryComplete(body));
            Framing.letSend(request);
            request.resume();
            if (!read.future().isComplete()) {
                // Most bodies come with their head, and need neither a place among the arriving ones nor a timer.
                vertx.runOnContext(headRead -> awaitEnd());
            }
        }

        private void awaitEnd() {
            if (read.future().isComplete()) {
                return;
            }
            awaiting.run();
            Context loop = vertx.getOrCreateContext();
            try {
                claim.arrive(() -> loop.runOnContext(needed -> makeRoom()));
            } catch (DomainException overloaded) {
                end(overloaded);
                return;
            }
            // On the event loop of the request. Future.timeout would wake another thread, twice for each request.
            long check = vertx.setPeriodic(CHECK_MS, id -> requireProgress());
            read.future().onComplete(done -> {
                vertx.cancelTimer(check);
                claim.arrived();
            });
        }

        private void makeRoom() {
            if (!read.future().isComplete()) {
                end(DomainException.overloaded());
            }
        }

        private void add(Buffer chunk, boolean ofUnknownLength) {
            if (read.future().isComplete()) {
                return;
            }
            if (body.length() + chunk.length() > bytesMax) {
                read.tryFail(tooLarge());
                return;
            }
            if (ofUnknownLength && areTiny(chunks, body.length())) {
                end(tooLarge());
                return;
            }
            try {
                claim.take(ofUnknownLength ? chunk.length() : 0);
                append(chunk);
            } catch (DomainException overloaded) {
                end(overloaded);
            }
        }

        /** Most bodies are one chunk, which is taken as it is; the others get the room that their claim has paid for. */
        private void append(Buffer chunk) {
            chunks++;
            if (chunks == 1) {
                body = chunk;
                return;
            }
            if (chunks == 2) {
                body = Buffer.buffer(declaredBytes).appendBuffer(body);
            }
            body.appendBuffer(chunk);
        }

        private void requireProgress() {
            waitedMs += CHECK_MS;
            long dueBytes = (waitedMs - GRACE_MS) * limits.bytesPerSecondMin / CHECK_MS;
            if (waitedMs >= TimeUnit.SECONDS.toMillis(secondsMax) || body.length() < dueBytes) {
                end(late());
            }
        }

        private void end(DomainException refusal) {
            closing.after(vertx, request);
            read.tryFail(refusal);
        }
    }

    /**
     * Lets what was not read of a body pass, so that the connection can serve the next request; closes the connection when
     * that is very much, or may never come. {@link Connections} ends it when that takes longer than a body may.
     */
    public void discard(Vertx vertx, HttpServerRequest request) {
        if (request.isEnded()) {
            return;
        }
        discardComing(vertx, request);
        request.resume();
    }

    /** The same for the body of a request that nobody has paused, as it comes in. */
    public void discardComing(Vertx vertx, HttpServerRequest request) {
        String declaredLength = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        boolean neverRead = declaredLength != null && exceeds(declaredLength, (long) bytesMax * DISCARDED_MAX);
        if (neverRead || Framing.awaitsContinue(request)) {
            // Told no, a client may send the body all the same, or the next request in its place.
            closing.after(vertx, request);
        }
        long[] discarded = {0};
        int[] chunks = {0};
        request.handler(chunk -> {
            discarded[0] += chunk.length();
            chunks[0]++;
            boolean tiny = declaredLength == null && areTiny(chunks[0], discarded[0]);
            if (tiny || discarded[0] > (long) bytesMax * DISCARDED_MAX) {
                request.connection().close();
            }
        });
    }

    private DomainException late() {
        return new DomainException(
                ErrorCode.BODY_TIMEOUT,
                "The body did not arrive in time.",
                DomainException.details(
                        "timeout_seconds", secondsMax, "bytes_per_second_min", limits.bytesPerSecondMin));
    }

    private static boolean areTiny(int chunks, long bytes) {
        return chunks > CHUNKS_OF_ANY_SIZE && bytes < (long) chunks * CHUNK_BYTES_MIN;
    }

    private static boolean exceeds(String declaredLength, long max) {
        try {
            return Long.parseLong(declaredLength) > max;
        } catch (NumberFormatException e) {
            return true;
        }
    }

    private DomainException tooLarge() {
        return new DomainException(
                ErrorCode.PAYLOAD_TOO_LARGE,
                "The body may have at most " + bytesMax + " bytes, and no multitude of tiny chunks.",
                Map.of("limit_bytes", bytesMax));
    }
}
