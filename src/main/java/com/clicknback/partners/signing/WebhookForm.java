package com.clicknback.partners.signing;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The forms of the headers that a signature covers. */
public final class WebhookForm {
    private static final int ID_LENGTH_MAX = 255;
    private static final int SECONDS_LENGTH_MAX = 19;

    private WebhookForm() {}

    public static boolean isId(String text) {
        return consistsOf(text, '!', '~', ID_LENGTH_MAX);
    }

    /** True for a text of at least one character and at most so many, all of them between the two. */
    private static boolean consistsOf(String text, char first, char last, int lengthMax) {
        boolean fits = !text.isEmpty() && text.length() <= lengthMax;
        for (int i = 0; fits && i < text.length(); i++) {
            fits = text.charAt(i) >= first && text.charAt(i) <= last;
        }
        return fits;
    }

    /** The time of a message; empty for a text of another form. */
    public static OptionalLong seconds(@Nullable String text) {
        try {
            return text != null && consistsOf(text, '0', '9', SECONDS_LENGTH_MAX)
                    ? OptionalLong.of(Long.parseLong(text))
                    : OptionalLong.empty();
        } catch (NumberFormatException beyondLong) {
            return OptionalLong.empty();
        }
    }
}
