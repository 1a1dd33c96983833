package com.clicknback.contract;

import com.clicknback.testing.ApiOperation;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request in its parts, to be spoilt, and then as the bytes that go over the wire. */
final class RawRequest {
    final ApiOperation operation;
    String method;

    /** As it is sent. */
    String path;

    /** As it is sent; null for none. */
    @Nullable
    String query;

    final List<String> headers = new ArrayList<>();
    byte @Nullable [] body;
    boolean chunked;

    /** Bytes that go over the wire instead of the parts; such a request is no HTTP. */
    byte @Nullable [] spoilt;

    /** True when the service may refuse it as no HTTP, or hang up. */
    boolean malformed;

    RawRequest(ApiOperation operation, String path) {
        this.operation = operation;
        this.method = operation.method();
        int mark = path.indexOf('?');
        this.path = mark < 0 ? path : path.substring(0, mark);
        this.query = mark < 0 ? null : path.substring(mark + 1);
    }

    String target() {
        return query == null ? path : path + "?" + query;
    }

    void replaceHeader(String name, String value) {
        headers.removeIf(header -> header.regionMatches(true, 0, name + ":", 0, name.length() + 1));
        headers.add(name + ": " + value);
    }

    /** Head and framed body. */
    byte[] bytes() {
        if (spoilt != null) {
            return spoilt;
        }
        StringBuilder head = new StringBuilder();
        head.append(method).append(' ').append(target()).append(" HTTP/1.1\r\n");
        headers.forEach(header -> head.append(header).append("\r\n"));
        if (body != null) {
            head.append(chunked ? "Transfer-Encoding: chunked\r\n" : "Content-Length: " + body.length + "\r\n");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        if (body != null && chunked) {
            writeChunks(bytes, body);
        } else if (body != null) {
            bytes.writeBytes(body);
        }
        return bytes.toByteArray();
    }

    /** True when its first line names another version of the protocol than HTTP/1. */
    boolean isOtherVersion() {
        String line = new String(bytes(), StandardCharsets.ISO_8859_1)
                .lines()
                .findFirst()
                .orElse("");
        return !line.contains(" HTTP/1.");
    }

    private static void writeChunks(ByteArrayOutputStream bytes, byte[] body) {
        int half = body.length / 2;
        writeChunk(bytes, body, 0, half);
        writeChunk(bytes, body, half, body.length - half);
        bytes.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    private static void writeChunk(ByteArrayOutputStream bytes, byte[] body, int from, int length) {
        if (length > 0) {
            bytes.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            bytes.write(body, from, length);
            bytes.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** For a message of failure. */
    @Override
    public String toString() {
        String text = new String(bytes(), StandardCharsets.UTF_8);
        return operation.id() + "\n" + (text.length() > 2_000 ? text.substring(0, 2_000) + " …" : text);
    }
}
