package com.clicknback.auth;

/** What a session is carried on with. */
record Tokens(String accessToken, String refreshToken) {

    /** Without the tokens themselves. */
    @Override
    public String toString() {
        return "Tokens[]";
    }
}
