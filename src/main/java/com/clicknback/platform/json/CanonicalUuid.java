package com.clicknback.platform.json;

import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads ids as clients write them: the canonical 8-4-4-4-12 form in any case and nothing else. */
public final class CanonicalUuid {
    private static final int LENGTH = 36;

    private CanonicalUuid() {}

    /** The id, or null for a text of another form, of which {@link UUID#fromString} would accept several. */
    public static @Nullable UUID of(String text) {
        return isCanonical(text) ? UUID.fromString(text) : null;
    }

    private static boolean isCanonical(String text) {
        if (text.length() != LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            boolean expected = switch (i) {
                case 8, 13, 18, 23 -> text.charAt(i) == '-';
                default -> HexFormat.isHexDigit(text.charAt(i));
            };
            if (!expected) {
                return false;
            }
        }
        return true;
    }
}
