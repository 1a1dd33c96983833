package com.clicknback.merchants;

import java.time.Instant;
import java.util.UUID;

/**
 * A shop whose purchases earn cashback.
 *
 * @param defaultPercentageE4 applies while no offer is in force, in ten-thousandths of a percent; 0 for none
 */
public record Merchant(
        UUID id, String name, long defaultPercentageE4, Tracking tracking, boolean active, Instant createdAt) {

    Merchant withActive(boolean newActive) {
        return new Merchant(id, name, defaultPercentageE4, tracking, newActive, createdAt);
    }
}
