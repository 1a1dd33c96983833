package com.clicknback.platform.json;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

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
        @Override
        public boolean isValid(String value, ConstraintValidatorContext context) {
            return value == null || accepts(value);
        }

        /** True for a text whose characters all show. A pattern would take many times as long for a body full of them. */
        public static boolean accepts(String text) {
            for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
                if (!shows(text.codePointAt(i))) {
                    return false;
                }
            }
            return true;
        }

        private static boolean shows(int c) {
            return switch (Character.getType(c)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.SURROGATE,
                        Character.PRIVATE_USE,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR -> false;
                default -> !isIgnorable(c);
            };
        }

        /** True for a letter, mark or symbol that Unicode calls ignorable all the same. */
        private static boolean isIgnorable(int c) {
            return switch (c) {
                case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0 -> true;
                default -> c >= 0x180B && c <= 0x180F || c >= 0xFE00 && c <= 0xFE0F || c >= 0xE0100 && c <= 0xE01EF;
            };
        }
    }
}
