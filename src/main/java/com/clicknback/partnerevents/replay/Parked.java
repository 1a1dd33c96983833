package com.clicknback.partnerevents.replay;

import java.util.Comparator;
import java.util.Objects;
import java.util.UUID;

/** An event that waits to be applied to a purchase that has arrived. */
public record Parked(UUID id, UUID purchaseId, PartnerEvent event) {
    /** Ties are broken as in the database. */
    static final Comparator<Parked> BY_TIME = Comparator.comparing(
                    (Parked parked) -> parked.event().occurredAt())
            .thenComparing(parked -> parked.event().kind())
            .thenComparing(parked -> Objects.requireNonNullElse(
                    parked.event().refundId(),
                    Objects.requireNonNullElse(parked.event().correctionId(), "")));
}
