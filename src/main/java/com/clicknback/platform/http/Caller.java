package com.clicknback.platform.http;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The sender of a request, as far as the operation's access rule established it. */
public sealed interface Caller {

    /** Nobody in particular: the operation is public. */
    record Anyone() implements Caller {}

    /**
     * An active user; the role is that of the user record at this moment.
     *
     * @param sessionId the session of the access token; null when the token does not say
     */
    record User(UUID id, boolean admin, @Nullable UUID sessionId) implements Caller {}

    /**
     * An active partner whose signature matched.
     *
     * @param secretId of the secret that it has signed with
     */
    record Partner(UUID id, UUID secretId) implements Caller {}
}
