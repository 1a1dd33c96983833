package com.clicknback.platform.intake;

import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The media types and encodings of request bodies. */
public final class MediaTypes {
    public static final String JSON = "application/json";
    private static final Pattern ACCEPTED =
            Pattern.compile("\\s*application/(json|[a-z0-9!#$&^_.+-]+\\+json)\\s*(;.*)?", Pattern.CASE_INSENSITIVE);

    private MediaTypes() {}

    /** Throws {@code UNSUPPORTED_MEDIA_TYPE} unless the content type is JSON. */
    public static void requireJson(@Nullable String contentType) {
        if (!JSON.equals(contentType)
                && (contentType == null || !ACCEPTED.matcher(contentType).matches())) {
            throw unsupported("The body must be JSON, declared by its Content-Type.");
        }
    }

    /** Throws {@code UNSUPPORTED_MEDIA_TYPE} unless the body comes as it is: a compressed one would be read as bad JSON. */
    public static void requirePlain(List<String> contentEncodings) {
        if (!contentEncodings.stream()
                .allMatch(encoding -> encoding.isBlank() || "identity".equalsIgnoreCase(encoding))) {
            throw unsupported("The body must come without a Content-Encoding.");
        }
    }

    private static DomainException unsupported(String message) {
        return new DomainException(
                ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                message,
                Map.of("supported_media_types", List.of(JSON, "application/*+json")));
    }
}
