package com.clicknback.platform.http;

import io.vertx.core.Future;

/** Finds the user whom an access token belongs to. */
public interface TokenAuthenticator {
    /** Fails with {@code INVALID_TOKEN}, {@code EXPIRED_TOKEN} or {@code USER_INACTIVE}. */
    Future<Caller.User> authenticate(String accessToken);
}
