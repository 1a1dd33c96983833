package com.clicknback.platform.address;

import java.util.List;

/**
 * The names that a server answers to. A web page may have a name of its own that leads to this machine, and would read what
 * is answered. An address or a known name cannot be such a page's.
 *
 * @param host the address that the server listens on
 */
public record OwnNames(String host, List<String> others) {
    public boolean include(String asked) {
        return Host.isAddress(asked)
                || Host.isLoopback(asked)
                || asked.equalsIgnoreCase(host)
                || others.stream().anyMatch(asked::equalsIgnoreCase);
    }
}
