package com.clicknback.platform.json;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The constraints of a record that can be checked without the validator, which makes a context for each. They find valid
 * values quickly; what is wrong with the others only the validator can say. A record with any other constraint has none.
 */
final class PlainChecks {
    private static final ClassValue<PlainChecks> OF_TYPES = new ClassValue<>() {
        @Override
        protected PlainChecks computeValue(Class<?> type) {
            return new PlainChecks(type);
        }
    };

    private static final Predicate<@Nullable Object> ALWAYS = value -> true;
    private static final Predicate<@Nullable Object> UNKNOWN = value -> false;

    private final List<Predicate<@Nullable Object>> checks = new ArrayList<>();

    private PlainChecks(Class<?> type) {
        if (!type.isRecord() || type.getInterfaces().length > 0) {
            checks.add(UNKNOWN);
            return;
        }
        for (Annotation annotation : type.getAnnotations()) {
            add(check(annotation, type));
        }
        for (RecordComponent component : type.getRecordComponents()) {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            if (!hasPlainArguments(component.getAnnotatedType())) {
                add(UNKNOWN);
            }
            for (Annotation annotation : accessor.getAnnotations()) {
                Predicate<@Nullable Object> check = check(annotation, component.getType());
                if (check != ALWAYS) {
                    add(owner -> check.test(valueOf(accessor, owner)));
                }
            }
        }
    }

    /** True when a record violates no constraint; false when it may. */
    static boolean pass(Object value) {
        return OF_TYPES.get(value.getClass()).test(value);
    }

    private void add(Predicate<@Nullable Object> check) {
        if (check != ALWAYS) {
            checks.add(check);
        }
    }

    private boolean test(Object value) {
        for (Predicate<@Nullable Object> check : checks) {
            if (!check.test(value)) {
                return false;
            }
        }
        return true;
    }

    /** False when something is annotated inside of a generic type. */
    private static boolean hasPlainArguments(AnnotatedType type) {
        if (type instanceof AnnotatedParameterizedType generic) {
            for (AnnotatedType argument : generic.getAnnotatedActualTypeArguments()) {
                if (argument.getAnnotations().length > 0 || !hasPlainArguments(argument)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static Predicate<@Nullable Object> check(Annotation annotation, Class<?> type) {
        if (annotation instanceof NotNull) {
            return Objects::nonNull;
        }
        if (annotation instanceof Valid && type.isRecord()) {
            return value -> value == null || pass(value);
        }
        if (annotation instanceof Size size && Collection.class.isAssignableFrom(type)) {
            return value -> value == null || isWithin(size, ((Collection<?>) value).size());
        }
        if (annotation instanceof Pattern pattern && pattern.flags().length == 0) {
            java.util.regex.Pattern form = java.util.regex.Pattern.compile(pattern.regexp());
            return value -> value == null || form.matcher((CharSequence) value).matches();
        }
        Class<? extends Annotation> kind = annotation.annotationType();
        Constraint constraint = kind.getAnnotation(Constraint.class);
        if (constraint == null) {
            return kind.getPackageName().startsWith("jakarta.validation") ? UNKNOWN : ALWAYS;
        }
        return constraint.validatedBy().length == 1 ? condition(constraint.validatedBy()[0], annotation) : UNKNOWN;
    }

    private static boolean isWithin(Size size, int count) {
        return count >= size.min() && count <= size.max();
    }

    @SuppressWarnings("unchecked")
    private static Predicate<@Nullable Object> condition(
            Class<? extends ConstraintValidator<?, ?>> validator, Annotation annotation) {
        if (!Condition.class.isAssignableFrom(validator)) {
            return UNKNOWN;
        }
        try {
            var made = (ConstraintValidator<Annotation, Object>)
                    validator.getDeclaredConstructor().newInstance();
            made.initialize(annotation);
            return ((Condition<Object>) made)::isMet;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(validator + " cannot be made", e);
        }
    }

    private static @Nullable Object valueOf(Method accessor, @Nullable Object owner) {
        try {
            return accessor.invoke(owner);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + accessor, e);
        }
    }
}
