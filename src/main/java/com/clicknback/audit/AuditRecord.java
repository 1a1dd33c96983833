package com.clicknback.audit;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of the audit log.
 *
 * @param action the name of an {@link AuditAction}; a text, so that an older build can read the rows of a newer one
 * @param details values are strings or null
 */
public record AuditRecord(
        UUID id,
        Instant occurredAt,
        String actorType,
        @Nullable UUID actorId,
        String action,
        String resourceType,
        String resourceId,
        String outcome,
        Map<String, Object> details) {}
