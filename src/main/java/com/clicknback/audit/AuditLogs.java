package com.clicknback.audit;

import com.clicknback.platform.bus.Request;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.PageRequest;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The messages that the audit domain answers. */
public final class AuditLogs {
    private AuditLogs() {}

    /**
     * Lists a page of the rows that match every filter that is given.
     *
     * @param startDate inclusive (UTC)
     * @param endDate inclusive (UTC)
     */
    public record List(
            PageRequest page,
            @Nullable UUID actorId,
            @Nullable String action,
            @Nullable String resourceType,
            @Nullable String resourceId,
            @Nullable LocalDate startDate,
            @Nullable LocalDate endDate)
            implements Request<Page<AuditRecord>> {}
}
