package com.clicknback.config;

import com.clicknback.platform.errors.FileFaults;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A file that holds one secret, as orchestrators mount them. */
final class SecretFile {
    private static final int BYTES_MAX = 64 * 1024;

    private SecretFile() {}

    /** The content without the line's end; throws IOException whose message says in a few words what is wrong. */
    static String read(String path) throws IOException {
        try {
            return withoutLineEnd(text(Path.of(path)));
        } catch (InvalidPathException e) {
            throw new IOException("it is no path of a file", e);
        } catch (IOException e) {
            throw new IOException(FileFaults.inWords(e), e);
        }
    }

    private static String text(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException("it is a folder");
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(BYTES_MAX + 1);
        }
        if (bytes.length > BYTES_MAX) {
            throw new IOException("it has more than " + BYTES_MAX + " bytes");
        }
        CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        if (text.toString().isBlank()) {
            throw new IOException("it is empty");
        }
        return text.toString();
    }

    private static String withoutLineEnd(String text) {
        return text.replaceFirst("\r?\n\\z", "");
    }
}
