package com.clicknback.flags;

import com.clicknback.flags.Flags.Subject;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads of flags on a connection of the caller's: a flag that was set before its transaction read it counts, whichever
 * process set it.
 */
public final class StoredFlags {
    private StoredFlags() {}

    /** Resolves flags for subjects, by key in their order: each is on when it is on for both user and merchant. */
    public static Future<Map<String, List<Boolean>>> evaluate(
            SqlConnection connection, Collection<String> keys, List<Subject> subjects) {
        Set<FlagScope> scopes = new HashSet<>();
        for (Subject subject : subjects) {
            scopes.add(FlagScope.user(subject));
            scopes.add(FlagScope.merchant(subject));
        }
        return FlagStore.findValues(connection, keys, scopes).map(values -> {
            Map<String, List<Boolean>> resolved = new HashMap<>();
            for (String key : keys) {
                Map<FlagScope, Boolean> set = values.getOrDefault(key, Map.of());
                resolved.put(
                        key,
                        subjects.stream().map(subject -> isOn(set, subject)).toList());
            }
            return resolved;
        });
    }

    private static boolean isOn(Map<FlagScope, Boolean> set, Subject subject) {
        Boolean global = set.get(FlagScope.GLOBAL);
        return FlagResolution.resolve(set.get(FlagScope.user(subject)), global)
                && FlagResolution.resolve(set.get(FlagScope.merchant(subject)), global);
    }
}
