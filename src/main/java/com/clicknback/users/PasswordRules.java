package com.clicknback.users;

import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.platform.errors.Violation;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/** The rules that a new password must keep. */
final class PasswordRules {
    private static final int LENGTH_MIN = 8;

    private PasswordRules() {}

    /**
     * Fails with PASSWORD_NOT_COMPLEX_ENOUGH, whose violations are all the rules that the password breaks.
     *
     * @param field the member of the request that has the password
     */
    static void require(String field, String password) {
        List<Violation> broken = broken(password).stream()
                .map(reason -> new Violation(field, reason))
                .toList();
        if (!broken.isEmpty()) {
            throw DomainException.withViolations(
                    ErrorCode.PASSWORD_NOT_COMPLEX_ENOUGH,
                    "The password breaks " + broken.size() + (broken.size() == 1 ? " rule." : " rules."),
                    broken);
        }
    }

    static List<String> broken(String password) {
        boolean longEnough = password.codePointCount(0, password.length()) >= LENGTH_MIN;
        return Stream.of(
                        rule(longEnough, "must have at least " + LENGTH_MIN + " characters"),
                        rule(hasOne(password, PasswordRules::isUpperCase), "must have a capital letter A to Z"),
                        rule(hasOne(password, PasswordRules::isLowerCase), "must have a small letter a to z"),
                        rule(hasOne(password, PasswordRules::isDigit), "must have a digit 0 to 9"),
                        rule(hasOne(password, PasswordRules::isOther), "must have another character than these"))
                .flatMap(List::stream)
                .toList();
    }

    private static List<String> rule(boolean kept, String reason) {
        return kept ? List.of() : List.of(reason);
    }

    private static boolean hasOne(String password, IntPredicate kind) {
        return password.codePoints().anyMatch(kind);
    }

    private static boolean isUpperCase(int c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isLowerCase(int c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isOther(int c) {
        return !isUpperCase(c) && !isLowerCase(c) && !isDigit(c);
    }
}
