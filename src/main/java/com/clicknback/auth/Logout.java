package com.clicknback.auth;

import com.clicknback.platform.bus.Done;
import com.clicknback.platform.bus.Request;

/** Ends the session of a refresh token, if it is one. */
record Logout(String refreshToken) implements Request<Done> {

    /** Without the token itself. */
    @Override
    public String toString() {
        return "Logout[]";
    }
}
