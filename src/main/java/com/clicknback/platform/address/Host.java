package com.clicknback.platform.address;

import java.net.InetAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Names and addresses of machines as settings and requests give them. Never asks a name server. */
public final class Host {
    private static final String LOCALHOST = "localhost";

    private Host() {}

    /** True for this machine's own name and addresses, which no other machine reaches. */
    public static boolean isLoopback(String host) {
        InetAddress address = address(host);
        return address == null ? LOCALHOST.equals(host.toLowerCase(Locale.ROOT)) : address.isLoopbackAddress();
    }

    /** True for an address, which no name server can redirect. */
    public static boolean isAddress(String host) {
        return address(host) != null;
    }

    /** True for the address that stands for all addresses of a machine. */
    public static boolean isAnyAddress(String host) {
        InetAddress address = address(host);
        return address != null && address.isAnyLocalAddress();
    }

    static String withoutBrackets(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static @Nullable InetAddress address(String host) {
        return AddressText.parse(withoutBrackets(host));
    }
}
