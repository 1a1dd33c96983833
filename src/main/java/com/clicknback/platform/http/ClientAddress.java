package com.clicknback.platform.http;

import io.vertx.core.http.HttpServerRequest;
import java.util.Set;

/** The address that a request comes from: the peer's, or the one that a trusted proxy forwards. */
final class ClientAddress {
    private static final String FORWARDED_FOR = "X-Forwarded-For";

    private final Set<String> trustedProxies;

    ClientAddress(Set<String> trustedProxies) {
        this.trustedProxies = trustedProxies;
    }

    /** The last address on the way here that is no trusted proxy; a client can make up those before it. */
    String of(HttpServerRequest request) {
        String peer = request.remoteAddress().hostAddress();
        String forwarded = request.getHeader(FORWARDED_FOR);
        if (forwarded == null || !trustedProxies.contains(peer)) {
            return peer;
        }
        String[] hops = forwarded.split(",");
        for (int i = hops.length - 1; i >= 0; i--) {
            String hop = hops[i].strip();
            if (!trustedProxies.contains(hop)) {
                return hop;
            }
        }
        return peer;
    }
}
