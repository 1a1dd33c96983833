package com.clicknback;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads single settings by path and collects what is wrong with them; a wrong one is read as some valid value, so that
 * all problems are found at once.
 */
final class Settings {
    private static final String VARIABLE_PREFIX = "CLICKNBACK_";

    private final JsonObject tree;
    private final Set<String> known = new TreeSet<>();
    private final List<String> problems = new ArrayList<>();

    /**
     * @param tree nested settings, and beside them the variables of the environment
     */
    Settings(JsonObject tree) {
        this.tree = tree;
    }

    /** The environment variable that sets a path. */
    static String variable(String path) {
        return VARIABLE_PREFIX + path.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** The text of a setting, empty when it is not set. */
    Optional<String> text(String path) {
        known.add(path);
        return fromEnvironment(path)
                .or(() -> fromFiles(path))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }

    private Optional<String> fromEnvironment(String path) {
        return Optional.ofNullable(tree.getValue(variable(path)))
                .map(Object::toString)
                .filter(text -> !text.isBlank());
    }

    private Optional<String> fromFiles(String path) {
        Object at = tree;
        for (String member : path.split("\\.")) {
            at = at instanceof JsonObject section ? section.getValue(member) : null;
        }
        if (at instanceof JsonObject) {
            problem(path, "must be a single value");
            return Optional.empty();
        }
        if (at instanceof JsonArray values) {
            return Optional.of(values.stream().map(String::valueOf).collect(Collectors.joining(",")));
        }
        return Optional.ofNullable(at).map(Object::toString);
    }

    /** A setting that must be there, in some form. */
    <T> T required(String path, String expectation, T otherwise, Function<String, T> parse) {
        return optional(path, expectation, parse).orElseGet(() -> {
            if (text(path).isEmpty()) {
                problem(path, "is required: " + expectation);
            }
            return otherwise;
        });
    }

    /**
     * A setting that may be left out.
     *
     * @param parse throws RuntimeException for what it does not accept
     */
    <T> Optional<T> optional(String path, String expectation, Function<String, T> parse) {
        return text(path).flatMap(text -> {
            try {
                return Optional.of(parse.apply(text));
            } catch (RuntimeException refused) {
                problem(path, "must be " + expectation + ", not '" + text + "'");
                return Optional.empty();
            }
        });
    }

    /** Like {@link #optional}, for values that no message may show. */
    <T> Optional<T> secret(String path, String expectation, Function<String, T> parse) {
        return text(path).flatMap(text -> {
            try {
                return Optional.of(parse.apply(text));
            } catch (RuntimeException refused) {
                problem(path, "must be " + expectation);
                return Optional.empty();
            }
        });
    }

    int whole(String path, int min, int max) {
        return required(path, "a whole number from " + min + " to " + max, min, text -> {
            int value = Integer.parseInt(text);
            return requireThat(value >= min && value <= max, value);
        });
    }

    BigDecimal decimal(String path, String min, String max, int fractionDigits) {
        BigDecimal lowest = new BigDecimal(min);
        BigDecimal highest = new BigDecimal(max);
        String expectation =
                "a number from %s to %s with at most %s fraction digits".formatted(min, max, fractionDigits);
        return required(path, expectation, highest, text -> {
            BigDecimal value = new BigDecimal(text);
            boolean inRange = value.compareTo(lowest) >= 0 && value.compareTo(highest) <= 0;
            return requireThat(inRange && value.stripTrailingZeros().scale() <= fractionDigits, value);
        });
    }

    String choice(String path, String... choices) {
        return required(
                path,
                "one of " + String.join(", ", choices),
                choices[0],
                text -> requireThat(Arrays.asList(choices).contains(text), text));
    }

    /** The values of a list, none when it is not set. */
    List<String> list(String path) {
        return text(path)
                .map(text -> Arrays.stream(text.split(","))
                        .map(String::strip)
                        .filter(value -> !value.isEmpty())
                        .toList())
                .orElse(List.of());
    }

    /** For parsers: the value, or the refusal of it. */
    static <T> T requireThat(boolean accepted, T value) {
        if (!accepted) {
            throw new IllegalArgumentException("not accepted");
        }
        return value;
    }

    void problem(String path, String what) {
        problems.add(path + " (" + variable(path) + ") " + what);
    }

    /** Throws ConfigurationException when anything that was read, or that nothing reads, is wrong. */
    void requireValid() {
        findUnknown("", tree);
        if (!problems.isEmpty()) {
            throw new ConfigurationException(List.copyOf(problems));
        }
    }

    private void findUnknown(String prefix, JsonObject section) {
        for (Map.Entry<String, Object> member : section) {
            String path = prefix + member.getKey();
            boolean fromEnvironment = prefix.isEmpty() && path.equals(path.toUpperCase(Locale.ROOT));
            if (fromEnvironment || known.contains(path)) {
                continue;
            }
            if (member.getValue() instanceof JsonObject nested) {
                findUnknown(path + ".", nested);
            } else {
                problems.add(path + " in conf/local.yaml is no setting of this service");
            }
        }
    }
}
