package com.clicknback.flags;

import com.clicknback.audit.Actor;
import com.clicknback.platform.bus.Done;
import com.clicknback.platform.bus.Request;

/**
 * Deletes the flag of exactly one key and scope. Fails with {@code VALIDATION_ERROR} (scope id), {@code
 * FEATURE_FLAG_SCOPE_ID_REQUIRED}, {@code FEATURE_FLAG_NOT_FOUND}.
 */
public record DeleteFlag(String key, FlagScope scope, Actor actor) implements Request<Done> {}
