package com.clicknback.partners;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A partner with what stands around it; also its form on the wire. */
public record PartnerProfile(
        UUID id,
        String name,
        boolean active,
        ConfirmedBy confirmedBy,
        Instant createdAt,
        List<PartnerSecret> secrets,
        Waiting waiting,
        @Nullable Instant lastDeliveryAt) {

    /**
     * Counts, which end at 1,000.
     *
     * @param purchases pending purchases that the verification job has left to the partner
     * @param events events whose purchase has not arrived
     */
    public record Waiting(int purchases, int events) {}

    static PartnerProfile of(
            Partner partner, List<PartnerSecret> secrets, Waiting waiting, @Nullable Instant lastDeliveryAt) {
        return new PartnerProfile(
                partner.id(),
                partner.name(),
                partner.active(),
                partner.confirmedBy(),
                partner.createdAt(),
                secrets,
                waiting,
                lastDeliveryAt);
    }
}
