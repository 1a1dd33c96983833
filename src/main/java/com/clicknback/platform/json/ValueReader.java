package com.clicknback.platform.json;

import com.clicknback.platform.errors.Violation;
import com.clicknback.platform.json.StrictTypes.StrictType;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the values of one member of a record. */
interface ValueReader {
    /**
     * The value of the current token, which it leaves at the value's end; null when the value is not of the type, which is
     * then noted.
     *
     * @param prefix of the path of the object around it, empty or ending with a dot
     */
    @Nullable
    Object read(JsonParser in, String prefix, String name, List<Violation> violations) throws IOException;

    /** The value that a text stands for, as in a query. */
    default @Nullable Object text(String text, String name, List<Violation> violations) {
        throw new IllegalStateException(name + " cannot be read from a text");
    }

    /** The reader of a component of a record, by its type and annotations. */
    static ValueReader of(RecordComponent component) {
        boolean orNull = component.getAccessor().getAnnotation(OrNull.class) != null;
        if (component.getAccessor().getAnnotation(OrDecimalString.class) != null) {
            return new Scalar(StrictTypes.NUMBER_OR_STRING, orNull);
        }
        if (!List.class.equals(component.getType())) {
            return of(component.getType(), orNull);
        }
        Size size = component.getAccessor().getAnnotation(Size.class);
        if (size == null) {
            throw new IllegalStateException("a list of a request needs a @Size: " + component);
        }
        Type element = ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
        return new Elements(ofElement(element, orNull), size.max());
    }

    private static ValueReader ofElement(Type type, boolean orNull) {
        return type instanceof ParameterizedType items
                ? new Items<>(((Class<?>) items.getActualTypeArguments()[0]).asSubclass(Record.class))
                : of((Class<?>) type, orNull);
    }

    private static ValueReader of(Class<?> type, boolean orNull) {
        return type.isRecord() && !StrictTypes.includes(type)
                ? RecordReader.of(type.asSubclass(Record.class))
                : new Scalar(StrictTypes.of(type), orNull);
    }

    /** Reads values that are no structures. JSON null is wrong unless the member says {@link OrNull}. */
    record Scalar(StrictType<?> type, boolean orNull) implements ValueReader {
        @Override
        public @Nullable Object read(JsonParser in, String prefix, String name, List<Violation> violations)
                throws IOException {
            JsonToken token = in.currentToken();
            if (token == JsonToken.VALUE_NULL) {
                if (!orNull) {
                    violations.add(new Violation(prefix + name, "must not be null"));
                }
                return null;
            }
            Object value = type.reading().read(token, in.getText(), false);
            if (value == null) {
                in.skipChildren();
                violations.add(new Violation(prefix + name, type.expectation()));
            }
            return value;
        }

        @Override
        public @Nullable Object text(String text, String name, List<Violation> violations) {
            Object value = type.reading().read(JsonToken.VALUE_STRING, text, true);
            if (value == null) {
                violations.add(new Violation(name, type.expectation()));
            }
            return value;
        }
    }

    /**
     * Reads lists. Elements beyond the maximum are counted and not read: the list is refused for its size.
     *
     * @param countMax elements
     */
    record Elements(ValueReader element, int countMax) implements ValueReader {
        @Override
        public @Nullable Object read(JsonParser in, String prefix, String name, List<Violation> violations)
                throws IOException {
            if (in.hasToken(JsonToken.VALUE_NULL)) {
                return null;
            }
            if (!in.hasToken(JsonToken.START_ARRAY)) {
                in.skipChildren();
                violations.add(new Violation(prefix + name, "must be an array"));
                return null;
            }
            List<@Nullable Object> elements = new ArrayList<>();
            String inside = prefix + name + ".";
            while (in.nextToken() != JsonToken.END_ARRAY) {
                if (elements.size() < countMax) {
                    elements.add(element.read(in, inside, Integer.toString(elements.size()), violations));
                } else {
                    in.skipChildren();
                    if (elements.size() == countMax) {
                        elements.add(null);
                    }
                }
            }
            return elements;
        }
    }

    /** Reads elements of which a wrong one does not refuse the request. */
    record Items<R extends Record>(Class<R> type) implements ValueReader {
        @Override
        public Object read(JsonParser in, String prefix, String name, List<Violation> ofRequest) throws IOException {
            if (!in.hasToken(JsonToken.START_OBJECT)) {
                in.skipChildren();
                return ListItem.notAnObject();
            }
            List<Violation> violations = new ArrayList<>();
            R value = RecordReader.of(type).object(in, "", violations);
            return ListItem.of(value, violations);
        }
    }
}
