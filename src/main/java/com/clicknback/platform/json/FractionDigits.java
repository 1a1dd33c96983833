package com.clicknback.platform.json;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** The most fraction digits that a number may have, trailing zeros not counted; its size is not limited. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD})
@Constraint(validatedBy = FractionDigits.Validator.class)
public @interface FractionDigits {
    int value();

    String message() default "must have at most {value} fraction digits";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Counts the digits. */
    final class Validator implements ConstraintValidator<FractionDigits, BigDecimal> {
        private int digitsMax;

        @Override
        public void initialize(FractionDigits constraint) {
            digitsMax = constraint.value();
        }

        @Override
        public boolean isValid(BigDecimal value, ConstraintValidatorContext context) {
            return value == null || fits(value, digitsMax);
        }

        /** Does not take zeros off one by one: a long number has many, and each would cost a division of all of it. */
        static boolean fits(BigDecimal value, int digitsMax) {
            if (value.signum() == 0 || value.scale() <= digitsMax) {
                return true;
            }
            // All digits but the first may be zeros.
            boolean perhaps = value.scale() - (value.precision() - 1L) <= digitsMax;
            return perhaps && value.setScale(digitsMax, RoundingMode.DOWN).compareTo(value) == 0;
        }
    }
}
