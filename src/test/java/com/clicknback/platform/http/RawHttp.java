package com.clicknback.platform.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** Bytes over a socket, for requests that no decent client sends. */
public final class RawHttp {
    private static final int SILENCE_MS_MAX = 10_000;
    private static final int BEGINNING_BYTES = 8_192;
    private static final int TRICKLE_MS = 200;

    private RawHttp() {}

    /** Sends the text and returns everything that comes back until the server closes the connection. */
    public static String exchange(int port, String request) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(SILENCE_MS_MAX);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return read(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends the text and returns the first bytes that come back, without waiting for the end. */
    static String beginning(int port, String request) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(SILENCE_MS_MAX);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            byte[] received = new byte[BEGINNING_BYTES];
            int length = socket.getInputStream().read(received);
            return new String(received, 0, Math.max(0, length), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends the text and leaves without an answer. */
    static void abandon(int port, String request) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends the text and then a byte now and again until something comes back. */
    static String trickle(int port, String head) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TRICKLE_MS);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            byte[] received = new byte[BEGINNING_BYTES];
            for (int sentMs = 0; sentMs < SILENCE_MS_MAX; sentMs += TRICKLE_MS) {
                socket.getOutputStream().write('x');
                socket.getOutputStream().flush();
                try {
                    int length = socket.getInputStream().read(received);
                    return new String(received, 0, Math.max(0, length), StandardCharsets.ISO_8859_1);
                } catch (SocketTimeoutException nothingYet) {
                    // The next byte may bring an answer.
                }
            }
            throw new AssertionError("no answer while bytes trickle in");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends the text and then a byte now and again until the server closes the connection; returns what came back. */
    static String trickleUntilClosed(int port, String head) {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TRICKLE_MS);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            for (int sentMs = 0; sentMs < SILENCE_MS_MAX; sentMs += TRICKLE_MS) {
                socket.getOutputStream().write('x');
                try {
                    for (int next = socket.getInputStream().read();
                            next >= 0;
                            next = socket.getInputStream().read()) {
                        received.write(next);
                    }
                    return received.toString(StandardCharsets.ISO_8859_1);
                } catch (SocketTimeoutException nothingYet) {
                    // The next byte may find the connection closed.
                }
            }
            throw new AssertionError("the connection stays open while bytes trickle in");
        } catch (SocketException closed) {
            return received.toString(StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(InputStream in) throws IOException {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        try {
            in.transferTo(received);
        } catch (SocketTimeoutException e) {
            throw new AssertionError(
                    "the connection stays open after: " + received.toString(StandardCharsets.ISO_8859_1), e);
        }
        return received.toString(StandardCharsets.ISO_8859_1);
    }
}
