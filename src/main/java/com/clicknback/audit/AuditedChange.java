package com.clicknback.audit;

import java.time.Instant;
import java.util.Map;

/**
 * One change that is on record, for the domain that made it.
 *
 * @param details values are strings or null
 */
public record AuditedChange(Instant occurredAt, Actor actor, AuditAction action, Map<String, Object> details) {}
