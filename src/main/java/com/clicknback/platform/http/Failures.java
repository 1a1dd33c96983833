package com.clicknback.platform.http;

import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.platform.intake.MediaTypes;
import com.clicknback.platform.json.Wire;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns every failure into the error envelope of the HTTP contract. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private final Clock clock;

    Failures(Clock clock) {
        this.clock = clock;
    }

    private record Envelope(Body error) {
        private record Body(String code, String message, Map<String, ?> details) {}
    }

    void send(RoutingContext context, Throwable failure) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        DomainException refusal = refusal(context, failure);
        response.setStatusCode(refusal.code().status());
        retryAfter(refusal, response);
        response.putHeader(HttpHeaders.CONTENT_TYPE, MediaTypes.JSON);
        Answer.end(context.request(), envelope(refusal));
    }

    static void retryAfter(DomainException refusal, HttpServerResponse response) {
        Object seconds = refusal.details().get("retry_after_seconds");
        if (seconds != null) {
            response.putHeader(HttpHeaders.RETRY_AFTER, seconds.toString());
        }
    }

    static Buffer envelope(DomainException refusal) {
        return Wire.encode(
                new Envelope(new Envelope.Body(refusal.code().wireName(), refusal.getMessage(), refusal.details())));
    }

    private DomainException refusal(RoutingContext context, Throwable failure) {
        if (failure instanceof DomainException refusal && refusal.code() != ErrorCode.INTERNAL_SERVER_ERROR) {
            return refusal;
        }
        if (failure instanceof RejectedExecutionException) {
            return DomainException.unavailable();
        }
        String requestId = RequestIds.of(context);
        RequestLine.tied(
                requestId,
                () -> LOG.error(
                        "request {} failed: {} {}",
                        requestId,
                        context.request().method(),
                        context.normalizedPath(),
                        failure));
        return new DomainException(
                ErrorCode.INTERNAL_SERVER_ERROR,
                "The service failed. The request id tells its operators where to look.",
                DomainException.details("request_id", requestId, "timestamp", clock.instant()));
    }
}
