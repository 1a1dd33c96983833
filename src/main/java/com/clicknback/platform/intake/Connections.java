package com.clicknback.platform.intake;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.http.impl.VertxHttpObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The connections of one event loop: how many there are, and what the heads of requests cost that nobody serves yet. The
 * decoder keeps some hundred bytes for each line of such a head, be it one of four bytes. Beyond a limit the connection
 * ends that was silent for longest, so strangers who hold many keep nobody out. Used on its event loop only.
 */
public final class Connections {
    /** Lines of a head; what proxies and browsers send has a third of them. */
    private static final int HEADER_LINES_MAX = 100;

    /** Requests of a connection that wait for the one before. */
    private static final int PIPELINED_MAX = 64;

    /** Bytes that the decoder keeps for a line, however short it is. */
    private static final int LINE_COST = 256;

    private static final long SWEEP_MS = 1_000;
    private static final byte LINE_FEED = '\n';

    private final Limits limits;

    /** The one first that was served or opened the longest time ago. */
    private final Map<HttpConnection, Guard> open = new LinkedHashMap<>();

    private long cost;

    /**
     * Limits of one event loop.
     *
     * @param connectionsMax that are open
     * @param costMax bytes of heads that are not served, and what the decoder keeps for their lines
     * @param headSecondsMax from the opening or the last answer of a connection to the end of the next head
     */
    public record Limits(int connectionsMax, long costMax, int headSecondsMax) {}

    public Connections(Vertx vertx, Limits limits) {
        this.limits = limits;
        vertx.setPeriodic(SWEEP_MS, id -> {
            endLateHeads();
            endLateReaders();
        });
    }

    /** The channel of a connection of the server. */
    static Channel channel(HttpConnection connection) {
        return handler(connection).channel();
    }

    private static ChannelHandlerContext handler(HttpConnection connection) {
        return ((HttpServerConnection) connection).channelHandlerContext();
    }

    /** Watches a connection from its beginning. */
    public void opened(HttpConnection connection) {
        // The interface has no way to the bytes of a head before it is complete.
        ChannelHandlerContext handler = handler(connection);
        handler.channel()
                .config()
                .setAllocator(new AnswerAllocator(handler.channel().config().getAllocator()));
        Guard guard = new Guard(handler);
        open.put(connection, guard);
        handler.pipeline().addFirst(guard);
        // Behind the encoder as well as the decoder: before it, an answer is bytes that tell no end.
        handler.pipeline()
                .addAfter(handler.pipeline().context(HttpResponseEncoder.class).name(), null, guard.decoded());
        handler.channel().closeFuture().addListener(closed -> {
            open.remove(connection);
            guard.charge(0);
        });
        if (open.size() > limits.connectionsMax) {
            endLongestSilent(false, guard);
        }
    }

    /** Notes that a request is being served; called for each one. */
    public void serving(HttpServerRequest request) {
        HttpConnection connection = request.connection();
        Guard guard = open.remove(connection);
        if (guard != null) {
            open.put(connection, guard);
            guard.serves();
        }
    }

    /**
     * @param charged whether only those count whose heads cost something
     * @param cause ends when there is no other
     */
    private void endLongestSilent(boolean charged, Guard cause) {
        first(guard -> !guard.serving && (guard.cost > 0 || !charged))
                .or(() -> first(Guard::isBeingRead))
                .orElse(cause)
                .end();
    }

    private Optional<Guard> first(Predicate<Guard> wanted) {
        return open.values().stream().filter(wanted).findFirst();
    }

    private void endLateHeads() {
        long now = System.nanoTime();
        List<Guard> late = new ArrayList<>();
        open.values().forEach(guard -> {
            if (guard.serving || guard.isBeingRead() && !guard.inBody) {
                guard.sinceNs = now;
            } else if (now - guard.sinceNs > TimeUnit.SECONDS.toNanos(limits.headSecondsMax)) {
                late.add(guard);
            }
        });
        late.forEach(Guard::end);
    }

    /** Answers that their clients do not read stand outside of the heap, where no collector ends the process. */
    private void endLateReaders() {
        List<Guard> late = new ArrayList<>();
        long unread = open.values().stream().mapToLong(Guard::unreadBytes).sum();
        for (Guard guard : open.values()) {
            if (unread <= limits.costMax) {
                break;
            }
            if (guard.isBeingRead()) {
                unread -= guard.unreadBytes();
                late.add(guard);
            }
        }
        late.forEach(Guard::end);
    }

    /** Sees the bytes of a connection before the decoder does. */
    private final class Guard extends ChannelInboundHandlerAdapter {
        private final ChannelHandlerContext connection;
        private long sinceNs = System.nanoTime();
        private boolean serving;

        /** True while the rest of a body, read or not, is still to come. */
        private boolean inBody;

        private int unserved;
        private int linesUndecoded;

        /** Lines of bodies among the bytes that are being decoded. The decoder keeps nothing for them. */
        private int linesOfBodies;

        private boolean decodes;
        private boolean refuses;
        private long cost;

        Guard(ChannelHandlerContext connection) {
            this.connection = connection;
        }

        /** Sees what the decoder makes of the bytes, and the ends of answers. */
        ChannelDuplexHandler decoded() {
            return new ChannelDuplexHandler() {
                @Override
                public void channelRead(ChannelHandlerContext context, Object message) {
                    decodes = true;
                    if (refuses) {
                        ReferenceCountUtil.release(message);
                        return;
                    }
                    if (message instanceof HttpRequest request) {
                        unserved++;
                        inBody = true;
                        refuseOtherVersions(request);
                        refuseTooManyLines(request);
                    }
                    if (message instanceof HttpContent body) {
                        linesOfBodies += lines(body.content());
                        inBody = !(message instanceof LastHttpContent);
                    }
                    context.fireChannelRead(message);
                }

                @Override
                public void write(ChannelHandlerContext context, Object message, ChannelPromise written) {
                    if (message instanceof VertxHttpObject part && part.isEnded()) {
                        serving = false;
                    }
                    context.write(message, written);
                }
            };
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            int lines = message instanceof ByteBuf bytes ? lines(bytes) : 0;
            int size = message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
            linesUndecoded += lines;
            linesOfBodies = 0;
            decodes = false;
            context.fireChannelRead(message);
            linesUndecoded = decodes ? 0 : linesUndecoded;
            long more = size + (long) Math.max(0, lines - linesOfBodies) * LINE_COST;
            // What follows the last message of these bytes may be a head; it costs no more than all of them.
            charge(decodes && unserved == 0 ? more : cost + more);
            if (linesUndecoded > HEADER_LINES_MAX || unserved > PIPELINED_MAX) {
                end();
            } else if (Connections.this.cost > limits.costMax) {
                endLongestSilent(true, this);
            }
        }

        private static int lines(ByteBuf bytes) {
            int lines = 0;
            int end = bytes.writerIndex();
            for (int at = bytes.indexOf(bytes.readerIndex(), end, LINE_FEED);
                    at >= 0;
                    at = bytes.indexOf(at + 1, end, LINE_FEED)) {
                lines++;
            }
            return lines;
        }

        /** The server knows only these two objects, and would answer others by a bare status. */
        private void refuseOtherVersions(HttpRequest request) {
            HttpVersion version = request.protocolVersion();
            if (version != HttpVersion.HTTP_1_1 && version != HttpVersion.HTTP_1_0) {
                request.setProtocolVersion(HttpVersion.HTTP_1_1);
                refuse(request, new DecoderException("another version of HTTP"));
            }
        }

        private void refuseTooManyLines(HttpRequest request) {
            if (linesUndecoded <= HEADER_LINES_MAX) {
                return;
            }
            int headers = 0;
            for (var each = request.headers().iteratorCharSequence(); each.hasNext(); each.next()) {
                headers++;
            }
            if (headers > HEADER_LINES_MAX) {
                refuse(request, new TooLongHttpHeaderException("too many lines"));
            }
        }

        /** Has the request answered as one that is malformed, which ends the connection. What follows it is dropped. */
        private void refuse(HttpRequest request, DecoderException fault) {
            request.setDecoderResult(DecoderResult.failure(fault));
            refuses = true;
        }

        void serves() {
            serving = true;
            sinceNs = System.nanoTime();
            unserved--;
        }

        /** True while the client has not read all of an answer. */
        boolean isBeingRead() {
            return unreadBytes() > 0;
        }

        long unreadBytes() {
            ChannelOutboundBuffer answers = connection.channel().unsafe().outboundBuffer();
            return answers == null ? 0 : answers.totalPendingWriteBytes();
        }

        void charge(long bytes) {
            if (connection.channel().isOpen() || bytes == 0) {
                Connections.this.cost += bytes - cost;
                cost = bytes;
            }
        }

        void end() {
            connection.close();
        }
    }
}
