package com.clicknback.ingestion;

import com.clicknback.ingestion.references.ReportedOrder;
import com.clicknback.platform.bus.Request;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.PageRequest;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The messages that ingestion answers. */
public final class Ingestion {
    private Ingestion() {}

    /**
     * Stores purchases; answered with one verdict for each, in order, once the accepted ones are durable. Fails with
     * OVERLOADED when the queue has no room for all, or needs it for a sender with less, and with SERVICE_UNAVAILABLE
     * when the database fails; then any of them may or may not be stored, and sending them again is safe.
     *
     * @param partnerId the sender of all of them; null for a user
     */
    public record Submit(@Nullable UUID partnerId, List<Submission> submissions) implements Request<Verdicts> {}

    /** The orders of a user, those of the latest purchases first. */
    public record ListOrders(UUID userId, PageRequest page) implements Request<Page<ReportedOrder>> {}

    /** The verdicts in the order of the submissions. */
    public record Verdicts(List<Verdict> verdicts) {}
}
