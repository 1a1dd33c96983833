package com.clicknback.platform.address;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** An IP address, or a network of addresses such as {@code 10.0.0.0/8}. */
public final class Network {
    private final String text;
    private final IpSubnetFilterRule rule;

    private Network(String text, IpSubnetFilterRule rule) {
        this.text = text;
        this.rule = rule;
    }

    /** Reads an address or a network; throws IllegalArgumentException for any other text, a host name included. */
    public static Network parse(String text) {
        int slash = text.indexOf('/');
        InetAddress address = AddressText.parse(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            throw new IllegalArgumentException("no IP address");
        }
        int prefix = slash < 0 ? address.getAddress().length * Byte.SIZE : prefix(text.substring(slash + 1));
        return new Network(text, new IpSubnetFilterRule(address, prefix, IpFilterRuleType.ACCEPT));
    }

    private static int prefix(String digits) {
        if (!digits.matches("\\d{1,3}")) {
            throw new IllegalArgumentException("no length of a prefix");
        }
        return Integer.parseInt(digits);
    }

    public boolean contains(InetAddress address) {
        return rule.matches(new InetSocketAddress(address, 0));
    }

    /** As it was read. */
    @Override
    public String toString() {
        return text;
    }
}
