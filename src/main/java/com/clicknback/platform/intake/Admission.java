package com.clicknback.platform.intake;

import com.clicknback.platform.errors.DomainException;
import java.net.InetAddress;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the requests in flight in this process, so that a flood is refused early. A client address, and a partner, may
 * have at most seven times as many as there is room for others. So one alone gets seven eighths, and several that flood
 * leave each other as much.
 */
public final class Admission {
    private static final int TIMES_THE_ROOM = 7;

    private final AtomicInteger inFlight = new AtomicInteger();
    private final ConcurrentMap<Object, Integer> byHolder = new ConcurrentHashMap<>();
    private final int inFlightMax;

    public Admission(int inFlightMax) {
        this.inFlightMax = inFlightMax;
    }

    /** An admission without a bound, for answers that cost no work. */
    public static Admission unlimited() {
        return new Admission(Integer.MAX_VALUE);
    }

    /** The place of one request; not safe for several threads. */
    public final class Place {
        private final InetAddress client;
        private boolean entered;
        private boolean left;
        private @Nullable UUID partnerId;

        private Place(InetAddress client) {
            this.client = client;
        }

        /** Fails with {@code OVERLOADED} when there is no room for another request of its client. */
        public void enter() {
            int room = inFlightMax - inFlight.getAndIncrement();
            if (room <= 0 || !hold(client, room)) {
                inFlight.decrementAndGet();
                throw DomainException.overloaded();
            }
            entered = true;
        }

        /** The same for a request that has given its place up; one that has not keeps it. */
        public void enterAgain() {
            if (!entered) {
                enter();
            }
        }

        /**
         * Counts the request, which has entered, for its partner too: many addresses may send for one partner, and many
         * partners through one address. Fails with {@code OVERLOADED} when there is no room for another one of its.
         */
        public void enterAs(UUID partner) {
            if (!hold(partner, room() + 1)) {
                throw DomainException.overloaded();
            }
            partnerId = partner;
        }

        /** Gives the place up, if there is one, until it is entered again. */
        public void leave() {
            if (entered) {
                entered = false;
                left = true;
                release(client);
                inFlight.decrementAndGet();
            }
        }

        /** True when the place was given up, also if it was entered again. */
        public boolean hasLeft() {
            return left;
        }

        /** Gives everything back. */
        public void end() {
            leave();
            if (partnerId != null) {
                release(partnerId);
                partnerId = null;
            }
        }
    }

    /** A place that is not entered yet. */
    public Place place(InetAddress client) {
        return new Place(client);
    }

    /** True when there is no room for a client at this moment, or none for those who have much of it. */
    public boolean isCrowded() {
        return (long) room() * (TIMES_THE_ROOM + 1) <= inFlightMax;
    }

    /** True when there is no room for a request of this client at this moment. */
    public boolean isFullFor(InetAddress client) {
        int room = room();
        return room <= 0 || !fits(byHolder.getOrDefault(client, 0) + 1, room);
    }

    private int room() {
        return inFlightMax - inFlight.get();
    }

    private boolean hold(Object holder, int room) {
        if (fits(byHolder.merge(holder, 1, Integer::sum), room)) {
            return true;
        }
        release(holder);
        return false;
    }

    private void release(Object holder) {
        byHolder.computeIfPresent(holder, (same, held) -> held == 1 ? null : held - 1);
    }

    private static boolean fits(int held, int room) {
        return held <= (long) TIMES_THE_ROOM * room;
    }
}
