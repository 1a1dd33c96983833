package com.clicknback.partners.signing;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A message as its sender says that it was signed and sent. Blanks around a header do not count, as in HTTP. */
public record SignedMessage(
        @Nullable String id,
        @Nullable String timestamp,
        @Nullable String signature,
        String body) {
    public SignedMessage {
        id = stripped(id);
        timestamp = stripped(timestamp);
        signature = stripped(signature);
    }

    private static @Nullable String stripped(@Nullable String header) {
        return header == null || header.isBlank() ? null : header.strip();
    }

    byte[] bytes() {
        return body.getBytes(StandardCharsets.UTF_8);
    }
}
