package com.clicknback.platform.tracing;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A header that a collector of traces wants; its value may be secret. */
public record CollectorHeader(String name, String value) {
    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9!#$%&'*+.^_`|~-]+)=([\\x20-\\x7e]+)");

    /** Reads {@code name=value}; throws IllegalArgumentException for any other text. */
    public static CollectorHeader parse(String text) {
        Matcher header = FORM.matcher(text);
        if (!header.matches()) {
            throw new IllegalArgumentException("no header");
        }
        return new CollectorHeader(header.group(1), header.group(2));
    }

    @Override
    public String toString() {
        return name + "=…";
    }
}
