package com.clicknback.platform.crypto;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A ciphertext that somebody has changed, or that belongs to another row. The message names the row. */
public final class NotAuthenticException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    NotAuthenticException(String purpose, UUID of, @Nullable Throwable cause) {
        super("the " + purpose + " of " + of + " is not authentic", cause);
    }
}
