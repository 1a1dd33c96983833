package com.clicknback.platform.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Looks at bytes as UTF-8 without making a text of them. */
final class Utf8 {
    private static final int CHARS_AT_ONCE = 1024;

    /** Bytes that parsers look at to guess an encoding. */
    private static final int GUESSED_FROM = 4;

    private Utf8() {}

    /** The place of the first character, behind a byte order mark, which senders put there in error. */
    static int afterMark(byte[] bytes) {
        boolean marked =
                bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF;
        return marked ? 3 : 0;
    }

    static boolean startsWithZero(byte[] bytes) {
        for (int i = 0; i < Math.min(bytes.length, GUESSED_FROM); i++) {
            if (bytes[i] == 0) {
                return true;
            }
        }
        return false;
    }

    static boolean isWellFormed(byte[] bytes) {
        int all = 0;
        for (byte next : bytes) {
            all |= next;
        }
        return all >= 0 || isDecodable(bytes);
    }

    private static boolean isDecodable(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(Math.min(bytes.length, CHARS_AT_ONCE));
        CoderResult result = decoder.decode(in, out, true);
        while (result.isOverflow()) {
            out.clear();
            result = decoder.decode(in, out, true);
        }
        return !result.isError();
    }
}
