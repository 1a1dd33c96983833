package com.clicknback.payouts;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** An IBAN as people write it: in any case and with blanks, up to 42 characters. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD})
@Constraint(validatedBy = ValidIban.Validator.class)
@interface ValidIban {
    String message() default "must be a valid IBAN of at most 42 characters";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Checks the length first, which bounds the work. */
    final class Validator implements ConstraintValidator<ValidIban, String> {
        /** The longest IBAN has 34 characters, and eight blanks between groups of four. */
        private static final int CHARACTERS_MAX = 42;

        @Override
        public boolean isValid(String value, ConstraintValidatorContext context) {
            return value == null || (value.length() <= CHARACTERS_MAX && Iban.isValid(Iban.normalise(value)));
        }
    }
}
