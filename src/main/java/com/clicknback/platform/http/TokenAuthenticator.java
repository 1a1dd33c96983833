package com.clicknback.platform.http;

import io.vertx.core.Future;

/** Finds the user whom an access token belongs to. */
public interface TokenAuthenticator {
    /** Fails with {@code INVALID_TOKEN}, {@code EXPIRED_TOKEN} or {@code USER_INACTIVE}. */
    Future<Caller.User> authenticate(String accessToken);

    /** The same for an answer that goes on. Fails with {@code INVALID_TOKEN} also once the session has ended. */
    default Future<Caller.User> authenticateAgain(String accessToken) {
        return authenticate(accessToken);
    }
}
