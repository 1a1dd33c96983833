package com.clicknback.money;

import java.util.Locale;
import java.util.Optional;

/** The currencies that the platform accepts; all have two minor digits. */
public enum Currency {
    EUR;

    /** The currency of an ISO 4217 code in any case, or empty when the platform does not accept it. */
    public static Optional<Currency> ofCode(String code) {
        String upper = code.toUpperCase(Locale.ROOT);
        for (Currency currency : values()) {
            if (currency.name().equals(upper)) {
                return Optional.of(currency);
            }
        }
        return Optional.empty();
    }
}
