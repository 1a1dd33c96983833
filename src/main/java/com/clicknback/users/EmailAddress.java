package com.clicknback.users;

import com.clicknback.platform.json.Visible;
import com.sanctionco.jmail.EmailValidator;
import com.sanctionco.jmail.JMail;
import java.net.IDN;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An e-mail address in the form in which it is stored: the local part as typed, the domain in lower case with punycode
 * decoded.
 */
public record EmailAddress(String value) {
    /** Longest address in code points, as sent and as stored. */
    static final int LENGTH_MAX = 254;

    /** Stands for a character that was lost on its way, as an argument's is in the locale C: another address. */
    private static final char LOST = '\uFFFD';

    /** {@code Name <a@b.c>}, the name quoted or not. */
    private static final Pattern NAMED =
            Pattern.compile("(?:\"(?:[^\"\\\\]|\\\\.)*\"|[^\"<>@,;:()\\[\\]\\\\]*)\\s*<([^<>]*)>");

    /** The characters of an RFC 5322 atom; beyond ASCII every visible character (RFC 6531). */
    private static final String ATOM_START = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-[\\p{L}\\p{N}\\p{P}\\p{S}&&[^\\x00-\\x7F]]]";

    private static final String ATOM = ATOM_START + "(?:" + ATOM_START + "|\\p{M})*";

    private static final Pattern LOCAL_PART = Pattern.compile(ATOM + "(?:\\." + ATOM + ")*");

    /** Blanks, controls and invisible characters. IDN would drop them from a domain, or replace them. */
    private static final Pattern UNSAFE = Pattern.compile("[\\p{C}\\p{Z}]");

    /** The dots that IDNA knows. */
    private static final Pattern DOT = Pattern.compile("[.\\u3002\\uFF0E\\uFF61]");

    /** Letters that IDN replaces (ss for ß), although a domain spelled with them is a different one today. */
    private static final Pattern REPLACED_BY_IDN = Pattern.compile("[ßς]");

    private static final int IDN_RULES = IDN.ALLOW_UNASSIGNED | IDN.USE_STD3_ASCII_RULES;

    private static final EmailValidator DOMAIN_RULES = JMail.strictValidator();

    /** Top-level domains under which no mail is delivered (RFC 6761 and its successors), without {@code example}. */
    private static final List<String> RESERVED = List.of("test", "local", "localhost", "invalid", "onion", "arpa");

    /** Reads an address from a text; empty when the text is no address. */
    public static Optional<EmailAddress> parse(String text) {
        if (isTooLong(text) || text.indexOf(LOST) >= 0) {
            return Optional.empty();
        }
        String address = withoutName(text.strip());
        int at = address.lastIndexOf('@');
        String localPart = address.substring(0, Math.max(at, 0));
        if (!LOCAL_PART.matcher(localPart).matches() || !Visible.Validator.accepts(localPart)) {
            return Optional.empty();
        }
        return domain(address.substring(at + 1))
                .map(domain -> localPart + '@' + domain)
                .filter(value -> !isTooLong(value))
                .map(EmailAddress::new);
    }

    static boolean isTooLong(String text) {
        return text.codePointCount(0, text.length()) > LENGTH_MAX;
    }

    private static String withoutName(String address) {
        Matcher named = NAMED.matcher(address);
        return named.matches() ? named.group(1).strip() : address;
    }

    private static Optional<String> domain(String typed) {
        if (typed.isEmpty() || UNSAFE.matcher(typed).find()) {
            return Optional.empty();
        }
        String lowerCase = Normalizer.normalize(typed, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        try {
            String ascii = IDN.toASCII(lowerCase, IDN_RULES).toLowerCase(Locale.ROOT);
            return isDeliverable(ascii) ? Optional.of(decoded(lowerCase)) : Optional.empty();
        } catch (IllegalArgumentException notConvertible) {
            return Optional.empty();
        }
    }

    private static boolean isDeliverable(String asciiDomain) {
        String topLevel = asciiDomain.substring(asciiDomain.lastIndexOf('.') + 1);
        // The library sees the domain only: it refuses long local parts, which the contract allows.
        return !RESERVED.contains(topLevel) && DOMAIN_RULES.isValid("local-part@" + asciiDomain);
    }

    private static String decoded(String domain) {
        return Arrays.stream(DOT.split(domain, -1))
                .map(label -> REPLACED_BY_IDN.matcher(label).find()
                        ? label
                        : IDN.toUnicode(IDN.toASCII(label, IDN_RULES), IDN_RULES))
                .collect(Collectors.joining("."));
    }

    /** The form that uniqueness and login compare: the whole address without case, its accents composed. */
    String key() {
        return key(value);
    }

    /** The same form of any text, such as the beginning of an address. */
    static String key(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC)
                .codePoints()
                .map(Character::toUpperCase)
                .map(Character::toLowerCase)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Override
    public String toString() {
        return value;
    }
}
