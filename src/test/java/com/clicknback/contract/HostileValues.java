package com.clicknback.contract;

import java.util.List;
import java.util.Random;

/** Values that programs stumble over, drawn by a seeded generator. */
final class HostileValues {
    /** JSON that is well-formed, or just not, and seldom what a member is. */
    private static final List<String> TOKENS = List.of(
            "null",
            "true",
            "false",
            "0",
            "-0",
            "-0.0",
            "1",
            "-1",
            "0.001",
            "1e2",
            "1E+2",
            "0.1e1",
            "25.000",
            "1.005",
            "9999999999.99",
            "9999999999.999",
            "10000000000",
            "99999999999999999999999999",
            "1e400",
            "1e-400",
            "-1e400",
            "1e1000000",
            "1e-1000000",
            "1e2147483647",
            "1e-2147483648",
            "1e99999999999",
            "1" + "0".repeat(900),
            "1" + "0".repeat(2_000),
            "0." + "0".repeat(500) + "1",
            "0." + "3".repeat(3_000),
            "01",
            "+1",
            ".5",
            "5.",
            "0x10",
            "NaN",
            "Infinity",
            "-Infinity",
            "undefined",
            "''",
            "[]",
            "[[]]",
            "[null]",
            "[1,2]",
            "{}",
            "{\"a\":1}",
            "{\"\":null}",
            "[".repeat(200) + "]".repeat(200),
            "[".repeat(5_000) + "]".repeat(5_000),
            "[".repeat(5_000),
            "{\"a\":".repeat(900) + "1" + "}".repeat(900),
            "\"\\u0000\"",
            "\"a\\u0000b\"",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"a\\udfff\"",
            "\"\\ud83d\\ude00\"",
            "\"\\q\"",
            "\"\\u12\"",
            "\"tab\tin it\"",
            "\"line\nin it\"",
            "\"\\\\u0000\"",
            "\"\\/\"");

    /** Texts, for members, queries, paths and headers. */
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "\t",
            "null",
            "true",
            "TRUE",
            "false",
            "0",
            "-1",
            "1",
            "100",
            "101",
            "2147483648",
            "-2147483649",
            "9223372036854775808",
            "1e5",
            "1e2147483647",
            "0x10",
            "NaN",
            "\u0967\u0968",
            "\u00bd",
            "\u221e",
            "1_000",
            "1,5",
            "+1",
            "--1",
            "00000000-0000-0000-0000-000000000000",
            "ffffffff-ffff-ffff-ffff-ffffffffffff",
            "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF",
            "{d9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a}",
            "1-1-1-1-1",
            "d9f4b3c26b5c5d4e7c3b6a5e4d3c2b1a",
            "d9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1g",
            "2026-02-30",
            "2024-02-29",
            "0000-01-01",
            "0001-01-01",
            "9999-12-31",
            "-0001-01-01",
            "10000-01-01",
            "+999999999-12-31",
            "2026-1-1",
            "2026-04-22T10:00:00Z",
            "2026-04-22T24:00:00Z",
            "2016-12-31T23:59:60Z",
            "2026-04-22T10:00:00+99:99",
            "2026-04-22T10:00:00-18:00",
            "0000-01-01T00:00:00+18:00",
            "9999-12-31T23:59:59.999999999-18:00",
            "+999999999-12-31T23:59:59Z",
            "-292275055-05-16T16:47:04Z",
            "2026-04-22 10:00:00Z",
            "2026-04-22T10:00:00.1234567890123Z",
            "2026-04-22t10:00:00z",
            "pending",
            "PENDING",
            "active",
            "user",
            "admin",
            "global",
            "merchant",
            "percent",
            "fixed",
            "partner",
            "EUR",
            "eur",
            "eu\u0131",
            "e\u00df",
            "\u20ac\u20ac\u20ac",
            "US$",
            "\ud83d\ude00\ud83d\ude00\ud83d\ude00",
            "a@b.c",
            "a@b",
            "@",
            "a@",
            "@b.c",
            "\"a b\"@example.com",
            "a@[127.0.0.1]",
            "a@xn--",
            "a@xn--a.com",
            "a@b.c <d@e.f>",
            "Name <a@example.com>",
            "<<a@example.com>>",
            "\u00fc@\u00fc.example",
            "a@example.com\u0000",
            "a".repeat(300) + "@example.com",
            "a@" + "b.".repeat(120) + "com",
            "(".repeat(2_000) + "@example.com",
            "DE89370400440532013000",
            "de89 3704 0044 0532 0130 00",
            "DE00370400440532013000",
            "XX89",
            "GB82WEST",
            "purchase.created",
            "purchase.batch",
            "purchase.refunded",
            "bank_transfer",
            "purchase_auto_confirm",
            "a\u0000b",
            "\u0000",
            "\u202e\u202d",
            "\ufeff",
            "\ufffe",
            "\u0301".repeat(50),
            "\ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc67",
            "'",
            "''; DROP TABLE users; --",
            "\" OR 1=1",
            "%",
            "%%",
            "_",
            "\\",
            "\\x00",
            "%00",
            "%2e%2e%2f",
            "../..",
            "${jndi:ldap://127.0.0.1/a}",
            "<script>alert(1)</script>",
            "$1",
            "{}",
            "[]",
            "{{7*7}}",
            "|",
            ";",
            "#",
            "?",
            "&",
            "=",
            "x".repeat(128),
            "x".repeat(129),
            "x".repeat(255),
            "x".repeat(256),
            "x".repeat(1_001),
            "x".repeat(4_000),
            "\ud83d\ude00".repeat(255),
            "\ud83d\ude00".repeat(256),
            "a|b|c",
            "eyJhbGciOiJub25lIn0.e30.",
            "e30.e30.e30");

    private final Random random;

    HostileValues(Random random) {
        this.random = random;
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** True in one of so many cases. */
    boolean once(int in) {
        return random.nextInt(in) == 0;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    String text() {
        return once(40) ? oneOf(TEXTS).repeat(1 + below(30)) : oneOf(TEXTS);
    }

    /** The text of a JSON value, if it is one. */
    String token() {
        if (once(200)) {
            return quoted("x".repeat(200_000));
        }
        return once(2) ? oneOf(TOKENS) : quoted(text());
    }

    /** As JSON writes it; control characters escaped, everything else as it is. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
