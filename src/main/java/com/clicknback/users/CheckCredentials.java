package com.clicknback.users;

import com.clicknback.platform.bus.Request;

/**
 * Asks whose e-mail and password these are, active or not; takes equally long whether the e-mail or the password is
 * wrong. Fails with {@code INVALID_CREDENTIALS} and {@code OVERLOADED}.
 */
public record CheckCredentials(EmailAddress email, String password) implements Request<User> {

    /** Without the password. */
    @Override
    public String toString() {
        return "CheckCredentials[" + email + "]";
    }
}
