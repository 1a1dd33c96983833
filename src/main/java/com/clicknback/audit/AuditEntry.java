package com.clicknback.audit;

import java.util.Map;

/**
 * A change to be recorded.
 *
 * @param details the members that the HTTP contract lists for the action; values are strings or null
 */
public record AuditEntry(
        Actor actor, AuditAction action, String resourceType, String resourceId, Map<String, String> details) {}
