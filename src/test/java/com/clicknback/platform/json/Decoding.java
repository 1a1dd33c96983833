package com.clicknback.platform.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.Violation;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** Reads records from bodies and queries, and names the fields that are refused. */
final class Decoding {
    private Decoding() {}

    static <R extends Record> R body(Class<R> type, String json) {
        return Decoder.read(Buffer.buffer(json), type);
    }

    static <R extends Record> R value(Class<R> type, String value) {
        return body(type, "{\"value\":" + value + "}");
    }

    static <R extends Record> R query(Class<R> type, String value) {
        return Decoder.query(MultiMap.caseInsensitiveMultiMap().add("value", value), type);
    }

    /** The fields that are wrong, in the order of the refusal; none when the call succeeds. */
    static List<String> wrong(Runnable read) {
        try {
            read.run();
            return List.of();
        } catch (DomainException e) {
            assertThat(e.code().status()).isEqualTo(422);
            @SuppressWarnings("unchecked")
            List<Violation> violations = (List<Violation>) e.details().get("violations");
            assertThat(violations).allMatch(violation -> !violation.reason().isBlank());
            return violations.stream().map(Violation::field).toList();
        }
    }

    static <R extends Record> void refuses(Class<R> type, String value) {
        assertThat(wrong(() -> value(type, value))).as(value).containsExactly("value");
    }

    static <R extends Record> void refusesQuery(Class<R> type, String value) {
        assertThat(wrong(() -> query(type, value))).as(value).containsExactly("value");
    }
}
