package com.clicknback.purchases;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The sender of a purchase.
 *
 * @param partnerId null when its user submitted it
 */
public record PurchaseSource(@Nullable UUID partnerId) {
    private static final String USER = "user";

    public boolean isUser() {
        return partnerId == null;
    }

    /** {@code user}, or the id of the partner. */
    @JsonValue
    public String wireName() {
        return partnerId == null ? USER : partnerId.toString();
    }

    /** The source of a wire name; fails with IllegalArgumentException for any other text. */
    @JsonCreator
    public static PurchaseSource ofWireName(String name) {
        return new PurchaseSource(name.equals(USER) ? null : UUID.fromString(name));
    }
}
