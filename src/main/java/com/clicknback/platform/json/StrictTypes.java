package com.clicknback.platform.json;

import com.clicknback.money.Money;
import com.fasterxml.jackson.core.JsonToken;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The types of requests, read without coercion: a table of what a value must be, and how it is read. */
final class StrictTypes {
    private static final Pattern DECIMAL_STRING = Pattern.compile("-?[0-9]{1,40}(\\.[0-9]{1,40})?");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final Pattern DATE_FORM = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final int MONEY_WHOLE_DIGITS = 10;
    private static final int MONEY_FRACTION_DIGITS = 2;

    /**
     * One type.
     *
     * @param expectation the violation of a value that is not of the type
     */
    record StrictType<T>(String expectation, Reading<T> reading) {}

    /** Reads a value of one type. */
    @FunctionalInterface
    interface Reading<T> {
        /**
         * The value of a token, or null when it is not of the type.
         *
         * @param text of the token
         * @param textOnly for query parameters, which are texts whatever their type
         */
        @Nullable
        T read(JsonToken token, String text, boolean textOnly);
    }

    private static final Map<Class<?>, StrictType<?>> TYPES = Map.of(
            String.class,
            ofString("must be a string of Unicode characters without NUL", text -> isStorable(text) ? text : null),
            UUID.class,
            ofString("must be a UUID", CanonicalUuid::of),
            LocalDate.class,
            ofString("must be an existing day in the form YYYY-MM-DD", StrictTypes::date),
            Instant.class,
            ofString("must be an RFC 3339 time with an offset", Timestamps::parse),
            Boolean.class,
            new StrictType<>("must be true or false", StrictTypes::trueOrFalse),
            Integer.class,
            new StrictType<>("must be a whole number in decimal digits", StrictTypes::integer),
            BigDecimal.class,
            new StrictType<>("must be a number", (token, text, textOnly) -> number(token, text)),
            Money.class,
            new StrictType<>(
                    "must be an amount above 0 and up to " + Money.MAX + " with at most " + MONEY_FRACTION_DIGITS
                            + " fraction digits",
                    (token, text, textOnly) -> money(token, text)));

    /** The type of numbers that say {@link OrDecimalString}. */
    static final StrictType<BigDecimal> NUMBER_OR_STRING = new StrictType<>(
            "must be a number or a string of decimal digits",
            (token, text, textOnly) -> numberOr(DECIMAL_STRING, token, text));

    private StrictTypes() {}

    /** True when values of a class are read as one token. */
    static boolean includes(Class<?> type) {
        return type.isEnum() || TYPES.containsKey(type);
    }

    static StrictType<?> of(Class<?> type) {
        if (type.isEnum()) {
            return ofEnum(type);
        }
        StrictType<?> strict = TYPES.get(type);
        if (strict == null) {
            throw new IllegalStateException("requests have no values of " + type);
        }
        return strict;
    }

    /** A type whose values are JSON strings. */
    private static <T> StrictType<T> ofString(String expectation, Function<String, @Nullable T> parse) {
        return new StrictType<>(
                expectation, (token, text, textOnly) -> token == JsonToken.VALUE_STRING ? parse.apply(text) : null);
    }

    private static StrictType<Object> ofEnum(Class<?> type) {
        Map<String, Object> constants = Arrays.stream(type.getEnumConstants())
                .collect(Collectors.toUnmodifiableMap(value -> Wire.name((Enum<?>) value), Function.identity()));
        String names = Arrays.stream(type.getEnumConstants())
                .map(value -> Wire.name((Enum<?>) value))
                .collect(Collectors.joining(", "));
        return ofString("must be one of " + names, constants::get);
    }

    /** No NUL, which PostgreSQL cannot store, and no lone surrogate, which UTF-8 cannot carry. */
    static boolean isStorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isLowSurrogate(c)) {
                return false;
            }
            if (Character.isHighSurrogate(c) && (++i == text.length() || !Character.isLowSurrogate(text.charAt(i)))) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable LocalDate date(String text) {
        if (!DATE_FORM.matcher(text).matches()) {
            return null;
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable Boolean trueOrFalse(JsonToken token, String text, boolean textOnly) {
        boolean word = textOnly || token.isBoolean();
        return word && "true".equals(text) ? Boolean.TRUE : word && "false".equals(text) ? Boolean.FALSE : null;
    }

    private static @Nullable Integer integer(JsonToken token, String text, boolean textOnly) {
        boolean number = textOnly || token == JsonToken.VALUE_NUMBER_INT;
        if (!number || !DIGITS.matcher(text).matches()) {
            return null;
        }
        // A number beyond the type is well-formed; its range constraint refuses it.
        return new BigDecimal(text).min(BigDecimal.valueOf(Integer.MAX_VALUE)).intValueExact();
    }

    /** Null also for a number whose exponent is beyond any use. */
    private static @Nullable BigDecimal number(JsonToken token, String text) {
        if (!token.isNumeric()) {
            return null;
        }
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** A number, or a string of that form. */
    private static @Nullable BigDecimal numberOr(Pattern form, JsonToken token, String text) {
        boolean string = token == JsonToken.VALUE_STRING && form.matcher(text).matches();
        return string ? new BigDecimal(text) : number(token, text);
    }

    private static @Nullable Money money(JsonToken token, String text) {
        long plain = plainMinor(text);
        if (plain >= 0) {
            return plain == 0 ? null : Money.ofMinor(plain);
        }
        BigDecimal amount = number(token, text);
        if (amount == null) {
            return null;
        }
        boolean inRange = amount.signum() > 0
                && amount.compareTo(Money.MAX.toDecimal()) <= 0
                && FractionDigits.Validator.fits(amount, MONEY_FRACTION_DIGITS);
        return inRange ? Money.ofDecimal(amount) : null;
    }

    /**
     * The minor units of an amount in the one form that a string may have, and most numbers have; below zero for other texts.
     */
    private static long plainMinor(String text) {
        int point = text.indexOf('.');
        int whole = point < 0 ? text.length() : point;
        int fraction = point < 0 ? 0 : text.length() - point - 1;
        boolean fits = whole > 0
                && whole <= MONEY_WHOLE_DIGITS
                && fraction <= MONEY_FRACTION_DIGITS
                && (point < 0 || fraction > 0);
        long minor = 0;
        for (int i = 0; fits && i < text.length(); i++) {
            if (i != point) {
                fits = text.charAt(i) >= '0' && text.charAt(i) <= '9';
                minor = minor * 10 + text.charAt(i) - '0';
            }
        }
        for (int i = fraction; i < MONEY_FRACTION_DIGITS; i++) {
            minor *= 10;
        }
        return fits ? minor : -1;
    }
}
