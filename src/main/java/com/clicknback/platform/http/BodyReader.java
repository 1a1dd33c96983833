package com.clicknback.platform.http;

import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;

/** Reads the body of a paused request, up to a limit. */
final class BodyReader {
    private BodyReader() {}

    /** Fails with {@code PAYLOAD_TOO_LARGE} as soon as the limit is known to be passed; keeps no more than the limit. */
    static Future<Buffer> read(HttpServerRequest request, int bytesMax) {
        String declared = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (declared != null && exceeds(declared, bytesMax)) {
            return Future.failedFuture(tooLarge(bytesMax));
        }
        Promise<Buffer> read = Promise.promise();
        Buffer body = Buffer.buffer();
        request.handler(chunk -> {
            if (body.length() + chunk.length() > bytesMax) {
                read.tryFail(tooLarge(bytesMax));
            } else {
                body.appendBuffer(chunk);
            }
        });
        request.exceptionHandler(read::tryFail);
        request.endHandler(end -> read.tryComplete(body));
        request.resume();
        return read.future();
    }

    private static boolean exceeds(String declaredLength, int bytesMax) {
        try {
            return Long.parseLong(declaredLength) > bytesMax;
        } catch (NumberFormatException e) {
            return true;
        }
    }

    private static DomainException tooLarge(int bytesMax) {
        return new DomainException(
                ErrorCode.PAYLOAD_TOO_LARGE,
                "The body may have at most " + bytesMax + " bytes.",
                Map.of("limit_bytes", bytesMax));
    }
}
