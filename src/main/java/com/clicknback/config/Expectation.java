package com.clicknback.config;

import com.clicknback.platform.json.FractionDigits;
import jakarta.validation.constraints.NotNull;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.hibernate.validator.constraints.Range;

/**
 * The phrases that say what settings must be. One phrase covers the type and the constraints of a setting, so that an
 * operator reads the same of {@code abc} and of {@code 99999} where a port belongs.
 */
final class Expectation {
    private Expectation() {}

    static String of(Setting setting) {
        return setting.annotation(Range.class)
                .map(range -> number(setting) + " from " + range.min() + " to " + range.max() + fraction(setting))
                .or(() -> setting.annotation(MinBytes.class).map(min -> "at least " + min.value() + " bytes long"))
                .or(() -> setting.annotation(NotNull.class).map(NotNull::message))
                .orElseGet(() -> ofType(setting.component().getType()));
    }

    private static String number(Setting setting) {
        return TextTypes.expectation(setting.component().getType());
    }

    private static String fraction(Setting setting) {
        return setting.annotation(FractionDigits.class)
                .map(digits -> " with at most " + digits.value() + " fraction digits")
                .orElse("");
    }

    private static String ofType(Class<?> type) {
        return type.isEnum()
                ? "one of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(constant -> TextTypes.name((Enum<?>) constant))
                                .collect(Collectors.joining(", "))
                : TextTypes.expectation(type);
    }
}
