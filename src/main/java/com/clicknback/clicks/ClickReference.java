package com.clicknback.clicks;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The click that a submission names.
 *
 * @param text as sent
 * @param userStated false when the submission leaves its user to the click
 * @param merchantStated false when the submission leaves its merchant to the click
 * @param found null until it is looked up, and when there is none
 */
public record ClickReference(
        String text,
        boolean userStated,
        boolean merchantStated,
        @Nullable Click found) {

    /** The click's id; empty for a text that can be none. */
    public Optional<ClickId> id() {
        return ClickId.parse(text);
    }
}
