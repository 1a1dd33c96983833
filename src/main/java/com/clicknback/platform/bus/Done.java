package com.clicknback.platform.bus;

/** The answer to a request that has nothing to tell but that it was carried out. */
public record Done() {
    public static final Done DONE = new Done();
}
