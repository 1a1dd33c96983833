package com.clicknback.platform.intake;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;

/**
 * The rules of HTTP/1.1 that tell where a request ends and whom it is for. The server's decoder refuses most violations;
 * these it lets pass. A proxy in front may read such a request otherwise, and the next one on the connection with it.
 */
public final class Framing {
    private static final String CHUNKED = "chunked";
    private static final String CONTINUE = "100-continue";

    private Framing() {}

    /** True for a request without exactly one Host, or with a transfer coding besides chunked. */
    public static boolean isAmbiguous(HttpServerRequest request) {
        int hosts = request.headers().getAll(HttpHeaders.HOST).size();
        if (hosts > 1 || hosts == 0 && request.version() == HttpVersion.HTTP_1_1) {
            return true;
        }
        return request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
                && (request.headers().contains(HttpHeaders.CONTENT_LENGTH) || !isChunkedOnly(request));
    }

    private static boolean isChunkedOnly(HttpServerRequest request) {
        List<String> codings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
        return codings.size() == 1 && CHUNKED.equalsIgnoreCase(codings.get(0).strip());
    }

    /** True while the client waits for leave to send its body. */
    static boolean awaitsContinue(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_1_1
                && CONTINUE.equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT));
    }

    /** Lets a client send its body that waits for that. */
    static void letSend(HttpServerRequest request) {
        if (awaitsContinue(request)) {
            request.response().writeContinue();
            // Answered: the body is on its way.
            request.headers().remove(HttpHeaders.EXPECT);
        }
    }
}
