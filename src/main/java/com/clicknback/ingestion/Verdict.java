package com.clicknback.ingestion;

import com.clicknback.money.Money;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.purchases.PurchaseStatus;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What became of one submission. */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
public sealed interface Verdict {

    /** Stored, durably, and pending. */
    record Accepted(UUID id, Money cashback) implements Verdict {}

    /**
     * Its external id was taken by an earlier submission, which stands unchanged.
     *
     * @param differingMembers which members differ from the earlier one; none when this is a mere repeat
     */
    record Known(
            UUID id,
            UUID userId,
            PurchaseStatus status,
            Money amount,
            Money cashback,
            Instant createdAt,
            List<String> differingMembers)
            implements Verdict {}

    /** Refused; nothing is stored and the external id stays free. */
    record Refused(ErrorCode code, String message, Map<String, ?> details) implements Verdict {
        static Refused of(DomainException refusal) {
            return new Refused(refusal.code(), refusal.getMessage(), refusal.details());
        }

        /** The refusal as the client is told it. */
        public DomainException toException() {
            return new DomainException(code, message, details);
        }
    }
}
