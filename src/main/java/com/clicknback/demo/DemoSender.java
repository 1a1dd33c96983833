package com.clicknback.demo;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Sends signed purchases over a bounded number of kept-alive connections. A request without an answer in time fails. */
final class DemoSender {
    private static final int CONNECTIONS_MAX = 64;
    private static final int CONNECT_TIMEOUT_MS = 2_000;
    private static final int ANSWER_TIMEOUT_MS = 15_000;
    private static final int IDLE_TIMEOUT_S = 30;

    /**
     * An answer of the service.
     *
     * @param retryAfter the header of this name, empty when it is missing
     */
    record Reply(int status, String retryAfter, String body) {}

    private final HttpClient client;
    private final String url;

    /**
     * @param inFlightMax the most requests in flight
     */
    DemoSender(Vertx vertx, String baseUrl, int inFlightMax) {
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout(CONNECT_TIMEOUT_MS)
                .setIdleTimeout(IDLE_TIMEOUT_S)
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
        PoolOptions connections =
                new PoolOptions().setHttp1MaxSize(CONNECTIONS_MAX).setMaxWaitQueueSize(inFlightMax);
        this.client = vertx.createHttpClient(options, connections);
        this.url = DemoPartner.purchasesUrl(baseUrl);
    }

    Future<Reply> send(DemoPurchase purchase, Instant now) {
        RequestOptions request = new RequestOptions().setMethod(HttpMethod.POST).setAbsoluteURI(url);
        DemoPartner.headers(purchase, now).forEach(request::putHeader);
        return client.request(request)
                .compose(opened -> opened.send(Buffer.buffer(purchase.body())))
                .compose(DemoSender::read)
                .timeout(ANSWER_TIMEOUT_MS, TimeUnit.MILLISECONDS);
    }

    private static Future<Reply> read(HttpClientResponse response) {
        String retryAfter = response.getHeader(HttpHeaders.RETRY_AFTER);
        return response.body()
                .map(body -> new Reply(response.statusCode(), retryAfter == null ? "" : retryAfter, body.toString()));
    }

    Future<Void> close() {
        return client.close();
    }
}
