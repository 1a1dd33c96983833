package com.clicknback.platform.http;

import java.util.concurrent.atomic.AtomicInteger;

/** Bounds the requests under way in this process, so that a flood is refused at the door and not by memory. */
final class Admission {
    private final AtomicInteger inFlight = new AtomicInteger();
    private final int inFlightMax;

    Admission(int inFlightMax) {
        this.inFlightMax = inFlightMax;
    }

    /** For what is answered without any work. */
    static Admission unlimited() {
        return new Admission(Integer.MAX_VALUE);
    }

    /** True when there is room; each success is followed by one {@link #leave}. */
    boolean enter() {
        if (inFlight.incrementAndGet() > inFlightMax) {
            inFlight.decrementAndGet();
            return false;
        }
        return true;
    }

    /** True when there is no room at this moment. */
    boolean isFull() {
        return inFlight.get() >= inFlightMax;
    }

    void leave() {
        inFlight.decrementAndGet();
    }
}
