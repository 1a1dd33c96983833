package com.clicknback.auth;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The key and the lifetimes of tokens.
 *
 * @param secret signs all tokens; at least 32 bytes in UTF-8, the strength of HS256
 * @param refreshGrace the time in which a spent refresh token still yields the one that followed it
 */
public record AuthSettings(String secret, Duration accessLifetime, Duration refreshLifetime, Duration refreshGrace) {
    public static final int SECRET_BYTES_MIN = 32;

    public AuthSettings {
        if (secret.getBytes(StandardCharsets.UTF_8).length < SECRET_BYTES_MIN) {
            throw new IllegalArgumentException(
                    "the secret that signs tokens must have at least " + SECRET_BYTES_MIN + " bytes");
        }
        if (accessLifetime.toSeconds() < 1 || refreshLifetime.toSeconds() < 1) {
            throw new IllegalArgumentException("tokens must live for at least a second");
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "access tokens for " + accessLifetime + ", refresh tokens for " + refreshLifetime;
    }
}
