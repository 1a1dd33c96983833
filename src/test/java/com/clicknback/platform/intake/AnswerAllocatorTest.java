package com.clicknback.platform.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.api.Test;

/** The writes that an answer takes. */
class AnswerAllocatorTest {
    private static int writes(int headBytes, int bodyBytes) {
        EmbeddedChannel channel = new EmbeddedChannel(new HttpResponseEncoder());
        channel.config().setAllocator(new AnswerAllocator(ByteBufAllocator.DEFAULT));
        DefaultFullHttpResponse answer = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.CREATED, Unpooled.wrappedBuffer(new byte[bodyBytes]));
        answer.headers().set("X-Filler", "x".repeat(headBytes));
        channel.writeOutbound(answer);
        int writes = 0;
        int bytes = 0;
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            writes++;
            bytes += part.readableBytes();
            part.release();
        }
        assertThat(bytes).isGreaterThan(headBytes + bodyBytes);
        channel.finish();
        return writes;
    }

    @Test
    void aUsualAnswerIsOne() {
        assertThat(writes(150, 200)).isEqualTo(1);
    }

    @Test
    void aLargeBodyIsNotCopied() {
        assertThat(writes(150, 4_000)).isEqualTo(2);
    }
}
