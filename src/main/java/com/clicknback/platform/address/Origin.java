package com.clicknback.platform.address;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The place that a web page came from.
 *
 * @param text as browsers send it: scheme, host and, unless it is the scheme's own, the port
 */
public record Origin(String text) {
    private static final Pattern FORM =
            Pattern.compile("([a-z][a-z0-9+.-]*)://(?:\\[[0-9a-f:.]+]|[a-z0-9._-]+)(?::([1-9][0-9]{0,4}))?");

    /** Reads an origin; throws IllegalArgumentException for a text that no browser sends. */
    public static Origin parse(String text) {
        Matcher matcher = FORM.matcher(text);
        boolean read =
                matcher.matches() && (matcher.group(2) == null || HostPort.isPort(Integer.parseInt(matcher.group(2))));
        if (!read || isDefault(matcher.group(1), matcher.group(2))) {
            throw new IllegalArgumentException("no origin");
        }
        return new Origin(text);
    }

    /** True for the port that browsers leave out. */
    private static boolean isDefault(String scheme, @Nullable String port) {
        return scheme.equals("https") && "443".equals(port) || scheme.equals("http") && "80".equals(port);
    }

    @Override
    public String toString() {
        return text;
    }
}
