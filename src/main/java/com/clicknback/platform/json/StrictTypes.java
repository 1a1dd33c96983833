package com.clicknback.platform.json;

import com.clicknback.money.Money;
import com.clicknback.platform.errors.Violation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.util.AccessPattern;
import java.io.IOException;
import java.io.Serial;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the types of section 1.3 of the HTTP contract without coercion. A value of a wrong type is noted as a {@link
 * Violation} and read as null, so that one pass finds all that is wrong.
 */
final class StrictTypes {
    /** Context attribute: the list that violations are added to. */
    static final String VIOLATIONS = "violations";

    /** Context attribute, present for query parameters: every value is text. */
    static final String TEXT_ONLY = "text-only";

    private static final Pattern MONEY_STRING = Pattern.compile("[0-9]{1,10}(\\.[0-9]{1,2})?");
    private static final Pattern DECIMAL_STRING = Pattern.compile("-?[0-9]{1,40}(\\.[0-9]{1,40})?");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final Pattern DATE_FORM = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final int MONEY_FRACTION_DIGITS = 2;

    private StrictTypes() {}

    static SimpleModule module() {
        SimpleModule module = new SimpleModule();
        module.addDeserializer(String.class, new StringType());
        module.addDeserializer(UUID.class, new UuidType());
        module.addDeserializer(Boolean.class, new BooleanType());
        module.addDeserializer(Integer.class, new IntegerType());
        module.addDeserializer(BigDecimal.class, new NumberType(false));
        module.addDeserializer(Money.class, new MoneyType());
        module.addDeserializer(LocalDate.class, new DateType());
        module.addDeserializer(Instant.class, new TimestampType());
        module.setDeserializerModifier(new BeanDeserializerModifier() {
            @Serial
            private static final long serialVersionUID = 1;

            @Override
            public JsonDeserializer<?> modifyEnumDeserializer(
                    DeserializationConfig config,
                    JavaType type,
                    BeanDescription description,
                    JsonDeserializer<?> standard) {
                return new EnumType(type.getRawClass());
            }
        });
        return module;
    }

    /** Notes a value of the wrong shape (an object or array where another is expected) and reads it as null. */
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
                com.fasterxml.jackson.databind.deser.ValueInstantiator instantiator,
                JsonParser in,
                String message)
                throws IOException {
            in.skipChildren();
            note(context, "must be an object");
            return null;
        }
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

    /** A type whose wrong values are noted; null is wrong unless the member says {@link OrNull}. */
    private abstract static class StrictType<T> extends StdDeserializer<T> implements ContextualDeserializer {
        @Serial
        private static final long serialVersionUID = 1;

        private final String expectation;
        private boolean orNull;

        StrictType(Class<?> type, String expectation) {
            super(type);
            this.expectation = expectation;
        }

        /** The value of the current token, or null when it is not of this type. */
        abstract @Nullable T read(JsonParser in, boolean textOnly) throws IOException;

        abstract StrictType<T> copy(BeanProperty property);

        @Override
        public final JsonDeserializer<?> createContextual(
                DeserializationContext context, @Nullable BeanProperty property) {
            if (property == null) {
                return this;
            }
            StrictType<T> mine = copy(property);
            mine.orNull = property.getAnnotation(OrNull.class) != null;
            return mine;
        }

        @Override
        public final @Nullable T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            T value = read(in, context.getAttribute(TEXT_ONLY) != null);
            if (value == null) {
                // Behind an array or object the parser stands at the member again, not inside it.
                in.skipChildren();
                note(context, expectation);
            }
            return value;
        }

        @Override
        public final @Nullable T getNullValue(DeserializationContext context) {
            if (!orNull) {
                note(context, "must not be null");
            }
            return null;
        }

        @Override
        public final @Nullable Object getAbsentValue(DeserializationContext context) {
            return null;
        }

        @Override
        public final AccessPattern getNullAccessPattern() {
            return AccessPattern.DYNAMIC;
        }
    }

    private static final class StringType extends StrictType<String> {
        @Serial
        private static final long serialVersionUID = 1;

        StringType() {
            super(String.class, "must be a string of Unicode characters without NUL");
        }

        @Override
        @Nullable
        String read(JsonParser in, boolean textOnly) throws IOException {
            if (!in.hasToken(JsonToken.VALUE_STRING)) {
                return null;
            }
            String text = in.getText();
            return isStorable(text) ? text : null;
        }

        @Override
        StringType copy(BeanProperty property) {
            return new StringType();
        }
    }

    /** No NUL, which PostgreSQL cannot store, and no lone surrogate, which UTF-8 cannot carry. */
    static boolean isStorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isLowSurrogate(c)) {
                return false;
            }
            if (Character.isHighSurrogate(c) && (++i == text.length() || !Character.isLowSurrogate(text.charAt(i)))) {
                return false;
            }
        }
        return true;
    }

    private static final class UuidType extends StrictType<UUID> {
        @Serial
        private static final long serialVersionUID = 1;

        UuidType() {
            super(UUID.class, "must be a UUID");
        }

        @Override
        @Nullable
        UUID read(JsonParser in, boolean textOnly) throws IOException {
            return in.hasToken(JsonToken.VALUE_STRING) ? CanonicalUuid.of(in.getText()) : null;
        }

        @Override
        UuidType copy(BeanProperty property) {
            return new UuidType();
        }
    }

    private static final class BooleanType extends StrictType<Boolean> {
        @Serial
        private static final long serialVersionUID = 1;

        BooleanType() {
            super(Boolean.class, "must be true or false");
        }

        @Override
        @Nullable
        Boolean read(JsonParser in, boolean textOnly) throws IOException {
            String text = textOnly ? in.getText() : in.currentToken().asString();
            return "true".equals(text) ? Boolean.TRUE : "false".equals(text) ? Boolean.FALSE : null;
        }

        @Override
        BooleanType copy(BeanProperty property) {
            return new BooleanType();
        }
    }

    private static final class IntegerType extends StrictType<Integer> {
        @Serial
        private static final long serialVersionUID = 1;

        IntegerType() {
            super(Integer.class, "must be a whole number in decimal digits");
        }

        @Override
        @Nullable
        Integer read(JsonParser in, boolean textOnly) throws IOException {
            String text = in.getText();
            boolean number = textOnly || in.hasToken(JsonToken.VALUE_NUMBER_INT);
            if (!number || !DIGITS.matcher(text).matches()) {
                return null;
            }
            // A number beyond the type is well-formed; its range constraint refuses it.
            return new BigDecimal(text)
                    .min(BigDecimal.valueOf(Integer.MAX_VALUE))
                    .intValueExact();
        }

        @Override
        IntegerType copy(BeanProperty property) {
            return new IntegerType();
        }
    }

    private static final class NumberType extends StrictType<BigDecimal> {
        @Serial
        private static final long serialVersionUID = 1;

        private final boolean orString;

        NumberType(boolean orString) {
            super(BigDecimal.class, orString ? "must be a number or a string of decimal digits" : "must be a number");
            this.orString = orString;
        }

        @Override
        @Nullable
        BigDecimal read(JsonParser in, boolean textOnly) throws IOException {
            if (in.currentToken().isNumeric()) {
                return in.getDecimalValue();
            }
            boolean decimalString = orString
                    && in.hasToken(JsonToken.VALUE_STRING)
                    && DECIMAL_STRING.matcher(in.getText()).matches();
            return decimalString ? new BigDecimal(in.getText()) : null;
        }

        @Override
        NumberType copy(BeanProperty property) {
            return new NumberType(property.getAnnotation(OrDecimalString.class) != null);
        }
    }

    private static final class MoneyType extends StrictType<Money> {
        @Serial
        private static final long serialVersionUID = 1;

        MoneyType() {
            super(
                    Money.class,
                    "must be an amount above 0 and up to "
                            + Money.MAX
                            + " with at most "
                            + MONEY_FRACTION_DIGITS
                            + " fraction digits");
        }

        @Override
        @Nullable
        Money read(JsonParser in, boolean textOnly) throws IOException {
            boolean form = in.currentToken().isNumeric()
                    || in.hasToken(JsonToken.VALUE_STRING)
                            && MONEY_STRING.matcher(in.getText()).matches();
            if (!form) {
                return null;
            }
            BigDecimal amount = in.currentToken().isNumeric() ? in.getDecimalValue() : new BigDecimal(in.getText());
            boolean inRange = amount.signum() > 0
                    && amount.compareTo(Money.MAX.toDecimal()) <= 0
                    && amount.stripTrailingZeros().scale() <= MONEY_FRACTION_DIGITS;
            return inRange ? Money.ofDecimal(amount) : null;
        }

        @Override
        MoneyType copy(BeanProperty property) {
            return new MoneyType();
        }
    }

    private static final class DateType extends StrictType<LocalDate> {
        @Serial
        private static final long serialVersionUID = 1;

        DateType() {
            super(LocalDate.class, "must be an existing day in the form YYYY-MM-DD");
        }

        @Override
        @Nullable
        LocalDate read(JsonParser in, boolean textOnly) throws IOException {
            if (!in.hasToken(JsonToken.VALUE_STRING)
                    || !DATE_FORM.matcher(in.getText()).matches()) {
                return null;
            }
            try {
                return LocalDate.parse(in.getText());
            } catch (DateTimeException e) {
                return null;
            }
        }

        @Override
        DateType copy(BeanProperty property) {
            return new DateType();
        }
    }

    private static final class TimestampType extends StrictType<Instant> {
        @Serial
        private static final long serialVersionUID = 1;

        TimestampType() {
            super(Instant.class, "must be an RFC 3339 time with an offset");
        }

        @Override
        @Nullable
        Instant read(JsonParser in, boolean textOnly) throws IOException {
            return in.hasToken(JsonToken.VALUE_STRING) ? Timestamps.parse(in.getText()) : null;
        }

        @Override
        TimestampType copy(BeanProperty property) {
            return new TimestampType();
        }
    }

    private static final class EnumType extends StrictType<Enum<?>> {
        @Serial
        private static final long serialVersionUID = 1;

        private final Class<?> type;

        EnumType(Class<?> type) {
            super(
                    type,
                    "must be one of "
                            + Arrays.stream(type.getEnumConstants())
                                    .map(value -> Wire.name((Enum<?>) value))
                                    .collect(Collectors.joining(", ")));
            this.type = type;
        }

        @Override
        @Nullable
        Enum<?> read(JsonParser in, boolean textOnly) throws IOException {
            if (!in.hasToken(JsonToken.VALUE_STRING)) {
                return null;
            }
            for (Object value : type.getEnumConstants()) {
                if (Wire.name((Enum<?>) value).equals(in.getText())) {
                    return (Enum<?>) value;
                }
            }
            return null;
        }

        @Override
        EnumType copy(BeanProperty property) {
            return new EnumType(type);
        }
    }
}
