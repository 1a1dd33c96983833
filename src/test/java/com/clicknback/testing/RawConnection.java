package com.clicknback.testing;

import io.vertx.core.buffer.Buffer;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A connection on which a test writes any bytes it likes, and reads what the service answers in HTTP/1.1. Its replies
 * are not held against the contract, since only the test knows what it asked for.
 */
public final class RawConnection implements Closeable {
    private static final int SILENCE_MS_MAX = 30_000;
    private static final int CONTINUE = 100;
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;

    private final Socket socket;
    private final InputStream in;

    private RawConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** Connects to a port of this machine. */
    public static RawConnection to(int port) {
        try {
            Socket socket = new Socket("127.0.0.1", port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(SILENCE_MS_MAX);
            return new RawConnection(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails when the service has closed the connection. */
    public void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    public void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Tells the service that nothing more will come. */
    public void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** The next final answer to a request that is not HEAD, or empty when the service closes without one. */
    public Optional<Reply> read() throws IOException {
        while (true) {
            String statusLine = line();
            if (statusLine == null) {
                return Optional.empty();
            }
            int status = Integer.parseInt(statusLine.substring(9, 12));
            Map<String, String> headers = headers();
            if (status != CONTINUE) {
                return Optional.of(new Reply(status, headers, body(status, headers)));
            }
        }
    }

    /** The next final answer to HEAD. */
    public Reply readHead() throws IOException {
        int status = Integer.parseInt(requireLine().substring(9, 12));
        return new Reply(status, headers(), "");
    }

    /** Waits until the service wants the body of a request that expects to be told so. */
    public void awaitContinue() throws IOException {
        String statusLine = requireLine();
        if (!statusLine.startsWith("HTTP/1.1 " + CONTINUE)) {
            throw new IOException(statusLine);
        }
        headers();
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = requireLine(); !line.isEmpty(); line = requireLine()) {
            int colon = line.indexOf(':');
            headers.merge(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip(),
                    (one, other) -> one + ", " + other);
        }
        return headers;
    }

    private String body(int status, Map<String, String> headers) throws IOException {
        if (status == NO_CONTENT || status < OK) {
            return "";
        }
        if ("chunked".equals(headers.get("transfer-encoding"))) {
            return chunks();
        }
        String length = headers.get("content-length");
        byte[] body = length == null ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length));
        return new String(body, StandardCharsets.UTF_8);
    }

    private String chunks() throws IOException {
        Buffer body = Buffer.buffer();
        for (int size = Integer.parseInt(requireLine(), 16); size > 0; size = Integer.parseInt(requireLine(), 16)) {
            body.appendBytes(in.readNBytes(size));
            requireLine();
        }
        headers();
        return body.toString(StandardCharsets.UTF_8);
    }

    private String requireLine() throws IOException {
        String line = line();
        if (line == null) {
            throw new EOFException("the answer ends in its middle");
        }
        return line;
    }

    /** A line without its end, or null at the end of the stream. */
    private @Nullable String line() throws IOException {
        Buffer line = Buffer.buffer();
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next == '\n') {
                return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
            }
            line.appendByte((byte) next);
        }
        return line.length() == 0 ? null : line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
