package com.clicknback.platform.json;

import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.Violation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Path;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.jspecify.annotations.Nullable;

/**
 * Reads bodies and query parameters into records: JSON syntax, then types ({@link StrictTypes}) and constraints
 * (Jakarta Validation) together. Fails with {@code VALIDATION_ERROR} that lists every violation in the order in which
 * the record declares its members.
 */
public final class Decoder {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .addModule(StrictTypes.module())
            .addHandler(new StrictDeserializer.WrongShape())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final Validator CONSTRAINTS = Validation.byDefaultProvider()
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

    private Decoder() {}

    /** The object that a body holds; anything else is a violation on {@code body}. */
    public static ObjectNode object(Buffer body) {
        JsonNode root;
        try {
            // Decoded here because the parser would accept ill-formed UTF-8 and guess other encodings.
            CharSequence text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body.getBytes()));
            root = JSON.readTree(text.toString());
        } catch (CharacterCodingException e) {
            throw DomainException.validation("body", "must be UTF-8");
        } catch (JsonProcessingException e) {
            throw DomainException.validation("body", "must be well-formed JSON");
        } catch (NumberFormatException e) {
            throw DomainException.validation("body", "must not hold numbers with exponents beyond any use");
        }
        if (root instanceof ObjectNode object) {
            return object;
        }
        throw DomainException.validation("body", "must be a JSON object");
    }

    /** Reads one JSON value into a record; a value that is no object is a violation on {@code notObject}. */
    public static <R extends Record> R read(JsonNode value, Class<R> type, String notObject) {
        if (!value.isObject()) {
            throw DomainException.validation(notObject, "must be a JSON object");
        }
        return read((ObjectNode) value, type, JSON.readerFor(type));
    }

    /** The text of a member, or null when it has none that could be stored and written again. */
    public static @Nullable String text(JsonNode object, String member) {
        JsonNode value = object.get(member);
        return value != null && value.isTextual() && StrictTypes.isStorable(value.textValue())
                ? value.textValue()
                : null;
    }

    /** Reads query parameters, of which the last of a name counts, into a record. */
    public static <R extends Record> R query(MultiMap parameters, Class<R> type) {
        ObjectNode texts = JSON.createObjectNode();
        for (Map.Entry<String, String> parameter : parameters) {
            texts.put(parameter.getKey(), parameter.getValue());
        }
        return read(texts, type, JSON.readerFor(type).withAttribute(StrictDeserializer.TEXT_ONLY, true));
    }

    private static <R extends Record> R read(ObjectNode object, Class<R> type, ObjectReader reader) {
        List<Violation> violations = new ArrayList<>();
        R value;
        try {
            value = reader.withAttribute(StrictDeserializer.VIOLATIONS, violations)
                    .readValue(object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        addConstraintViolations(value, violations);
        if (violations.isEmpty()) {
            return value;
        }
        violations.sort(Comparator.comparing(Violation::field, ORDERS.get(type)));
        throw DomainException.validation(violations);
    }

    /** A member of a wrong type was read as null: its constraints say nothing more about it. */
    private static void addConstraintViolations(Object value, List<Violation> violations) {
        Set<String> wrong = new HashSet<>();
        violations.forEach(violation -> wrong.add(violation.field()));
        for (ConstraintViolation<Object> found : CONSTRAINTS.validate(value)) {
            String field = memberPath(found.getPropertyPath());
            if (!wrong.contains(field)) {
                violations.add(new Violation(field, found.getMessage()));
            }
        }
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
