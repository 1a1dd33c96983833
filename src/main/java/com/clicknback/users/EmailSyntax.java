package com.clicknback.users;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;

/** A text that {@link EmailAddress#parse} understands, of at most 254 characters. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD})
@Constraint(validatedBy = EmailSyntax.Validator.class)
public @interface EmailSyntax {
    String message() default "must be an e-mail address of at most " + EmailAddress.LENGTH_MAX + " characters";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Tries to parse the text. */
    final class Validator implements ConstraintValidator<EmailSyntax, String> {
        @Override
        public boolean isValid(@Nullable String value, ConstraintValidatorContext context) {
            return value == null || EmailAddress.parse(value).isPresent();
        }
    }
}
