package com.clicknback.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.Violation;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import jakarta.validation.constraints.NotNull;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyedBodyTest {
    private record Order(@NotNull String item, @NotNull Integer count) {}

    private static Call call(MultiMap headers, String body) {
        return new Call(
                "r-1",
                InetAddress.getLoopbackAddress(),
                new Caller.Anyone(),
                Map.of(),
                MultiMap.caseInsensitiveMultiMap(),
                headers,
                Buffer.buffer(body));
    }

    private static MultiMap key(String... values) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        for (String value : values) {
            headers.add("idempotency-key", value);
        }
        return headers;
    }

    private static List<String> violations(Call call) {
        DomainException refusal = catchThrowableOfType(DomainException.class, () -> call.keyedBody(Order.class));
        return ((List<?>) refusal.details().get("violations"))
                .stream().map(v -> ((Violation) v).field()).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", " ", "~!\"{}", "payout of April"})
    void readsPrintableKeys(String key) {
        Keyed<Order> keyed = call(key(key), "{\"item\":\"tea\",\"count\":2}").keyedBody(Order.class);
        assertThat(keyed).isEqualTo(new Keyed<>(key, new Order("tea", 2)));
    }

    @Test
    void readsKeysOf255Characters() {
        String key = "k".repeat(255);
        assertThat(call(key(key), "{\"item\":\"tea\",\"count\":2}")
                        .keyedBody(Order.class)
                        .idempotencyKey())
                .isEqualTo(key);
    }

    @Test
    void needsNoKey() {
        Call call = call(MultiMap.caseInsensitiveMultiMap(), "{\"item\":\"tea\",\"count\":2}");
        assertThat(call.keyedBody(Order.class).idempotencyKey()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\t", "a\tb", "é", "\u007f", "a\u0000", "☕"})
    void refusesOtherKeys(String key) {
        assertThat(violations(call(key(key), "{\"item\":\"tea\",\"count\":2}"))).containsExactly("Idempotency-Key");
    }

    @Test
    void refusesLongAndRepeatedKeys() {
        String body = "{\"item\":\"tea\",\"count\":2}";
        assertThat(violations(call(key("k".repeat(256)), body))).containsExactly("Idempotency-Key");
        assertThat(violations(call(key("a", "b"), body))).containsExactly("Idempotency-Key");
    }

    @Test
    void reportsTheHeaderBeforeTheMembersOfTheBody() {
        assertThat(violations(call(key(""), "{\"count\":\"two\"}")))
                .containsExactly("Idempotency-Key", "item", "count");
    }

    @Test
    void reportsBrokenJsonAlone() {
        assertThat(violations(call(key(""), "{"))).containsExactly("body");
    }
}
