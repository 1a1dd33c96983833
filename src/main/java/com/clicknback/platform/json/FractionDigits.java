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
            return value == null || value.stripTrailingZeros().scale() <= digitsMax;
        }
    }
}
