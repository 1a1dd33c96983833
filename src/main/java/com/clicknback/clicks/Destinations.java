package com.clicknback.clicks;

import com.clicknback.clicks.ClickStore.Way;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import java.time.Instant;

/** The URLs that clicks lead to: the template of their merchant, in which nothing but the id changes. */
final class Destinations {
    private static final String CLICK_ID = "{click_id}";

    private Destinations() {}

    static String of(String urlTemplate, ClickId id) {
        return urlTemplate.replace(CLICK_ID, id.text());
    }

    /** The destination of a click that is followed now; throws CLICK_GONE when there is none any more. */
    static String of(ClickId id, Way way, Instant now) {
        if (!now.isBefore(way.expiresAt())) {
            throw gone(id, "The click has expired.");
        }
        if (!way.merchantActive() || way.urlTemplate() == null) {
            throw gone(id, "The merchant takes no clicks any more.");
        }
        return of(way.urlTemplate(), id);
    }

    private static DomainException gone(ClickId id, String reason) {
        return new DomainException(
                ErrorCode.CLICK_GONE, reason, DomainException.details("click_id", id.text(), "reason", reason));
    }
}
