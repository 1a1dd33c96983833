package com.clicknback.platform.http;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/** Finds the partner that signed a request. */
public interface SignatureAuthenticator {
    /** Checks the raw body as received; fails with {@code INVALID_SIGNATURE} or {@code SIGNATURE_EXPIRED}. */
    Future<Caller.Partner> authenticate(String partnerId, MultiMap headers, Buffer rawBody);

    /** Learns how a request ended whose body had arrived; may not wait. */
    default void ended(Delivery delivery) {}
}
