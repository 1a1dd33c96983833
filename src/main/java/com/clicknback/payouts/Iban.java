package com.clicknback.payouts;

import java.util.Set;
import org.apache.commons.validator.routines.IBANValidator;
import org.apache.commons.validator.routines.checkdigit.IBANCheckDigit;

/** International bank account numbers: a country of the registry, its length, and two check digits (ISO 13616). */
final class Iban {
    private static final int FIRST_CHECK_DIGIT = 2;
    private static final int SECOND_CHECK_DIGIT = 3;

    /** Countries whose IBANs begin with the code of another: the library takes their own code for a second spelling. */
    private static final Set<String> TERRITORIES =
            Set.of("AX", "BL", "GF", "GG", "GP", "IM", "JE", "MF", "MQ", "NC", "PF", "PM", "RE", "TF", "WF", "YT");

    private Iban() {}

    /** The electronic form: without blanks, ASCII letters in upper case. */
    static String normalise(String text) {
        StringBuilder normalised = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isWhitespace(c) && !Character.isSpaceChar(c)) {
                // Other letters stay as they are and are refused: in upper case some would become two ASCII letters.
                normalised.append(c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c);
            }
        }
        return normalised.toString();
    }

    /**
     * True when a normalised text is an IBAN. The part after the check digits has a form that each country sets and that
     * is not checked.
     */
    static boolean isValid(String normalised) {
        IBANValidator.Validator country = IBANValidator.getInstance().getValidator(normalised);
        return country != null
                && !TERRITORIES.contains(normalised.substring(0, FIRST_CHECK_DIGIT))
                && normalised.length() == country.getIbanLength()
                && isDigit(normalised.charAt(FIRST_CHECK_DIGIT))
                && isDigit(normalised.charAt(SECOND_CHECK_DIGIT))
                && IBANCheckDigit.IBAN_CHECK_DIGIT.isValid(normalised);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
