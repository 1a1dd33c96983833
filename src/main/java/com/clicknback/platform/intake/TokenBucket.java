package com.clicknback.platform.intake;

/**
 * The tokens of one key. They come back one after another, so the moment at which the last of them is back tells how many
 * there are. There are as many of these as strangers have addresses: it keeps nothing else.
 */
final class TokenBucket {
    private long fullAtNs;

    /** A full one. */
    TokenBucket(long nowNs) {
        fullAtNs = nowNs;
    }

    /**
     * Takes tokens unless there are not enough; returns the time until there are, 0 when they were taken.
     *
     * @param tokensNs in which they come back
     * @param allNs in which all come back that there can be
     */
    synchronized long take(long nowNs, long tokensNs, long allNs) {
        long taken = Math.max(0, fullAtNs - nowNs) + tokensNs;
        if (taken > allNs) {
            return taken - allNs;
        }
        fullAtNs = nowNs + taken;
        return 0;
    }

    /** Takes tokens that need not be there, or gives them back when the time is below zero. */
    synchronized void change(long nowNs, long tokensNs) {
        fullAtNs = Math.max(nowNs, fullAtNs) + tokensNs;
    }
}
