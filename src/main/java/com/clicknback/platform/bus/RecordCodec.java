package com.clicknback.platform.bus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Passes records by reference inside the process, which is safe because they are immutable. Between processes they
 * travel as their class name and JSON. Decoding accepts only records of this product: a peer cannot name another class.
 */
final class RecordCodec implements MessageCodec<Record, Record> {
    static final String NAME = "clicknback-record";
    private static final String PRODUCT_PACKAGES = "com.clicknback.";

    /** Writes the class name of values whose declared type does not tell it, such as those of generic maps. */
    private final ObjectMapper json = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .activateDefaultTyping(
                    BasicPolymorphicTypeValidator.builder()
                            .allowIfSubType(PRODUCT_PACKAGES)
                            .allowIfSubType("java.util.")
                            .allowIfSubType("java.time.")
                            .allowIfSubType("java.math.")
                            .allowIfSubType(Number.class)
                            .build(),
                    ObjectMapper.DefaultTyping.JAVA_LANG_OBJECT)
            .build();

    @Override
    public void encodeToWire(Buffer buffer, Record message) {
        try {
            byte[] type = message.getClass().getName().getBytes(StandardCharsets.UTF_8);
            byte[] body = json.writeValueAsBytes(message);
            buffer.appendInt(type.length)
                    .appendBytes(type)
                    .appendInt(body.length)
                    .appendBytes(body);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Record decodeFromWire(int position, Buffer buffer) {
        int typeEnd = position + Integer.BYTES + buffer.getInt(position);
        String type = buffer.getString(position + Integer.BYTES, typeEnd, StandardCharsets.UTF_8.name());
        int bodyStart = typeEnd + Integer.BYTES;
        byte[] body = buffer.getBytes(bodyStart, bodyStart + buffer.getInt(typeEnd));
        try {
            return json.readValue(body, recordType(type));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<? extends Record> recordType(String name) {
        if (!name.startsWith(PRODUCT_PACKAGES)) {
            throw new IllegalArgumentException("not a message of this product: " + name);
        }
        try {
            return Class.forName(name).asSubclass(Record.class);
        } catch (ClassNotFoundException | ClassCastException e) {
            throw new IllegalArgumentException("not a message of this product: " + name, e);
        }
    }

    @Override
    public Record transform(Record message) {
        return message;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
