package com.clicknback.platform.json;

import com.clicknback.platform.errors.Violation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import io.vertx.core.MultiMap;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON objects into records of one type, token by token. A value that is not of its member's type is noted as a
 * {@link Violation} and read as null, so that one pass finds all violations. Unknown members are skipped and keep nothing.
 */
final class RecordReader<R extends Record> implements ValueReader {
    private static final SnakeCaseStrategy SNAKE_CASE = new SnakeCaseStrategy();
    private static final ClassValue<RecordReader<?>> READERS = new ClassValue<>() {
        @Override
        protected RecordReader<?> computeValue(Class<?> type) {
            return new RecordReader<>(type.asSubclass(Record.class));
        }
    };

    private final Constructor<R> constructor;
    private final Map<String, Member> members = new HashMap<>();

    private record Member(int index, ValueReader reader) {}

    private RecordReader(Class<R> type) {
        RecordComponent[] components = type.getRecordComponents();
        try {
            constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(type + " has no canonical constructor", e);
        }
        constructor.setAccessible(true);
        for (int i = 0; i < components.length; i++) {
            members.put(SNAKE_CASE.translate(components[i].getName()), new Member(i, ValueReader.of(components[i])));
        }
    }

    @SuppressWarnings("unchecked")
    static <R extends Record> RecordReader<R> of(Class<R> type) {
        return (RecordReader<R>) READERS.get(type);
    }

    @Override
    public @Nullable Object read(JsonParser in, String prefix, String name, List<Violation> violations)
            throws IOException {
        if (in.hasToken(JsonToken.VALUE_NULL)) {
            return null;
        }
        if (!in.hasToken(JsonToken.START_OBJECT)) {
            in.skipChildren();
            violations.add(new Violation(prefix + name, "must be an object"));
            return null;
        }
        return object(in, prefix + name + ".", violations);
    }

    /** Reads the object whose start is the current token; of a name that comes twice, the last value counts. */
    R object(JsonParser in, String prefix, List<Violation> violations) throws IOException {
        @Nullable Object[] values = new @Nullable Object[members.size()];
        boolean[] seen = new boolean[values.length];
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            in.nextToken();
            Member member = members.get(name);
            if (member == null) {
                in.skipChildren();
                continue;
            }
            if (seen[member.index]) {
                forget(prefix + name, violations);
            }
            seen[member.index] = true;
            values[member.index] = member.reader.read(in, prefix, name, violations);
        }
        return newRecord(values);
    }

    /** Reads texts by name, as a query has them. */
    R texts(MultiMap texts, List<Violation> violations) {
        @Nullable Object[] values = new @Nullable Object[members.size()];
        for (Map.Entry<String, String> text : texts) {
            Member member = members.get(text.getKey());
            if (member != null) {
                forget(text.getKey(), violations);
                values[member.index] = member.reader.text(text.getValue(), text.getKey(), violations);
            }
        }
        return newRecord(values);
    }

    private static void forget(String path, List<Violation> violations) {
        violations.removeIf(noted -> noted.field().equals(path) || noted.field().startsWith(path + "."));
    }

    private R newRecord(@Nullable Object[] values) {
        try {
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make a " + constructor.getDeclaringClass(), e);
        }
    }
}
