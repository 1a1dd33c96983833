package com.clicknback.partners.signing;

import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The forms of the headers that a signature covers. */
public final class WebhookForm {
    private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,19}");

    private WebhookForm() {}

    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** The time of a message; empty for a text of another form. */
    public static OptionalLong seconds(@Nullable String text) {
        try {
            return text != null && SECONDS.matcher(text).matches()
                    ? OptionalLong.of(Long.parseLong(text))
                    : OptionalLong.empty();
        } catch (NumberFormatException beyondLong) {
            return OptionalLong.empty();
        }
    }
}
