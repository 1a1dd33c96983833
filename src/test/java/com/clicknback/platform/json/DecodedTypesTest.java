package com.clicknback.platform.json;

import static com.clicknback.platform.json.Decoding.query;
import static com.clicknback.platform.json.Decoding.refuses;
import static com.clicknback.platform.json.Decoding.refusesQuery;
import static com.clicknback.platform.json.Decoding.value;
import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.money.Money;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The types of requests, as tables. */
class DecodedTypesTest {
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
        "0000-01-01T00:00:00Z, 0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59.9999999Z, 9999-12-31T23:59:59.999999Z",
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
                "\"9999-12-31T23:59:59-00:01\"",
                "\"0000-01-01T00:00:00+00:01\"",
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
}
