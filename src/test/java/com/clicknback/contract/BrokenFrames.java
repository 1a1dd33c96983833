package com.clicknback.contract;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Breaks what makes a request out of bytes: its lines, its headers, its length. */
final class BrokenFrames {
    private static final List<String> LENGTHS =
            List.of("-1", "+2", "0x2", "2, 2", "2, 3", "1e1", "99999999999999999999", "", "two", "3", "2000000");

    private static final List<String> CHUNKS = List.of(
            "zz\r\n{}\r\n0\r\n\r\n",
            "-1\r\n{}\r\n0\r\n\r\n",
            "ffffffffffffffff\r\n{}\r\n0\r\n\r\n",
            "7fffffff\r\n{}\r\n",
            "2\r\n{}",
            "2\r\n{}0\r\n\r\n",
            "2\n{}\n0\n\n",
            "2;a=\"\r\n{}\r\n0\r\n\r\n",
            "2;" + "x".repeat(20_000) + "\r\n{}\r\n0\r\n\r\n",
            "2\r\n{}\r\n0\r\nContent-Length: 5\r\n\r\n",
            "2\r\n{}\r\n0\r\n" + "a: b\r\n".repeat(3_000) + "\r\n",
            "00000000000000000000000000000002\r\n{}\r\n0\r\n\r\n",
            "\r\n",
            "");

    private static final List<String> ENCODINGS = List.of(
            "gzip, chunked",
            "chunked, chunked",
            "identity",
            "xchunked",
            "chunked\r\nTransfer-Encoding: x",
            "\tchunked",
            "");

    private static final List<String> LINES = List.of(
            "GET",
            "GET /",
            "GET  /health/live  HTTP/1.1",
            "GET /health/live HTTP/9.9",
            "GET /health/live HTTP/1.1 x",
            "GET /health/live",
            " ",
            "GET /a b HTTP/1.1",
            "\u0000",
            "GET /\u0000 HTTP/1.1",
            "GET /\u00e9\u00ff HTTP/1.1",
            "GET * HTTP/1.1",
            "OPTIONS * HTTP/1.1",
            "CONNECT 127.0.0.1:1 HTTP/1.1",
            "GET http:// HTTP/1.1",
            "GET //// HTTP/1.1",
            "GET ? HTTP/1.1",
            "GET # HTTP/1.1",
            "GET /" + "x".repeat(9_000) + " HTTP/1.1",
            "X".repeat(9_000) + " / HTTP/1.1",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n",
            "\u0016\u0003\u0001\u0000\u00a5\u0001\u0000\u0000\u00a1\u0003\u0003",
            "HELO example.com",
            "HTTP/1.1 200 OK");

    private static final List<String> BROKEN_HEADERS = List.of(
            "no colon",
            ": no name",
            "a b: c",
            "a : b",
            " a: b",
            "a: b\r\n  folded",
            "a: b\u0000c",
            "a\u0000: b",
            "a: b\rc",
            "a: b\nc",
            "\u00e9: \u00e9",
            "(: )",
            "a: " + "x".repeat(20_000),
            "a: b\r\n".repeat(3_000) + "a: b",
            "Host: b",
            "Content-Length: 5",
            "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__",
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: x",
            "Connection: Upgrade\r\nUpgrade: h2c",
            "Connection: close, keep-alive, x");

    private final HostileValues values;

    BrokenFrames(HostileValues values) {
        this.values = values;
    }

    /** The service may then hang up, or say that this is no HTTP. */
    void spoil(RawRequest request) {
        request.malformed = true;
        String head = head(request);
        String body = request.body == null ? "{}" : new String(request.body, StandardCharsets.ISO_8859_1);
        String text = switch (values.below(8)) {
            case 0 -> head + "Content-Length: " + values.oneOf(LENGTHS) + "\r\n\r\n" + body;
            case 1 -> head + "Content-Length: 2\r\nContent-Length: " + values.oneOf(LENGTHS) + "\r\n\r\n{}";
            case 2 -> head + "Transfer-Encoding: chunked\r\n\r\n" + values.oneOf(CHUNKS);
            case 3 -> head + "Transfer-Encoding: " + values.oneOf(ENCODINGS) + "\r\n\r\n" + values.oneOf(CHUNKS);
            case 4 -> head + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n" + values.oneOf(CHUNKS) + "GET ";
            case 5 -> values.oneOf(LINES) + head.substring(head.indexOf("\r\n")) + "\r\n";
            case 6 -> head + values.oneOf(BROKEN_HEADERS) + "\r\n\r\n";
            default -> cut(head + "Content-Length: " + body.length() + "\r\n\r\n" + body);
        };
        request.spoilt = text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String head(RawRequest request) {
        return request.method + " " + request.target() + " HTTP/1.1\r\n" + String.join("\r\n", request.headers)
                + "\r\n";
    }

    /** A sender that goes away in the middle, or ends its lines otherwise. */
    private String cut(String whole) {
        return values.once(4) ? whole.replace("\r\n", "\n") : whole.substring(0, values.below(whole.length()));
    }
}
