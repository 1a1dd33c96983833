package com.clicknback.audit;

import java.time.Instant;
import java.util.Map;

/**
 * A change on record, for the domain that made it.
 *
 * @param details values are strings or null
 */
public record AuditedChange(Instant occurredAt, Actor actor, AuditAction action, Map<String, Object> details) {}
