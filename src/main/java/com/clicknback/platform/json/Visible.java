package com.clicknback.platform.json;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.regex.Pattern;

/**
 * A text without control characters and without any that shows nothing. Two names that look alike could differ in those.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD})
@Constraint(validatedBy = Visible.Validator.class)
public @interface Visible {
    String message() default "must hold visible characters and single blanks only";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Finds characters that show nothing. */
    final class Validator implements ConstraintValidator<Visible, String> {
        /** Controls, formats, separators of lines, and what Unicode calls ignorable although it is a letter, mark or symbol. */
        private static final Pattern INVISIBLE =
                Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Zl}\\p{Zp}\\u034F\\u115F\\u1160\\u17B4\\u17B5"
                        + "\\u180B-\\u180F\\u2800\\u3164\\uFE00-\\uFE0F\\uFFA0\\x{E0100}-\\x{E01EF}]");

        @Override
        public boolean isValid(String value, ConstraintValidatorContext context) {
            return value == null || accepts(value);
        }

        /** True for a text whose characters all show. */
        public static boolean accepts(String text) {
            return !INVISIBLE.matcher(text).find();
        }
    }
}
