package com.clicknback.platform.errors;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** Words for failures of files, whose own texts are often a path and no more. */
public final class FileFaults {
    private FileFaults() {}

    /** The fault in a few words, without the file's name. */
    public static String inWords(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof CharacterCodingException) {
            return "it is not UTF-8";
        }
        String reason = failure instanceof FileSystemException e ? e.getReason() : failure.getMessage();
        return reason == null || reason.isBlank()
                ? failure.getClass().getSimpleName()
                : reason.lines().findFirst().orElseThrow();
    }

    /** The same behind the name of the file, if the failure has one. */
    public static String named(IOException failure) {
        return failure instanceof FileSystemException e && e.getFile() != null
                ? e.getFile() + ": " + inWords(failure)
                : inWords(failure);
    }

    /** The same of the innermost cause; empty unless that is a failure of input or output. */
    public static Optional<String> ofCause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof IOException e ? Optional.of(inWords(e)) : Optional.empty();
    }
}
