package com.clicknback.platform.json;

import com.clicknback.money.Money;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.Serial;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;

/**
 * The form of responses: snake_case members, amounts as decimal strings, UTC times with at most six fraction digits,
 * enumerations in lower case.
 */
public final class Wire {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .addModule(new JavaTimeModule())
            .addModule(new SimpleModule()
                    .addSerializer(new MoneyForm())
                    .addSerializer(new TimeForm())
                    .addSerializer(new EnumForm()))
            .build();

    /** By ordinal. An answer to a batch names thousands of values, so each name is made once. */
    private static final ClassValue<String[]> NAMES = new ClassValue<>() {
        @Override
        protected String[] computeValue(Class<?> type) {
            return Arrays.stream(type.getEnumConstants())
                    .map(value -> ((Enum<?>) value).name().toLowerCase(Locale.ROOT))
                    .toArray(String[]::new);
        }
    };

    private Wire() {}

    /** The JSON of a response body. */
    public static Buffer encode(Object body) {
        try {
            return Bytes.buffer(JSON.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("response cannot be written: " + body.getClass(), e);
        }
    }

    /** The name of an enumerated value on the wire. */
    public static String name(Enum<?> value) {
        return NAMES.get(value.getDeclaringClass())[value.ordinal()];
    }

    private static final class MoneyForm extends StdSerializer<Money> {
        @Serial
        private static final long serialVersionUID = 1;

        MoneyForm() {
            super(Money.class);
        }

        @Override
        public void serialize(Money amount, JsonGenerator out, SerializerProvider p) throws IOException {
            out.writeString(amount.toString());
        }
    }

    private static final class TimeForm extends StdSerializer<Instant> {
        @Serial
        private static final long serialVersionUID = 1;

        TimeForm() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant time, JsonGenerator out, SerializerProvider p) throws IOException {
            out.writeString(time.truncatedTo(ChronoUnit.MICROS).toString());
        }
    }

    @SuppressWarnings("rawtypes")
    private static final class EnumForm extends StdSerializer<Enum> {
        @Serial
        private static final long serialVersionUID = 1;

        EnumForm() {
            super(Enum.class);
        }

        @Override
        public void serialize(Enum value, JsonGenerator out, SerializerProvider p) throws IOException {
            out.writeString(name(value));
        }
    }
}
