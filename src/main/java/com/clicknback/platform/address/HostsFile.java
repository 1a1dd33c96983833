package com.clicknback.platform.address;

import io.vertx.core.dns.AddressResolverOptions;

/** The names of servers that this host's own file of hosts has. */
public final class HostsFile {
    /** Vert.x counts this one in nanoseconds. */
    private static final int READ_AGAIN_NS = 1_000_000_000;

    private HostsFile() {}

    /** Reads the file again as it changes; by default it is read at the start alone. */
    public static AddressResolverOptions followed() {
        return new AddressResolverOptions().setHostsRefreshPeriod(READ_AGAIN_NS);
    }
}
