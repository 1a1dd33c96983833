package com.clicknback.users;

/**
 * The work that one hash of a password takes, by Argon2id with one lane.
 *
 * @param memoryKib the memory that it fills
 * @param iterations the times that it does so
 */
public record PasswordCost(int memoryKib, int iterations) {
    /** The parameters that OWASP recommends. */
    public static final PasswordCost OWASP = new PasswordCost(19_456, 2);
}
