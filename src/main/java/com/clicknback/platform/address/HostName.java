package com.clicknback.platform.address;

import java.util.regex.Pattern;

/**
 * A name of a machine.
 *
 * @param text without a port
 */
public record HostName(String text) {
    private static final Pattern FORM =
            Pattern.compile("(?=.{1,255}$)([A-Za-z0-9_-]{1,63}\\.)*[A-Za-z0-9_-]{1,63}\\.?");

    /** Reads a name or an address; throws IllegalArgumentException for any other text. */
    public static HostName parse(String text) {
        if (!FORM.matcher(text).matches() && !Host.isAddress(text)) {
            throw new IllegalArgumentException("no host name");
        }
        return new HostName(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
