package com.clicknback.platform.bus;

/** The answer to a request that returns no value. */
public record Done() {
    public static final Done DONE = new Done();
}
