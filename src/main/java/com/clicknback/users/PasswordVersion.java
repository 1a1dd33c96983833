package com.clicknback.users;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user's password among those that the user has had.
 *
 * @param number 0 for the first one
 * @param setBy the session that set it, which outlives the change; null for none
 */
public record PasswordVersion(int number, @Nullable UUID setBy) {
    static final PasswordVersion FIRST = new PasswordVersion(0, null);

    /** True when an access token that was issued under some version, in some session, is still good. */
    public boolean admits(int issuedUnder, @Nullable UUID sessionId) {
        return issuedUnder == number || sessionId != null && sessionId.equals(setBy);
    }
}
