package com.clicknback.flags;

import com.clicknback.audit.Actor;
import com.clicknback.platform.bus.Done;
import com.clicknback.platform.bus.Notice;
import com.clicknback.platform.bus.Request;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.PageRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The messages that the flags domain answers, and the notice that it publishes. */
public final class Flags {
    private Flags() {}

    /**
     * Creates or updates the flag of one key and scope. Fails with VALIDATION_ERROR (key, scope id),
     * FEATURE_FLAG_SCOPE_ID_REQUIRED.
     *
     * @param description null leaves it as it is
     */
    public record Set(
            String key,
            FlagScope scope,
            boolean enabled,
            @Nullable String description,
            Actor actor) implements Request<Flag> {}

    /** Lists a page of the flags that match every filter that is given. */
    public record List(
            PageRequest page,
            @Nullable String key,
            FlagScope.@Nullable Type scopeType,
            @Nullable UUID scopeId) implements Request<Page<Flag>> {}

    /**
     * Resolves a flag for one scope. Fails with VALIDATION_ERROR (scope id), FEATURE_FLAG_SCOPE_ID_REQUIRED.
     */
    public record Evaluate(String key, FlagScope scope) implements Request<Value> {}

    /** The value of a flag that is in force. */
    public record Value(boolean enabled) {}

    /**
     * Resolves a flag for many subjects: it is on for a subject when it is on for both its user and its merchant. A
     * change that another process made counts within a second.
     */
    public record EvaluateAll(String key, java.util.List<Subject> subjects) implements Request<Values> {}

    /** A user at a merchant. */
    public record Subject(UUID userId, UUID merchantId) {}

    /** One value for each subject, in their order. */
    public record Values(java.util.List<Boolean> enabled) {}

    /**
     * Deletes the flag of exactly one key and scope. Fails with VALIDATION_ERROR (scope id),
     * FEATURE_FLAG_SCOPE_ID_REQUIRED, FEATURE_FLAG_NOT_FOUND.
     */
    public record Delete(String key, FlagScope scope, Actor actor) implements Request<Done> {}

    /** Tells all processes that a flag was set or deleted, so that they drop the values that they have cached. */
    record Changed() implements Notice {}
}
