package com.clicknback.partners;

import java.time.Instant;
import java.util.UUID;

/** A sender of purchases; also its form on the wire. The purchases of an inactive partner are refused. */
public record Partner(UUID id, String name, boolean active, ConfirmedBy confirmedBy, Instant createdAt) {

    Partner withActive(boolean newActive) {
        return new Partner(id, name, newActive, confirmedBy, createdAt);
    }

    Partner withConfirmedBy(ConfirmedBy newConfirmedBy) {
        return new Partner(id, name, active, newConfirmedBy, createdAt);
    }
}
