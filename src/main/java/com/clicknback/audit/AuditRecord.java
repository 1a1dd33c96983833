package com.clicknback.audit;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One row of the audit log.
 *
 * @param action an {@link AuditAction}, by name, so that rows of a newer build stay readable
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
