package com.clicknback.model;

import java.time.YearMonth;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The use of monthly caps, by user and offer. */
final class Allowances {
    /** One user's allowance of one offer in one month. */
    record Key(String user, String offer, YearMonth month) {}

    private final Map<Key, Long> usedMinor = new HashMap<>();

    /** Takes up to the wanted amount, but no more than what the cap leaves; answers how much that is. */
    long take(Key key, long capMinor, long wantedMinor) {
        long taken = Math.min(wantedMinor, capMinor - usedMinor.getOrDefault(key, 0L));
        usedMinor.merge(key, taken, Long::sum);
        return taken;
    }

    void giveBack(Key key, long amountMinor) {
        usedMinor.merge(key, -amountMinor, Long::sum);
    }

    /** The used amounts of a user, by offer and month; unused caps are missing. */
    Map<String, Long> of(String user) {
        Map<String, Long> used = new TreeMap<>();
        usedMinor.forEach((key, minor) -> {
            if (key.user().equals(user) && minor != 0) {
                used.put(key.offer() + " " + key.month(), minor);
            }
        });
        return used;
    }
}
