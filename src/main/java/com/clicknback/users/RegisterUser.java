package com.clicknback.users;

import com.clicknback.platform.bus.Request;

/**
 * Opens an account. Fails with {@code PASSWORD_NOT_COMPLEX_ENOUGH}, {@code EMAIL_ALREADY_REGISTERED} and {@code
 * OVERLOADED}.
 *
 * @param requestId what the audit log names as the cause; the actor is the new user
 */
public record RegisterUser(EmailAddress email, String password, String requestId) implements Request<User> {

    /** Without the password. */
    @Override
    public String toString() {
        return "RegisterUser[" + email + "]";
    }
}
