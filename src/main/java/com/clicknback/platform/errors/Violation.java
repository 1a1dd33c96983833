package com.clicknback.platform.errors;

/** A fault of one named part of a request: a member path, a query parameter, a header, or {@code body}. */
public record Violation(String field, String reason) {}
