package com.clicknback.platform.json;

import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.Violation;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Path;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.jspecify.annotations.Nullable;

/** The constraints that records declare (Jakarta Validation), and the refusal that lists what violates them. */
final class Constraints {
    private static final Validator VALIDATOR = Validation.byDefaultProvider()
            .configure()
            // English, as the contract says, wherever the process runs.
            .messageInterpolator(new ParameterMessageInterpolator(Set.of(), Locale.ENGLISH, false))
            .buildValidatorFactory()
            .getValidator();

    private static final SnakeCaseStrategy SNAKE_CASE = new SnakeCaseStrategy();

    private static final ClassValue<DeclarationOrder> ORDERS = new ClassValue<>() {
        @Override
        protected DeclarationOrder computeValue(Class<?> type) {
            return DeclarationOrder.of(type);
        }
    };

    private Constraints() {}

    /** Adds the violations of a value. A member of a wrong type was read as null: its constraints add nothing about it. */
    static void check(Object value, List<Violation> violations) {
        if (violations.isEmpty() && PlainChecks.pass(value)) {
            return;
        }
        Set<String> wrong = new HashSet<>();
        violations.forEach(violation -> wrong.add(violation.field()));
        for (ConstraintViolation<Object> found : VALIDATOR.validate(value)) {
            String field = memberPath(found.getPropertyPath());
            if (!wrong.contains(field)) {
                violations.add(new Violation(field, found.getMessage()));
            }
        }
    }

    /** The refusal that lists the violations by declaration, those of one member by text; null when there are none. */
    static @Nullable DomainException refusal(Class<?> type, List<Violation> violations) {
        if (violations.isEmpty()) {
            return null;
        }
        // The validator reports in the order of a hash table.
        violations.sort(Comparator.comparing(Violation::field, ORDERS.get(type)).thenComparing(Violation::reason));
        return DomainException.validation(violations);
    }

    private static String memberPath(Path path) {
        StringBuilder members = new StringBuilder();
        for (Path.Node node : path) {
            @Nullable Integer index = node.getIndex();
            if (index != null) {
                members.append('.').append(index);
            }
            if (node.getName() != null && !node.getName().startsWith("<")) {
                members.append('.').append(SNAKE_CASE.translate(node.getName()));
            }
        }
        return members.substring(1);
    }
}
