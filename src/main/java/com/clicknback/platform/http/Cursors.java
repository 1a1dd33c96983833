package com.clicknback.platform.http;

import com.clicknback.platform.db.PageRequest;
import com.clicknback.platform.json.CanonicalUuid;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/** The opaque cursors of lists: the list's name and the key of the last item of a page. */
final class Cursors {
    /** The cursor of a first page. */
    static final String START = "start";

    private static final String SEPARATOR = "|";
    private static final int PARTS = 3;

    /** A forged cursor may state any time; beyond these no list has an item and the database no type. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private Cursors() {}

    static String encode(String list, PageRequest.Key key) {
        String plain =
                String.join(SEPARATOR, list, key.at().toString(), key.id().toString());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /** The key, or empty when the text is no cursor of this list. */
    static Optional<PageRequest.Key> decode(String list, String cursor) {
        try {
            String plain = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            String[] parts = plain.split("\\" + SEPARATOR, -1);
            if (parts.length != PARTS || !parts[0].equals(list)) {
                return Optional.empty();
            }
            UUID id = CanonicalUuid.of(parts[2]);
            return Optional.ofNullable(id)
                    .map(found -> new PageRequest.Key(Instant.parse(parts[1]), found))
                    .filter(key -> !key.at().isBefore(EARLIEST) && !key.at().isAfter(LATEST))
                    .filter(key -> encode(list, key).equals(cursor));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
