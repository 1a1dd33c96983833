package com.clicknback.platform.address;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads IP addresses as programs write them. Never asks a name server. */
public final class AddressText {
    private static final Pattern BRACKETED = Pattern.compile("\\[([0-9A-Fa-f:.]+)](?::\\d{1,5})?");
    private static final Pattern WITH_PORT = Pattern.compile("([0-9.]+):\\d{1,5}");
    private static final int ADDRESS_LENGTH_MAX = 45;

    private AddressText() {}

    /** The address of a text: {@code ip}, {@code ip:port} or {@code [v6]:port}. Null for any other text. */
    public static @Nullable InetAddress parseHop(String text) {
        Matcher bracketed = BRACKETED.matcher(text);
        if (bracketed.matches()) {
            return parse(bracketed.group(1));
        }
        Matcher withPort = WITH_PORT.matcher(text);
        return parse(withPort.matches() ? withPort.group(1) : text);
    }

    /** The address of a bare text. A version 6 address that holds a version 4 one is that one. Null for any other text. */
    public static @Nullable InetAddress parse(String text) {
        if (text.length() > ADDRESS_LENGTH_MAX || text.indexOf('[') >= 0 || text.indexOf('%') >= 0) {
            return null;
        }
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
        try {
            return bytes == null ? null : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }
}
