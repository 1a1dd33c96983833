package com.clicknback.bench;

import com.clicknback.bench.Requests.Prepared;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One HTTP/1.1 connection with one request under way; reads of an answer what a measurement needs to know. */
final class Connection {
    private static final int READ_BYTES = 16 * 1024;
    private static final int STATUS_AT = "HTTP/1.1 ".length();
    private static final int STATUS_END = STATUS_AT + 3;
    private static final Pattern ERROR_CODE = Pattern.compile("\"code\":\"([A-Z_]+)\"");
    private static final String LENGTH = "content-length: ";

    private final Selector selector;
    private final InetSocketAddress target;
    private SocketChannel channel;
    private SelectionKey key;
    private ByteBuffer out = ByteBuffer.allocate(0);
    private ByteBuffer in = ByteBuffer.allocate(READ_BYTES);
    private Prepared request = new Prepared(new byte[0], -1, 0);
    private long dueNs;
    private int bodyAt = -1;
    private int endAt = -1;

    Connection(Selector selector, InetSocketAddress target) throws IOException {
        this.selector = selector;
        this.target = target;
        this.channel = open();
        this.key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    private SocketChannel open() throws IOException {
        SocketChannel opened = SocketChannel.open(target);
        opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
        opened.configureBlocking(false);
        return opened;
    }

    void reconnect() throws IOException {
        channel.close();
        channel = open();
        key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    void close() throws IOException {
        channel.close();
    }

    void send(Prepared next, long due) throws IOException {
        request = next;
        dueNs = due;
        bodyAt = -1;
        endAt = -1;
        in.clear();
        out = ByteBuffer.wrap(next.bytes());
        channel.write(out);
        key.interestOps(out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }

    /** Does what the socket is ready for; true when the answer is complete. */
    boolean advance() throws IOException {
        if (out.hasRemaining() && key.isWritable()) {
            channel.write(out);
            if (!out.hasRemaining()) {
                key.interestOps(SelectionKey.OP_READ);
            }
        }
        if (!key.isReadable()) {
            return false;
        }
        if (!in.hasRemaining()) {
            in = ByteBuffer.allocate(in.capacity() * 2).put(in.flip());
        }
        if (channel.read(in) < 0) {
            throw new EOFException();
        }
        if (endAt < 0) {
            readHead();
        }
        return endAt >= 0 && in.position() >= endAt;
    }

    private void readHead() throws IOException {
        byte[] bytes = in.array();
        for (int i = 0; i + 3 < in.position(); i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n' && bytes[i + 2] == '\r' && bytes[i + 3] == '\n') {
                bodyAt = i + 4;
                endAt = bodyAt + length(new String(bytes, 0, i + 2, StandardCharsets.ISO_8859_1));
                return;
            }
        }
    }

    private static int length(String head) throws IOException {
        String names = head.toLowerCase(Locale.ROOT);
        int at = names.indexOf(LENGTH);
        if (at < 0) {
            throw new IOException("an answer without a length: " + head);
        }
        return Integer.parseInt(head.substring(at + LENGTH.length(), head.indexOf('\r', at)));
    }

    Prepared request() {
        return request;
    }

    /** The time at which the request was due. */
    long dueNs() {
        return dueNs;
    }

    int status() {
        return Integer.parseInt(new String(in.array(), STATUS_AT, STATUS_END - STATUS_AT, StandardCharsets.ISO_8859_1));
    }

    /** Status and error code. */
    String refusal() {
        Matcher code = ERROR_CODE.matcher(body());
        return status() + (code.find() ? " " + code.group(1) : "");
    }

    String body() {
        return new String(Arrays.copyOfRange(in.array(), bodyAt, endAt), StandardCharsets.UTF_8);
    }
}
