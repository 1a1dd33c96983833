package com.clicknback.clicks;

import com.clicknback.platform.clock.TimeOrderedIds;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * The name of a click, short enough for a link: the 16 bytes of its key in base64url, 22 characters. It tells when the
 * click was made, also after the click itself is deleted.
 */
public record ClickId(UUID key) {
    /** The characters of an id. */
    public static final int LENGTH = 22;

    private static final int BYTES = 16;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    /** The id that a text spells; empty for any other text, and for another spelling of the same bytes. */
    public static Optional<ClickId> parse(String text) {
        if (text.length() != LENGTH) {
            return Optional.empty();
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            return Optional.of(new ClickId(new UUID(bytes.getLong(), bytes.getLong())))
                    .filter(id -> id.text().equals(text));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** The id as links, receipts and partners carry it. */
    @JsonValue
    public String text() {
        byte[] bytes = ByteBuffer.allocate(BYTES)
                .putLong(key.getMostSignificantBits())
                .putLong(key.getLeastSignificantBits())
                .array();
        return ENCODER.encodeToString(bytes);
    }

    /** The second in which the click was made. */
    public Instant issuedAt() {
        return TimeOrderedIds.timeOf(key).truncatedTo(ChronoUnit.SECONDS);
    }

    @Override
    public String toString() {
        return text();
    }
}
