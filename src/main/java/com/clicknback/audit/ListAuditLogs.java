package com.clicknback.audit;

import com.clicknback.platform.bus.Request;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.PageRequest;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Asks for a page of the audit log, restricted by every filter that is given; both days inclusive (UTC). */
public record ListAuditLogs(
        PageRequest page,
        @Nullable UUID actorId,
        @Nullable String action,
        @Nullable String resourceType,
        @Nullable String resourceId,
        @Nullable LocalDate startDate,
        @Nullable LocalDate endDate)
        implements Request<ListAuditLogs.Listed> {

    public record Listed(Page<AuditRecord> records) {}
}
