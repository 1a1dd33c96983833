package com.clicknback.platform.json;

import com.clicknback.platform.errors.Violation;
import com.clicknback.platform.json.StrictTypes.StrictType;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import com.fasterxml.jackson.databind.util.AccessPattern;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a value of one type. A value that is not of the type is noted as a {@link Violation} and read as null, so that
 * one pass finds all that is wrong. JSON null is wrong unless the member says {@link OrNull}.
 */
final class StrictDeserializer<T> extends JsonDeserializer<T> implements ContextualDeserializer {
    /** Context attribute: the list that violations are added to. */
    static final String VIOLATIONS = "violations";

    /** Context attribute, present for query parameters: every value is text. */
    static final String TEXT_ONLY = "text-only";

    private final StrictType<T> type;
    private final boolean orNull;

    StrictDeserializer(StrictType<T> type) {
        this(type, false);
    }

    private StrictDeserializer(StrictType<T> type, boolean orNull) {
        this.type = type;
        this.orNull = orNull;
    }

    @Override
    public JsonDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property) {
        if (property == null) {
            return this;
        }
        boolean nullable = property.getAnnotation(OrNull.class) != null;
        return property.getAnnotation(OrDecimalString.class) == null
                ? new StrictDeserializer<>(type, nullable)
                : new StrictDeserializer<>(StrictTypes.NUMBER_OR_STRING, nullable);
    }

    @Override
    public @Nullable T deserialize(JsonParser in, DeserializationContext context) throws IOException {
        T value = type.reading().read(in, context.getAttribute(TEXT_ONLY) != null);
        if (value == null) {
            // Behind an array or object the parser stands at the member again, not inside it.
            in.skipChildren();
            note(context, type.expectation());
        }
        return value;
    }

    @Override
    public @Nullable T getNullValue(DeserializationContext context) {
        if (!orNull) {
            note(context, "must not be null");
        }
        return null;
    }

    @Override
    public @Nullable Object getAbsentValue(DeserializationContext context) {
        return null;
    }

    @Override
    public AccessPattern getNullAccessPattern() {
        return AccessPattern.DYNAMIC;
    }

    @SuppressWarnings("unchecked")
    private static void note(DeserializationContext context, String reason) {
        List<Violation> violations = (List<Violation>) context.getAttribute(VIOLATIONS);
        String path = path(context.getParser().getParsingContext());
        // A value that was noted and read as null is then offered once more, as a null.
        boolean noted = !violations.isEmpty()
                && violations.get(violations.size() - 1).field().equals(path);
        if (!noted) {
            violations.add(new Violation(path, reason));
        }
    }

    private static String path(@Nullable JsonStreamContext at) {
        Deque<String> members = new ArrayDeque<>();
        for (JsonStreamContext c = at; c != null && !c.inRoot(); c = c.getParent()) {
            if (c.inArray()) {
                members.push(Integer.toString(c.getCurrentIndex()));
            } else if (c.hasCurrentName()) {
                members.push(c.getCurrentName());
            }
        }
        return members.isEmpty() ? "body" : String.join(".", members);
    }

    /** Notes a value where a record or a list belongs and reads it as null. */
    static final class WrongShape extends DeserializationProblemHandler {
        @Override
        public @Nullable Object handleUnexpectedToken(
                DeserializationContext context, JavaType target, JsonToken token, JsonParser in, String message)
                throws IOException {
            in.skipChildren();
            note(
                    context,
                    target.isContainerType() && !target.isMapLikeType() ? "must be an array" : "must be an object");
            return null;
        }

        @Override
        public @Nullable Object handleMissingInstantiator(
                DeserializationContext context,
                Class<?> type,
                ValueInstantiator instantiator,
                JsonParser in,
                String message)
                throws IOException {
            in.skipChildren();
            note(context, "must be an object");
            return null;
        }
    }
}
