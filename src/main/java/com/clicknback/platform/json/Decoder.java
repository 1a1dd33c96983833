package com.clicknback.platform.json;

import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.Violation;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads bodies and query parameters into records: JSON syntax, then types ({@link StrictTypes}) and constraints
 * (Jakarta Validation) together. Fails with {@code VALIDATION_ERROR} that lists every violation in the order in which
 * the record declares its members. A body that is no JSON object, or breaks the limits below, violates {@code body}.
 */
public final class Decoder {
    private static final int DEPTH_MAX = 64;
    private static final int NAME_LENGTH_MAX = 256;
    private static final int NUMBER_LENGTH_MAX = 1_000;

    /** Names, values, and the starts and ends of structures: several times those of the largest batch. */
    private static final int TOKENS_MAX = 100_000;

    private static final String BEYOND_LIMITS =
            "must have at most %d tokens, %d levels, and %d characters in a name or %d in a number"
                    .formatted(TOKENS_MAX, DEPTH_MAX, NAME_LENGTH_MAX, NUMBER_LENGTH_MAX);

    private static final JsonFactory JSON = JsonFactory.builder()
            // Names that clients make up are not worth a place in the JVM's table of strings.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX)
                    .maxTokenCount(TOKENS_MAX)
                    .maxNameLength(NAME_LENGTH_MAX)
                    .maxNumberLength(NUMBER_LENGTH_MAX)
                    .build())
            .build();

    private static final Buffer EMPTY = Buffer.buffer("{}");

    private Decoder() {}

    /** Reads the object whose start is the current token, to its end. */
    @FunctionalInterface
    private interface Reading<T> {
        T read(JsonParser in) throws IOException;
    }

    /** Reads a body into a record; an absent body is an empty object. */
    public static <R extends Record> R read(@Nullable Buffer body, Class<R> type) {
        return draft(body, type).checked();
    }

    /** Reads a body into a record, for bodies whose form depends on a member; fails at once when it is no JSON object. */
    public static <R extends Record> Draft<R> draft(@Nullable Buffer body, Class<R> type) {
        List<Violation> violations = new ArrayList<>();
        R value = whole(body, in -> RecordReader.of(type).object(in, "", violations));
        return new Draft<>(value, type, violations);
    }

    /** A record as it was read: what is of a wrong type in it is null. */
    public static final class Draft<R extends Record> {
        private final R value;
        private final Class<R> type;
        private final List<Violation> violations;

        private Draft(R value, Class<R> type, List<Violation> violations) {
            this.value = value;
            this.type = type;
            this.violations = violations;
        }

        /** The record, although it may violate its constraints. */
        public R unchecked() {
            return value;
        }

        /** The record; fails with {@code VALIDATION_ERROR} that lists all violations. */
        public R checked() {
            return Decoder.checked(value, type, violations);
        }
    }

    /** Fails unless a body is absent or one JSON object. */
    public static void requireObject(@Nullable Buffer body) {
        whole(body, JsonParser::skipChildren);
    }

    /** True when a member of a body that was read before is JSON null. */
    public static boolean isNull(@Nullable Buffer body, String member) {
        boolean[] found = new boolean[1];
        whole(body, in -> {
            for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
                JsonToken value = in.nextToken();
                found[0] |= name.equals(member) && value == JsonToken.VALUE_NULL;
                in.skipChildren();
            }
            return in;
        });
        return found[0];
    }

    /** Reads query parameters, of which the last of a name counts, into a record. */
    public static <R extends Record> R query(MultiMap parameters, Class<R> type) {
        List<Violation> violations = new ArrayList<>();
        R value = RecordReader.of(type).texts(parameters, violations);
        return checked(value, type, violations);
    }

    private static <R extends Record> R checked(R value, Class<R> type, List<Violation> violations) {
        Constraints.check(value, violations);
        DomainException refusal = Constraints.refusal(type, violations);
        if (refusal != null) {
            throw refusal;
        }
        return value;
    }

    private static <T> T whole(@Nullable Buffer body, Reading<T> reading) {
        byte[] bytes = Bytes.of(body == null ? EMPTY : body);
        int start = Utf8.afterMark(bytes);
        // The parser would accept ill-formed UTF-8, and would guess other encodings by their zero bytes.
        if (!Utf8.isWellFormed(bytes)) {
            throw wrong("must be UTF-8");
        }
        if (Utf8.startsWithZero(bytes)) {
            throw wrong("must be well-formed JSON");
        }
        try (JsonParser in = JSON.createParser(bytes, start, bytes.length - start)) {
            JsonToken first = in.nextToken();
            T read = first == JsonToken.START_OBJECT ? reading.read(in) : null;
            in.skipChildren();
            if (first == null || in.nextToken() != null) {
                throw wrong("must be well-formed JSON");
            }
            if (read == null) {
                throw wrong("must be a JSON object");
            }
            return read;
        } catch (StreamConstraintsException e) {
            throw wrong(BEYOND_LIMITS);
        } catch (JsonProcessingException e) {
            throw wrong("must be well-formed JSON");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DomainException wrong(String reason) {
        return DomainException.validation("body", reason);
    }
}
