package com.clicknback.ingestion;

import com.clicknback.money.Money;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The outcome of one submission. */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
public sealed interface Verdict {

    /** Stored, durably, and pending. */
    record Accepted(UUID id, Money cashback) implements Verdict {}

    /** The same purchase was submitted before; it stands unchanged. */
    record Repeated(KnownPurchase purchase) implements Verdict {}

    /** The other side reported the same order before; it stands, and this is its second report, which earns nothing. */
    record Attached(KnownPurchase purchase) implements Verdict {}

    /**
     * The external id names another purchase, submitted before; that one stands unchanged.
     *
     * @param differingMembers the members that differ, at least one
     */
    record Taken(KnownPurchase purchase, List<String> differingMembers) implements Verdict {}

    /**
     * Refused; nothing is stored and the external id stays free.
     *
     * @param finer code for administrators, of which the sender is not told; null when the code says all
     */
    record Refused(
            ErrorCode code,
            String message,
            Map<String, ?> details,
            @Nullable ErrorCode finer) implements Verdict {
        static Refused of(DomainException refusal) {
            return new Refused(
                    refusal.code(),
                    refusal.getMessage(),
                    refusal.details(),
                    refusal.reason() instanceof ErrorCode finer ? finer : null);
        }

        /** The refusal as the client is told it. */
        public DomainException toException() {
            return new DomainException(code, message, details).because(finer);
        }
    }
}
