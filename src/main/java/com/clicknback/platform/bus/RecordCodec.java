package com.clicknback.platform.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/** Passes records by reference, which is safe because they are immutable. They never leave the process this way. */
final class RecordCodec implements MessageCodec<Record, Record> {
    static final String NAME = "clicknback-record";

    @Override
    public void encodeToWire(Buffer buffer, Record message) {
        throw new UnsupportedOperationException("messages stay inside the process");
    }

    @Override
    public Record decodeFromWire(int position, Buffer buffer) {
        throw new UnsupportedOperationException("messages stay inside the process");
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
