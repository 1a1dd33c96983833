package com.clicknback.platform.http;

import org.jspecify.annotations.Nullable;

/**
 * A request that may be repeated under a key.
 *
 * @param idempotencyKey the caller's name for the request; null when it is not to be recognised again
 */
public record Keyed<R extends Record>(@Nullable String idempotencyKey, R body) {}
