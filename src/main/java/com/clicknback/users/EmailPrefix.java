package com.clicknback.users;

/**
 * The range of e-mails that begin with a text, ignoring case, as the database orders them.
 *
 * @param from inclusive
 * @param to exclusive
 */
record EmailPrefix(String from, String to) {
    /** Comes after every character that an address can have. */
    private static final String BEYOND = Character.toString(Character.MAX_CODE_POINT);

    static EmailPrefix of(String text) {
        String key = EmailAddress.key(text.strip());
        return new EmailPrefix(key, key + BEYOND);
    }
}
