package com.clicknback.platform.cluster;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** The address that a node listens on. */
final class ListenAddress {
    private static final int UNIQUE_LOCAL_MASK = 0xFE;
    private static final int UNIQUE_LOCAL = 0xFC;

    private ListenAddress() {}

    /**
     * Asks a name server for a name. Fails with IOException unless it is a free port of this machine, out of strangers'
     * reach.
     */
    static InetAddress find(ClusterSettings settings) throws IOException {
        InetAddress address;
        try {
            address = InetAddress.getByName(settings.host());
        } catch (UnknownHostException e) {
            throw new IOException("no such host", e);
        }
        if (address.isAnyLocalAddress()) {
            throw new IOException("all addresses of the machine are too many: name the one that the nodes share");
        }
        if (!isPrivate(address) && !settings.openToNetwork()) {
            throw new IOException(address.getHostAddress()
                    + " is neither on loopback nor on a private network; cluster.open_to_network allows it");
        }
        if (NetworkInterface.getByInetAddress(address) == null && !address.isLoopbackAddress()) {
            throw new BindException(address.getHostAddress() + " is no address of this machine");
        }
        try (ServerSocket free = new ServerSocket(settings.port(), 1, address)) {
            return free.getInetAddress();
        }
    }

    /** True where only the machine itself or a private network reaches it. */
    static boolean isPrivate(InetAddress address) {
        return address.isLoopbackAddress()
                || address.isSiteLocalAddress()
                || address.isLinkLocalAddress()
                || address instanceof Inet6Address && (address.getAddress()[0] & UNIQUE_LOCAL_MASK) == UNIQUE_LOCAL;
    }
}
