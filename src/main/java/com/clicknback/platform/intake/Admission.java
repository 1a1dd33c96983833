package com.clicknback.platform.intake;

import java.util.concurrent.atomic.AtomicInteger;

/** Bounds the requests in flight in this process, so that a flood is refused early. */
public final class Admission {
    private final AtomicInteger inFlight = new AtomicInteger();
    private final int inFlightMax;

    public Admission(int inFlightMax) {
        this.inFlightMax = inFlightMax;
    }

    /** An admission without a bound, for answers that cost no work. */
    public static Admission unlimited() {
        return new Admission(Integer.MAX_VALUE);
    }

    /** True when there is room; each success is followed by one {@link #leave}. */
    public boolean enter() {
        if (inFlight.incrementAndGet() > inFlightMax) {
            inFlight.decrementAndGet();
            return false;
        }
        return true;
    }

    /** True when there is no room at this moment. */
    public boolean isFull() {
        return inFlight.get() >= inFlightMax;
    }

    public void leave() {
        inFlight.decrementAndGet();
    }
}
