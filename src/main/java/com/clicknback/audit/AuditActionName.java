package com.clicknback.audit;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** A text that is the name of an {@link AuditAction}. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD})
@Constraint(validatedBy = AuditActionName.Validator.class)
public @interface AuditActionName {
    String message() default "must be an action of the audit log";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Compares with all names. */
    final class Validator implements ConstraintValidator<AuditActionName, String> {
        private static final Set<String> NAMES =
                Arrays.stream(AuditAction.values()).map(Enum::name).collect(Collectors.toUnmodifiableSet());

        @Override
        public boolean isValid(String value, ConstraintValidatorContext context) {
            return value == null || NAMES.contains(value);
        }
    }
}
