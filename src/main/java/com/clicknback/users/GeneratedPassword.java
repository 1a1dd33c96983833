package com.clicknback.users;

import java.security.SecureRandom;
import java.util.Base64;

/** Passwords that nobody has to think of. */
public final class GeneratedPassword {
    private static final int RANDOM_BYTES = 18;

    /** One of each kind of character that the rules for passwords ask for. */
    private static final String ALL_KINDS = "-Aa1";

    private GeneratedPassword() {}

    /** A password with 144 random bits, which keeps all rules and needs no quoting in a shell. */
    public static String next() {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().encodeToString(random).replace('-', '.') + ALL_KINDS;
    }
}
