package com.clicknback.auth;

import com.clicknback.platform.bus.Request;
import com.clicknback.users.EmailAddress;

/** Opens a session. Fails with {@code INVALID_CREDENTIALS}, {@code USER_INACTIVE} and {@code OVERLOADED}. */
record Login(EmailAddress email, String password) implements Request<Tokens> {

    /** Without the password. */
    @Override
    public String toString() {
        return "Login[" + email + "]";
    }
}
