package com.clicknback.platform.events;

import static java.util.Objects.requireNonNull;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event as it stands in the log.
 *
 * @param payload its JSON; null when it is packed
 * @param body its packed form; null when it is JSON
 */
public record LoggedEvent(
        Position position,
        String type,
        @Nullable String payload,
        @Nullable Buffer body,
        Instant occurredAt) {

    /** The place of an event in the log; it is beyond those of all events that were committed when it was written. */
    public record Position(long transactionId, long serial) {
        static final Position START = new Position(0, 0);

        @Override
        public String toString() {
            return transactionId + "-" + serial;
        }
    }

    public boolean is(EventType<?> wanted) {
        return wanted.name().equals(type);
    }

    /** The payload; fails with IllegalStateException when the log holds something else under this type's name. */
    public <E extends Record> E as(EventType<E> wanted) {
        try {
            return body == null ? EventJson.read(requireNonNull(payload), wanted.payload()) : wanted.unpack(body);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(
                    "event %s (%s) cannot be read: %s".formatted(position, type, e.getMessage()), e);
        }
    }

    /** The cause that audit rows name. */
    public String cause() {
        return "event:" + position;
    }
}
