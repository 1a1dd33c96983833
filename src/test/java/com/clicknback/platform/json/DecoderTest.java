package com.clicknback.platform.json;

import static com.clicknback.platform.json.Decoding.body;
import static com.clicknback.platform.json.Decoding.refuses;
import static com.clicknback.platform.json.Decoding.value;
import static com.clicknback.platform.json.Decoding.wrong;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.clicknback.money.Money;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.Violation;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies and queries as wholes: their form, their members, and the refusal that names them. */
class DecoderTest {
    record Text(@NotNull String value) {}

    record Count(@NotNull @Min(0) @Max(100) Integer value) {}

    record Many(
            @Size(max = 4, message = "e")
            @Size(max = 3, message = "c")
            @Size(max = 2, message = "f")
            @Size(max = 1, message = "a")
            @Size(min = 7, message = "d")
            @Size(min = 6, message = "b")
            String value) {}

    record Optional(@OrNull @Nullable Instant value) {}

    record Nested(
            @NotNull @Valid Inner inner,
            @NotNull @Size(max = 3) List<String> names,
            @NotNull UUID lastId) {
        record Inner(@NotNull String firstName, @NotNull Money paidAmount) {}
    }

    /** The build's tests run in a locale that writes other words and digits. */
    @Test
    void givesReasonsInEnglishWhateverTheDefaultLocale() {
        assertThatExceptionOfType(DomainException.class)
                .isThrownBy(() -> value(Count.class, "101"))
                .satisfies(refused -> assertThat(refused.details())
                        .isEqualTo(Map.of(
                                "violations", List.of(new Violation("value", "must be less than or equal to 100")))));
    }

    @Test
    void takesNullForAbsentWhereTheMemberSaysSo() {
        assertThat(value(Optional.class, "null").value()).isNull();
        assertThat(body(Optional.class, "{}").value()).isNull();
        refuses(Optional.class, "\"\"");
    }

    @Test
    void missesRequiredMembers() {
        assertThat(wrong(() -> body(Text.class, "{}"))).containsExactly("value");
        assertThat(wrong(() -> body(Nested.class, "{}"))).containsExactly("inner", "names", "last_id");
    }

    @Test
    void namesEveryWrongMemberByItsPathInTheOrderOfDeclaration() {
        String json = """
                {"last_id":"x","names":["a",5,null],"inner":{"paid_amount":"-1","first_name":null}}""";
        assertThat(wrong(() -> body(Nested.class, json)))
                .containsExactly("inner.first_name", "inner.paid_amount", "names.1", "names.2", "last_id");
    }

    @Test
    void tellsTheViolationsOfOneMemberInTheOrderOfTheirTexts() {
        assertThatExceptionOfType(DomainException.class)
                .isThrownBy(() -> value(Many.class, "\"xxxxx\""))
                .satisfies(refused -> assertThat(refused.details())
                        .isEqualTo(Map.of(
                                "violations",
                                Stream.of("a", "b", "c", "d", "e", "f")
                                        .map(reason -> new Violation("value", reason))
                                        .toList())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "\"x\"", "true", "[]", "null"})
    void refusesNestedObjectsOfOtherTypes(String inner) {
        String json =
                "{\"inner\":%s,\"names\":[],\"last_id\":\"d89ae009-13d9-4b7b-951f-c9d2464ab500\"}".formatted(inner);
        assertThat(wrong(() -> body(Nested.class, json))).containsExactly("inner");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "\"x\"", "true", "{}", "{\"a\":[1]}", "null"})
    void refusesListsOfOtherTypes(String names) {
        String json =
                "{\"inner\":{\"first_name\":\"a\",\"paid_amount\":1},\"names\":%s,\"last_id\":\"d89ae009-13d9-4b7b-951f-c9d2464ab500\"}"
                        .formatted(names);
        assertThat(wrong(() -> body(Nested.class, json))).containsExactly("names");
    }

    @Test
    void ofDuplicateMembersTheLastWinsAndUnknownOnesAreIgnored() {
        assertThat(body(Text.class, "{\"value\":5,\"other\":{\"x\":[1]},\"value\":\"last\"}")
                        .value())
                .isEqualTo("last");
        MultiMap parameters = MultiMap.caseInsensitiveMultiMap()
                .add("value", "7")
                .add("other", "x")
                .add("value", "8");
        assertThat(Decoder.query(parameters, Count.class).value()).isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"value\":}",
                "{\"value\":\"a\"",
                "{\"value\":\"a\"}x",
                "{\"value\":\"a\"}{}",
                "{\"value\":NaN}",
                "{\"value\":Infinity}",
                "{\"value\":-Infinity}",
                "{\"value\":01}",
                "{\"value\":+1}",
                "{\"value\":.5}",
                "{\"value\":0x10}",
                "{'value':'a'}",
                "{value:\"a\"}",
                "{\"value\":\"a\",}",
                "{/* note */\"value\":\"a\"}",
                "{\"value\":\"tab\there\"}",
                "null",
                "[]",
                "5",
                "\"text\"",
                "true"
            })
    void refusesBodiesThatAreNoJsonObject(String json) {
        assertThat(wrong(() -> body(Text.class, json))).as(json).containsExactly("body");
    }

    @Test
    void refusesIllFormedUtf8AndOtherEncodings() {
        byte[][] bodies = {
            {'{', '"', 'v', 'a', 'l', 'u', 'e', '"', ':', '"', (byte) 0xC3, '"', '}'},
            {'{', '"', 'v', 'a', 'l', 'u', 'e', '"', ':', '"', (byte) 0xC0, (byte) 0x80, '"', '}'},
            {'{', '"', 'v', 'a', 'l', 'u', 'e', '"', ':', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"', '}'},
            "{\"value\":\"a\"}".getBytes(StandardCharsets.UTF_16)
        };
        for (byte[] body : bodies) {
            assertThat(wrong(() -> Decoder.read(Buffer.buffer(body), Text.class)))
                    .containsExactly("body");
        }
    }

    @Test
    void refusesBottomlessNesting() {
        String json = "{\"value\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        assertThat(wrong(() -> body(Text.class, json))).containsExactly("body");
    }
}
