package com.clicknback.cashback;

import com.clicknback.platform.bus.Request;

/** Asks to be answered once everything that was accepted before is credited. */
public record CatchUp() implements Request<CatchUp.CaughtUp> {
    /** Nothing accepted before the question is uncredited. */
    public record CaughtUp() {}
}
