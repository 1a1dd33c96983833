package com.clicknback.platform.json;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;

/** Buffers as arrays and arrays as buffers, without a copy where none is needed. */
public final class Bytes {
    private Bytes() {}

    /** The bytes of a buffer that nobody changes any more; they may be the buffer's own, and are not to be changed. */
    public static byte[] of(Buffer buffer) {
        ByteBuf in = ((BufferInternal) buffer).getByteBuf();
        boolean whole = in.hasArray() && in.arrayOffset() == 0 && in.array().length == in.readableBytes();
        return whole ? in.array() : buffer.getBytes();
    }

    /** A buffer of an array that nobody else changes. */
    static Buffer buffer(byte[] bytes) {
        return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes));
    }
}
