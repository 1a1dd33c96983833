package com.clicknback.holds;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The feature flags that keep confirmed cashback of a user at a merchant from becoming available, as a transaction read
 * them.
 *
 * @param at the time of that
 * @param releases whether cashback may become available at all
 * @param withoutPerson whether it may without a person having confirmed the purchase
 */
public record ReleaseGate(Instant at, boolean releases, boolean withoutPerson) {
    /** The flag that stops releases. */
    public static final String RELEASE_FLAG = "cashback_release";

    /** The flag that lets purchases be confirmed without a person. */
    public static final String AUTO_CONFIRM_FLAG = "purchase_auto_confirm";

    /** The flag that keeps the cashback of a purchase pending; null when none does. */
    public @Nullable String closedBy(boolean confirmedByPerson) {
        if (!releases) {
            return RELEASE_FLAG;
        }
        return confirmedByPerson || withoutPerson ? null : AUTO_CONFIRM_FLAG;
    }

    public boolean isOpen(boolean confirmedByPerson) {
        return closedBy(confirmedByPerson) == null;
    }
}
