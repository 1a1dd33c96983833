package com.clicknback.platform.intake;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * Buffers with room for the head and the body of a usual answer, which is one write then. The encoder asks for as much as
 * heads take, and writes a body apart that finds no room behind its head.
 */
final class AnswerAllocator extends AbstractByteBufAllocator {
    private static final int BYTES_MIN = 512;

    private final ByteBufAllocator source;

    AnswerAllocator(ByteBufAllocator source) {
        super(true);
        this.source = source;
    }

    @Override
    protected ByteBuf newHeapBuffer(int bytes, int bytesMax) {
        return source.heapBuffer(bytes, bytesMax);
    }

    @Override
    protected ByteBuf newDirectBuffer(int bytes, int bytesMax) {
        return source.directBuffer(Math.max(bytes, Math.min(BYTES_MIN, bytesMax)), bytesMax);
    }

    @Override
    public boolean isDirectBufferPooled() {
        return source.isDirectBufferPooled();
    }
}
