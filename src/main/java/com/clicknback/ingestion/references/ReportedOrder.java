package com.clicknback.ingestion.references;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The order of a purchase, as its senders named it; also its form on the wire.
 *
 * @param firstReportedBy user or partner
 * @param userExternalId the user's own id of it; null until its user has submitted it
 * @param attachedAt the time of the other side's report; null until then
 */
public record ReportedOrder(
        UUID purchaseId,
        String orderRef,
        String firstReportedBy,
        @Nullable String userExternalId,
        @Nullable Instant attachedAt) {}
