package com.clicknback.platform.address;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A port of a machine.
 *
 * @param host a name or an address, without brackets
 */
public record HostPort(String host, int port) {
    private static final Pattern FORM = Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9._-]+)):([0-9]{1,5})");
    private static final int PORT_MAX = 65_535;

    /** Reads {@code host:port} or {@code [v6]:port}; throws IllegalArgumentException for any other text. */
    public static HostPort parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no host and port");
        }
        int port = Integer.parseInt(matcher.group(3));
        if (!isPort(port)) {
            throw new IllegalArgumentException("no port");
        }
        return new HostPort(matcher.group(1) == null ? matcher.group(2) : matcher.group(1), port);
    }

    /** True for a URL whose port, if it names one, exists: the library reads any number. */
    public static boolean hasPort(URI url) {
        return url.getPort() < 0 || isPort(url.getPort());
    }

    static boolean isPort(int number) {
        return number >= 1 && number <= PORT_MAX;
    }

    /** The way of this machine's own programs to a server. One that listens on all addresses is on localhost too. */
    public static HostPort ofServer(String listening, int port) {
        return new HostPort(Host.isAnyAddress(listening) ? "localhost" : Host.withoutBrackets(listening), port);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
