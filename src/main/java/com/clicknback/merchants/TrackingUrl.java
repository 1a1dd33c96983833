package com.clicknback.merchants;

import com.clicknback.platform.address.HostPort;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * The template of an https URL with {@value #CLICK_ID} in its path or query. The host is fixed, so that no click decides
 * where it leads.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD})
@Constraint(validatedBy = TrackingUrl.Validator.class)
@interface TrackingUrl {
    /** The place of the click's id. */
    String CLICK_ID = "{click_id}";

    int LENGTH_MAX = 2_000;

    String message() default
            "must be an https URL of at most 2000 ASCII characters with {click_id} in its path or query";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Reads the template with an id in place. */
    final class Validator implements ConstraintValidator<TrackingUrl, String> {
        private static final String SAMPLE = "-sample-";

        @Override
        public boolean isValid(String template, ConstraintValidatorContext context) {
            return template == null || template.length() <= LENGTH_MAX && leads(template);
        }

        private static boolean leads(String template) {
            try {
                URI url = new URI(template.replace(CLICK_ID, SAMPLE));
                return "https".equals(url.getScheme())
                        && url.getHost() != null
                        && url.getRawUserInfo() == null
                        && HostPort.hasPort(url)
                        && !url.getRawAuthority().contains(SAMPLE)
                        && (holds(url.getRawPath()) || holds(url.getRawQuery()))
                        && template.chars().allMatch(c -> c > ' ' && c < 0x7F);
            } catch (URISyntaxException e) {
                return false;
            }
        }

        private static boolean holds(String part) {
            return part != null && part.contains(SAMPLE);
        }
    }
}
