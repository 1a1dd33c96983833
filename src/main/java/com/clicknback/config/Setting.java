package com.clicknback.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import java.lang.annotation.Annotation;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One setting, as a component of {@link Settings} or of a record inside it declares it.
 *
 * @param path in {@code conf/default.yaml}, its parts joined by dots
 * @param property the same path by the names of the components
 */
record Setting(String path, String property, RecordComponent component) {
    static final String VARIABLE_PREFIX = "CLICKNBACK_";
    private static final String FILE_SUFFIX = "_FILE";
    private static final SnakeCaseStrategy SNAKE_CASE = new SnakeCaseStrategy();

    /** All settings in the order of their declaration. */
    static final List<Setting> ALL = in("", "", Settings.class).toList();

    private static final Map<String, Setting> BY_PATH =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Setting::path, Function.identity()));
    private static final Map<String, Setting> BY_PROPERTY =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Setting::property, Function.identity()));

    private static Stream<Setting> in(String path, String property, Class<?> section) {
        return Arrays.stream(section.getRecordComponents()).flatMap(component -> {
            Setting setting = new Setting(path + name(component), property + component.getName(), component);
            return component.getType().isRecord() && !TextTypes.reads(component.getType())
                    ? in(setting.path + ".", setting.property + ".", component.getType())
                    : Stream.of(setting);
        });
    }

    private static String name(RecordComponent component) {
        JsonProperty explicit = component.getAccessor().getAnnotation(JsonProperty.class);
        return explicit == null ? SNAKE_CASE.translate(component.getName()) : explicit.value();
    }

    static Optional<Setting> at(String path) {
        return Optional.ofNullable(BY_PATH.get(path));
    }

    static Optional<Setting> ofProperty(String property) {
        return Optional.ofNullable(BY_PROPERTY.get(property));
    }

    /** The environment variable that sets a path. */
    static String variable(String path) {
        return VARIABLE_PREFIX + path.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    String variable() {
        return variable(path);
    }

    /** The environment variable that names a file with the value; of secrets only. */
    String fileVariable() {
        return variable() + FILE_SUFFIX;
    }

    /** The variables that set it. */
    Stream<String> variables() {
        return secret() ? Stream.of(variable(), fileVariable()) : Stream.of(variable());
    }

    boolean inside(String section) {
        return path.startsWith(section + ".");
    }

    boolean secret() {
        return annotation(Secret.class).isPresent();
    }

    boolean list() {
        return Collection.class.isAssignableFrom(component.getType());
    }

    /** False when the setting may be left empty. */
    boolean required() {
        return !list() && !component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    /** The phrase that completes "must be". */
    String expectation() {
        return Expectation.of(this);
    }

    <A extends Annotation> Optional<A> annotation(Class<A> type) {
        return Optional.ofNullable(component.getAccessor().getAnnotation(type));
    }
}
