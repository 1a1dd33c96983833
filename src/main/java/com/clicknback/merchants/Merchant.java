package com.clicknback.merchants;

import com.clicknback.money.TenThousandths;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A shop whose purchases earn cashback.
 *
 * @param defaultPercentageE4 applies while no offer is in force, in ten-thousandths of a percent; 0 for none
 * @param holdDays between the confirmation of a purchase and its cashback becoming available; null leaves it to the setting
 */
public record Merchant(
        UUID id,
        String name,
        long defaultPercentageE4,
        @Nullable Integer holdDays,
        Tracking tracking,
        boolean active,
        Instant createdAt) {

    /** The merchant after a change; what it leaves out stays as it is. */
    Merchant with(Merchants.Update change) {
        return new Merchant(
                id,
                orElse(change.name(), name),
                change.defaultPercentage() == null
                        ? defaultPercentageE4
                        : TenThousandths.of(change.defaultPercentage()),
                change.holdDays() == null && !change.clearsHold() ? holdDays : change.holdDays(),
                new Tracking(
                        change.trackingUrlTemplate() == null && !change.clearsTemplate()
                                ? tracking.urlTemplate()
                                : change.trackingUrlTemplate(),
                        orElse(change.attributionDays(), tracking.attributionDays())),
                active,
                createdAt);
    }

    private static <T> T orElse(@Nullable T wanted, T present) {
        return wanted == null ? present : wanted;
    }

    Merchant withActive(boolean newActive) {
        return new Merchant(id, name, defaultPercentageE4, holdDays, tracking, newActive, createdAt);
    }
}
