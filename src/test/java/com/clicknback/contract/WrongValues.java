package com.clicknback.contract;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Values that a schema does not allow, and those at its limits, which it allows; as JSON texts. */
final class WrongValues {
    /** Two UTF-16 units, four bytes of UTF-8, one code point. */
    private static final String CHARACTER = "\ud834\udd1e";

    private static final Map<String, List<String>> BY_TYPE = Map.of(
            "null", List.of("null"),
            "boolean", List.of("true"),
            "number", List.of("7", "20260422"),
            "string", List.of("\"true\"", "\"5\""),
            "object", List.of("{}", "{\"x\":[1]}"),
            "array", List.of("[]", "[\"percent\"]", "[[]]"));

    private static final Map<String, List<String>> BY_FORMAT = Map.of(
            "uuid",
            List.of(
                    "",
                    "42",
                    "{c3d4e5f6-a7b8-4c9d-8e1f-2a3b4c5d6e7f}",
                    "c3d4e5f6a7b84c9d0e1f2a3b4c5d6e7f",
                    "c3d4e5f6-a7b8-4c9d-8e1f-2a3b4c5d6e7g"),
            "date",
            List.of("", "2026-02-30", "2026-1-1", "22.04.2026", "tomorrow", "2026-04-22T00:00:00Z"),
            "date-time",
            List.of("", "2026-04-22", "2026-04-22T12:00:00", "2026-02-30T12:00:00Z", "2026-13-01T00:00:00Z", "now"));

    private static final List<String> NO_TEXTS = List.of("\"a\\u0000b\"", "\"\\ud800\"", "\"\\udc00\\ud800\"");
    private static final List<String> NO_DECIMALS =
            List.of("\"\"", "\"1e2\"", "\"+1\"", "\" 1\"", "\"1,5\"", "\"NaN\"", "\"\uff11\"");
    private static final Pattern FRACTION_MAX = Pattern.compile("\\{1,([0-9])}\\)\\?\\$");

    private WrongValues() {}

    /** Wrong in type or form. */
    static List<String> ofForm(RequestMember member) {
        JsonObject schema = member.schema();
        List<String> wrong = new ArrayList<>();
        BY_TYPE.forEach((type, values) -> {
            if (!member.types().contains(type) && !(type.equals("number") && member.isInteger())) {
                wrong.addAll(values);
            }
        });
        if (member.isDecimal()) {
            wrong.addAll(NO_DECIMALS);
            String tooFine = "1." + "0".repeat(fractionMax(schema)) + "1";
            wrong.addAll(List.of(tooFine, quoted(tooFine)));
        }
        if (member.isFreeText()) {
            wrong.addAll(NO_TEXTS);
        }
        words(schema).forEach(word -> wrong.add(quoted(word)));
        BY_FORMAT.getOrDefault(schema.getString("format", ""), List.of()).forEach(text -> wrong.add(quoted(text)));
        lengths(schema).forEach(text -> wrong.add(quoted(text)));
        if (schema.containsKey("maxItems")) {
            wrong.add("[" + "{},".repeat(schema.getInteger("maxItems")) + "{}]");
        }
        if (schema.getInteger("minItems", 0) > 0) {
            wrong.add("[]");
        }
        return wrong;
    }

    /** Texts that a query parameter of this schema does not take. */
    static List<String> ofQuery(JsonObject schema) {
        List<String> wrong = new ArrayList<>(words(schema));
        wrong.addAll(BY_FORMAT.getOrDefault(schema.getString("format", ""), List.of()));
        switch (schema.getString("type")) {
            case "boolean" -> wrong.addAll(List.of("", "TRUE", "yes", "1"));
            case "integer" -> {
                wrong.addAll(List.of("", "ten", "1.0", "-1", "99999999999999999999"));
                wrong.add(Integer.toString(schema.getInteger("minimum") - 1));
                wrong.add(Integer.toString(schema.getInteger("maximum") + 1));
            }
            default -> {
                wrong.add("\0");
                wrong.addAll(lengths(schema));
            }
        }
        return wrong;
    }

    /** Texts that a query parameter of this schema just takes. */
    static List<String> ofQueryAtTheLimits(JsonObject schema) {
        return Stream.of(
                        schema.containsKey("minLength") ? "x".repeat(schema.getInteger("minLength")) : null,
                        schema.containsKey("maxLength") ? CHARACTER.repeat(schema.getInteger("maxLength")) : null,
                        schema.containsKey("minimum")
                                ? schema.getValue("minimum").toString()
                                : null,
                        schema.containsKey("maximum")
                                ? schema.getValue("maximum").toString()
                                : null)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Texts that are none of the words that a schema lists. */
    private static List<String> words(JsonObject schema) {
        String word = schema.containsKey("enum") ? schema.getJsonArray("enum").getString(0) : schema.getString("const");
        if (word == null) {
            return List.of();
        }
        String upperCase = word.toUpperCase(Locale.ROOT);
        String otherCase = upperCase.equals(word) ? word.toLowerCase(Locale.ROOT) : upperCase;
        return List.of("", otherCase, word + "x", " " + word, "unheard_of");
    }

    /** Texts just too short and just too long. */
    private static List<String> lengths(JsonObject schema) {
        List<String> wrong = new ArrayList<>();
        if (schema.getInteger("minLength", 0) > 0) {
            wrong.add("x".repeat(schema.getInteger("minLength") - 1));
        }
        if (schema.containsKey("maxLength")) {
            wrong.add(CHARACTER.repeat(schema.getInteger("maxLength") + 1));
        }
        return wrong;
    }

    private static int fractionMax(JsonObject schema) {
        Matcher found = FRACTION_MAX.matcher(schema.getString("pattern"));
        if (!found.find()) {
            throw new IllegalArgumentException("no limit of fraction digits in " + schema);
        }
        return Integer.parseInt(found.group(1));
    }

    private static BigDecimal maximum(JsonObject schema) {
        return new BigDecimal(schema.getValue("maximum").toString());
    }

    /** Numbers just beyond a schema's range, or far. */
    static List<String> ofRange(RequestMember member) {
        JsonObject schema = member.schema();
        List<String> wrong = new ArrayList<>();
        if (schema.containsKey("exclusiveMinimum")) {
            wrong.addAll(List.of("0", "-0", "0e5", "-1", quoted("0.00")));
        }
        if (schema.containsKey("minimum")) {
            wrong.addAll(List.of("-0.0001", "-5"));
        }
        if (schema.containsKey("maximum")) {
            String beyond = maximum(schema).add(new BigDecimal("0.01")).toPlainString();
            wrong.addAll(List.of(beyond, "1e300"));
            if (member.isDecimal()) {
                wrong.add(quoted(beyond));
            }
        }
        return wrong;
    }

    /** The shortest and the longest text, the smallest and the largest number. */
    static List<String> atTheLimits(RequestMember member) {
        JsonObject schema = member.schema();
        List<String> right = new ArrayList<>();
        if (member.isFreeText() && schema.containsKey("minLength")) {
            right.add(quoted("x".repeat(schema.getInteger("minLength"))));
        }
        if (member.isFreeText() && schema.containsKey("maxLength")) {
            right.add(quoted(CHARACTER.repeat(schema.getInteger("maxLength"))));
        }
        if (member.isDecimal()) {
            String largest = maximum(schema).toPlainString();
            String smallest = "0." + "0".repeat(fractionMax(schema) - 1) + "1";
            right.addAll(List.of(smallest, quoted(smallest), "50", "5e1", quoted("50.0"), "1.5000000", largest));
            right.add(quoted(largest));
        }
        return right;
    }

    private static String quoted(String text) {
        return HostileValues.quoted(text);
    }
}
