package com.clicknback.payouts;

import com.clicknback.payouts.PayoutRoutes.StatusMembers;
import com.clicknback.payouts.PayoutRoutes.StatusMembers.Step;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Requires a reason for the status failed and forbids one for any other. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Constraint(validatedBy = FailureReasoned.Validator.class)
@interface FailureReasoned {
    String message() default "is required for failed and must be absent or null otherwise";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Reports the violation on the reason. Accepts a missing status, which has a violation of its own. */
    final class Validator implements ConstraintValidator<FailureReasoned, StatusMembers> {
        @Override
        public boolean isValid(StatusMembers members, ConstraintValidatorContext context) {
            if (members.status() == null || (members.status() == Step.FAILED) == (members.failureReason() != null)) {
                return true;
            }
            context.disableDefaultConstraintViolation();
            context.buildConstraintViolationWithTemplate(context.getDefaultConstraintMessageTemplate())
                    .addPropertyNode("failureReason")
                    .addConstraintViolation();
            return false;
        }
    }
}
