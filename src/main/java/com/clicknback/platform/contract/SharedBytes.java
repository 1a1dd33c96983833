package com.clicknback.platform.contract;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;

/**
 * Bytes that many answers consist of. They stand outside of the heap once, from where sockets take them. Bytes of the
 * heap would be copied out of it for each answer, and stay there until its client has read them.
 */
public final class SharedBytes {
    private SharedBytes() {}

    /** A buffer that nobody may change. */
    public static Buffer of(byte[] bytes) {
        return BufferInternal.buffer(
                Unpooled.directBuffer(bytes.length, bytes.length).writeBytes(bytes));
    }
}
