package com.clicknback.platform.address;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The client that a request comes from: the peer, or the one that a trusted proxy forwards. Clients of IP version 6 are
 * told apart by their first 64 bits only, because one subscriber has all addresses behind them.
 */
public final class ClientAddress {
    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final int SUBSCRIBER_BYTES = 8;

    private final List<Network> trustedProxies;

    public ClientAddress(List<Network> trustedProxies) {
        this.trustedProxies = List.copyOf(trustedProxies);
    }

    /** The client of a request; every address of one subscriber is equal. */
    public InetAddress of(HttpServerRequest request) {
        return subscriber(
                forwarded(peer(request.remoteAddress()), request.headers().getAll(FORWARDED_FOR)));
    }

    private static InetAddress peer(SocketAddress remote) {
        String text = remote.hostAddress();
        int zone = text == null ? -1 : text.indexOf('%');
        InetAddress address = text == null ? null : AddressText.parse(zone < 0 ? text : text.substring(0, zone));
        // A connection without an address comes from this machine.
        return address == null ? InetAddress.getLoopbackAddress() : address;
    }

    /**
     * The last address on the way here that is no trusted proxy. Addresses before it could be made up. A hop that names no
     * address ends the search at the proxy that passed it on.
     */
    private InetAddress forwarded(InetAddress peer, List<String> lines) {
        if (lines.isEmpty()) {
            return peer;
        }
        InetAddress nearest = peer;
        List<String> hops =
                lines.stream().flatMap(line -> Arrays.stream(line.split(","))).toList();
        for (int i = hops.size() - 1; i >= 0 && isTrusted(nearest); i--) {
            String hop = hops.get(i).strip();
            if (hop.isEmpty()) {
                continue;
            }
            @Nullable InetAddress before = AddressText.parseHop(hop);
            if (before == null) {
                return nearest;
            }
            nearest = before;
        }
        return nearest;
    }

    private boolean isTrusted(InetAddress address) {
        for (Network proxies : trustedProxies) {
            if (proxies.contains(address)) {
                return true;
            }
        }
        return false;
    }

    private static InetAddress subscriber(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        byte[] bytes = address.getAddress();
        Arrays.fill(bytes, SUBSCRIBER_BYTES, bytes.length, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of version 6 has 16 bytes", e);
        }
    }
}
