package com.clicknback.testing;

import java.util.UUID;

/** A user that a test registered and logged in. */
public record Session(UUID userId, String email, String accessToken, String refreshToken) {
    public static final String PASSWORD = "Str0ng!Pass";
}
