package com.clicknback.platform.bus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices as JSON, for other nodes that may be older or newer: a list of {@code {"type": …, "body": …}}. Unknown members
 * are ignored, missing ones are null or zero, and a notice of an unknown type or form is skipped. No text of a peer
 * names a class: a type is one of those that somebody here listens to.
 */
final class NoticeJson {
    private static final Logger LOG = LoggerFactory.getLogger(NoticeJson.class);

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private NoticeJson() {}

    private record Envelope(String type, Notice body) {}

    static byte[] write(Collection<Notice> notices) {
        try {
            return JSON.writeValueAsBytes(notices.stream()
                    .map(notice -> new Envelope(notice.getClass().getName(), notice))
                    .toList());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("notices cannot be written", e);
        }
    }

    static List<Notice> read(byte[] json, Map<String, Class<? extends Notice>> types) {
        List<Notice> notices = new ArrayList<>();
        try {
            for (JsonNode envelope : JSON.readTree(json)) {
                Class<? extends Notice> type = types.get(envelope.path("type").asText());
                Notice notice = type == null ? null : read(envelope.path("body"), type);
                if (notice != null) {
                    notices.add(notice);
                }
            }
        } catch (IOException notJson) {
            LOG.debug("another node has sent what is no JSON", notJson);
        }
        return notices;
    }

    private static @Nullable Notice read(JsonNode body, Class<? extends Notice> type) {
        try {
            return JSON.treeToValue(body, type);
        } catch (JsonProcessingException otherForm) {
            LOG.debug("another node has sent a {} of a form that is not known here", type.getSimpleName(), otherForm);
            return null;
        }
    }
}
