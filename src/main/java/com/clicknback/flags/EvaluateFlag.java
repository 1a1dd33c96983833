package com.clicknback.flags;

import com.clicknback.platform.bus.Request;

/**
 * Asks for the value in force for one key and scope. Fails with {@code VALIDATION_ERROR} (scope id), {@code
 * FEATURE_FLAG_SCOPE_ID_REQUIRED}.
 */
public record EvaluateFlag(String key, FlagScope scope) implements Request<EvaluateFlag.Verdict> {

    public record Verdict(boolean enabled) {}
}
