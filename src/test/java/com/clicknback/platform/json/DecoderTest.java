package com.clicknback.platform.json;

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
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The types of requests, as tables. */
class DecoderTest {
    enum Colour {
        RED,
        DARK_BLUE
    }

    record Text(@NotNull String value) {}

    record Reason(@NotNull @CodePoints(min = 1, max = 1000) String value) {}

    record Id(@NotNull UUID value) {}

    record Flag(@NotNull Boolean value) {}

    record Count(@NotNull @Min(0) @Max(100) Integer value) {}

    record Amount(@NotNull Money value) {}

    record Number(@NotNull @FractionDigits(4) BigDecimal value) {}

    record NumberOrText(@NotNull @OrDecimalString BigDecimal value) {}

    record Day(@NotNull LocalDate value) {}

    record Moment(@NotNull Instant value) {}

    record Choice(@NotNull Colour value) {}

    record Optional(@OrNull @Nullable Instant value) {}

    record Nested(
            @NotNull @Valid Inner inner,
            @NotNull @Size(max = 3) List<String> names,
            @NotNull UUID lastId) {
        record Inner(@NotNull String firstName, @NotNull Money paidAmount) {}
    }

    private static <R extends Record> R body(Class<R> type, String json) {
        return Decoder.read(Buffer.buffer(json), type);
    }

    private static <R extends Record> R value(Class<R> type, String value) {
        return body(type, "{\"value\":" + value + "}");
    }

    private static <R extends Record> R query(Class<R> type, String value) {
        return Decoder.query(MultiMap.caseInsensitiveMultiMap().add("value", value), type);
    }

    /** The fields that are wrong, in the order of the refusal; none when the call succeeds. */
    private static List<String> wrong(Runnable read) {
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

    private static <R extends Record> void refuses(Class<R> type, String value) {
        assertThat(wrong(() -> value(type, value))).as(value).containsExactly("value");
    }

    private static <R extends Record> void refusesQuery(Class<R> type, String value) {
        assertThat(wrong(() -> query(type, value))).as(value).containsExactly("value");
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "d89ae009-13d9-4b7b-951f-c9d2464ab500",
                "D89AE009-13D9-4B7B-951F-C9D2464AB500",
                "00000000-0000-0000-0000-000000000000",
                "ffffffff-ffff-ffff-ffff-ffffffffffff",
                "f0000000-0000-0000-0000-000000000001"
            })
    void acceptsUuidsOfAnyCaseVersionAndVariant(String uuid) {
        assertThat(value(Id.class, '"' + uuid + '"').value()).hasToString(uuid.toLowerCase(Locale.ROOT));
        assertThat(query(Id.class, uuid).value()).hasToString(uuid.toLowerCase(Locale.ROOT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "1-1-1-1-1",
                "d89ae00913d94b7b951fc9d2464ab500",
                "{d89ae009-13d9-4b7b-951f-c9d2464ab500}",
                "urn:uuid:d89ae009-13d9-4b7b-951f-c9d2464ab500",
                " d89ae009-13d9-4b7b-951f-c9d2464ab500",
                "d89ae009-13d9-4b7b-951f-c9d2464ab50",
                "d89ae009-13d9-4b7b-951f-c9d2464ab500a",
                "g89ae009-13d9-4b7b-951f-c9d2464ab500"
            })
    void refusesOtherFormsOfUuids(String text) {
        refuses(Id.class, '"' + text + '"');
        refusesQuery(Id.class, text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "true", "null", "[]", "{}", "[\"d89ae009-13d9-4b7b-951f-c9d2464ab500\"]"})
    void refusesUuidsOfOtherTypes(String json) {
        refuses(Id.class, json);
    }

    @Test
    void acceptsBooleans() {
        assertThat(value(Flag.class, "true").value()).isTrue();
        assertThat(value(Flag.class, "false").value()).isFalse();
        assertThat(query(Flag.class, "true").value()).isTrue();
        assertThat(query(Flag.class, "false").value()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"true\"", "\"false\"", "1", "0", "null", "[]", "{}"})
    void refusesWhatIsNoBoolean(String json) {
        refuses(Flag.class, json);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "True", "TRUE", "1", "0", "yes", " true"})
    void refusesOtherWordsForBooleansInQueries(String text) {
        refusesQuery(Flag.class, text);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "7,7", "007,7", "100,100"})
    void acceptsDecimalDigitsInQueries(String text, int value) {
        assertThat(query(Count.class, text).value()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " 1",
                "1 ",
                "-1",
                "+1",
                "1.0",
                "1e1",
                "0x10",
                "٣",
                "101",
                "2147483648",
                "99999999999999999999"
            })
    void refusesOtherIntegersAndThoseOutOfRange(String text) {
        refusesQuery(Count.class, text);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 100",
        "1.00, 100",
        "1.100, 110",
        "0.01, 1",
        "1e2, 10000",
        "9999999999.99, 999999999999",
        "'\"1\"', 100",
        "'\"0.5\"', 50",
        "'\"0000000001.00\"', 100",
        "'\"9999999999.99\"', 999999999999"
    })
    void acceptsMoneyAsNumberAndAsString(String json, long minor) {
        assertThat(value(Amount.class, json).value()).isEqualTo(Money.ofMinor(minor));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "0.00",
                "-1",
                "0.001",
                "1.234",
                "1e-3",
                "10000000000",
                "9999999999.991",
                "1e999999999",
                "1e-999999999",
                "1e99999999999",
                "\"\"",
                "\"0\"",
                "\"0.00\"",
                "\"-1\"",
                "\"+1\"",
                "\"1.\"",
                "\".5\"",
                "\"1.234\"",
                "\"1,00\"",
                "\"1e2\"",
                "\" 1\"",
                "\"1 \"",
                "\"10000000000\"",
                "\"00000000001\"",
                "\"٣\"",
                "\"1.00 EUR\"",
                "\"NaN\"",
                "true",
                "null",
                "[]",
                "{}"
            })
    void refusesWhatIsNoMoney(String json) {
        refuses(Amount.class, json);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "5.0", "-3", "0", "2.5125", "2.51250000", "1e2", "15E-1"})
    void acceptsNumbers(String json) {
        assertThat(value(Number.class, json).value()).isEqualByComparingTo(new BigDecimal(json));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"5\"", "\"\"", "true", "null", "[]", "{}", "2.51251"})
    void refusesWhatIsNoNumber(String json) {
        refuses(Number.class, json);
    }

    @ParameterizedTest
    @CsvSource({"5,5", "2.5,2.5", "'\"2.50\"',2.50", "'\"-3\"',-3"})
    void acceptsNumbersAsStringsWhereTheMemberSaysSo(String json, BigDecimal value) {
        assertThat(value(NumberOrText.class, json).value()).isEqualByComparingTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"1e2\"", "\"1.\"", "\" 1\"", "\"NaN\"", "\"Infinity\"", "true", "null"})
    void refusesStringsThatAreNoDecimals(String json) {
        refuses(NumberOrText.class, json);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-04-22", "2024-02-29", "1970-01-01", "9999-12-31"})
    void acceptsExistingDays(String day) {
        assertThat(value(Day.class, '"' + day + '"').value()).hasToString(day);
        assertThat(query(Day.class, day).value()).hasToString(day);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-02-30",
                "2025-02-29",
                "2026-13-01",
                "2026-00-10",
                "2026-4-2",
                "20260422",
                "22.04.2026",
                " 2026-04-22",
                "2026-04-22T00:00:00Z",
                "+2026-04-22",
                "٢٠٢٦-٠٤-٢٢"
            })
    void refusesOtherDays(String text) {
        refuses(Day.class, '"' + text + '"');
        refusesQuery(Day.class, text);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-04-22T12:00:00+02:00, 2026-04-22T10:00:00Z",
        "2026-04-22T10:00:00Z, 2026-04-22T10:00:00Z",
        "2026-04-22t10:00:00z, 2026-04-22T10:00:00Z",
        "2026-04-22T10:00:00-00:00, 2026-04-22T10:00:00Z",
        "2026-04-22T00:00:00+23:59, 2026-04-21T00:01:00Z",
        "2026-04-22T10:00:00.5Z, 2026-04-22T10:00:00.500Z",
        "2026-04-22T10:00:00.123456789Z, 2026-04-22T10:00:00.123456Z"
    })
    void acceptsTimesWithAnOffset(String text, Instant instant) {
        assertThat(value(Moment.class, '"' + text + '"').value()).isEqualTo(instant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\"2026-04-22\"",
                "\"2026-04-22T12:00:00\"",
                "\"2026-04-22 12:00:00Z\"",
                "\"2026-04-22T12:00Z\"",
                "\"2026-02-30T12:00:00Z\"",
                "\"2026-04-22T24:00:00Z\"",
                "\"2026-04-22T12:60:00Z\"",
                "\"2026-04-22T12:00:00+2:00\"",
                "\"2026-04-22T12:00:00+24:00\"",
                "\"2026-04-22T12:00:00+02:60\"",
                "\"2026-04-22T12:00:00+0200\"",
                "\"2026-04-22T12:00:00[Europe/Paris]\"",
                "\" 2026-04-22T12:00:00Z\"",
                "\"2026-04-22T12:00:00.Z\"",
                "1767225600",
                "null",
                "true",
                "[]",
                "{}"
            })
    void refusesOtherTimes(String json) {
        refuses(Moment.class, json);
    }

    @Test
    void acceptsEnumeratedWordsInTheirOwnCaseOnly() {
        assertThat(value(Choice.class, "\"dark_blue\"").value()).isEqualTo(Colour.DARK_BLUE);
        assertThat(query(Choice.class, "red").value()).isEqualTo(Colour.RED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"RED\"", "\"Red\"", "\"DARK_BLUE\"", "\"\"", "\" red\"", "0", "null", "[]", "{}"})
    void refusesOtherWords(String json) {
        refuses(Choice.class, json);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " kept as typed ", "ünïcödé", "👍🏽", "line\\nbreak", "\\u00e9"})
    void acceptsStringsAsTheyAre(String text) {
        String read = value(Text.class, '"' + text + '"').value();
        assertThat(read).isEqualTo(text.replace("\\n", "\n").replace("\\u00e9", "é"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\\u0000\"",
                "\"a\\u0000b\"",
                "\"\\ud800\"",
                "\"\\udc00\"",
                "\"\\udc00\\ud800\"",
                "\"a\\ud83d\"",
                "5",
                "5.5",
                "true",
                "null",
                "[]",
                "[\"a\"]",
                "{}",
                "{\"a\":1}"
            })
    void refusesWhatIsNoStorableString(String json) {
        refuses(Text.class, json);
    }

    @Test
    void countsCodePointsAndNotCharsOrBytes() {
        assertThat(value(Reason.class, '"' + "👍".repeat(1000) + '"').value()).hasSize(2000);
        refuses(Reason.class, '"' + "👍".repeat(1001) + '"');
        refuses(Reason.class, "\"\"");
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
