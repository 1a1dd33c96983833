package com.clicknback.events;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;

import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The name of a purchase outside of this product, unique for ever. Keys are in the order of their unique index: rows
 * that are written in it have two processes with the same purchases wait and never deadlock. A map of keys with one hash,
 * which senders can choose, keeps them in that order, too, instead of searching them one by one.
 *
 * @param partnerId null for a purchase that its user submitted
 * @param externalId given by the partner or the user
 */
public record PurchaseKey(@Nullable UUID partnerId, String externalId) implements Comparable<PurchaseKey> {
    private static final Comparator<PurchaseKey> AS_INDEXED = comparing(PurchaseKey::externalId, PurchaseKey::bytewise)
            .thenComparing(PurchaseKey::partnerId, nullsLast(naturalOrder()));

    @Override
    public int compareTo(PurchaseKey other) {
        return AS_INDEXED.compare(this, other);
    }

    /** Compares the bytes of UTF-8: those of a pair of surrogates come after all others. */
    private static int bytewise(String one, String other) {
        int length = Math.min(one.length(), other.length());
        for (int i = 0; i < length; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a != b) {
                return Character.isSurrogate(a) == Character.isSurrogate(b)
                        ? Character.compare(a, b)
                        : Boolean.compare(Character.isSurrogate(a), Character.isSurrogate(b));
            }
        }
        return Integer.compare(one.length(), other.length());
    }
}
