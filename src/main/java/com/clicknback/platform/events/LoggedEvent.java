package com.clicknback.platform.events;

import java.time.Instant;

/** One event as it stands in the log. */
public record LoggedEvent(Position position, String type, String payload, Instant occurredAt) {

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
        return EventJson.read(payload, wanted.payload());
    }

    /** The cause that audit rows name. */
    public String cause() {
        return "event:" + position;
    }
}
