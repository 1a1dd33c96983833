package com.clicknback.platform.bus;

import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.tracing.Spans;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Typed messages over the event bus: {@link Request}s are asked and answered, {@link Notice}s published. Addresses are
 * the names of the message types. A request that this process answers goes straight to the context of its answerer:
 * each crossing of the event bus would cost a reply address and a timer. Requests never leave the process. Notices reach
 * other nodes too while there is a way to them.
 */
public final class Bus {
    private static final Logger LOG = LoggerFactory.getLogger(Bus.class);
    private static final int DEFECT = 500;

    /** Longer than any database limit, so that the real cause answers first. */
    private static final long ASK_TIMEOUT_MS = 30_000;

    private final Vertx vertx;
    private final EventBus eventBus;
    private final boolean traced;
    private final Map<Class<?>, Answerer<?, ?>> answerers = new ConcurrentHashMap<>();
    private final Map<String, Class<? extends Notice>> heard = new ConcurrentHashMap<>();
    private volatile @Nullable Consumer<Notice> otherNodes;
    private final DeliveryOptions options =
            new DeliveryOptions().setCodecName(RecordCodec.NAME).setSendTimeout(ASK_TIMEOUT_MS);

    /** One per Vertx: it registers the codec of all messages. */
    public Bus(Vertx vertx) {
        this.vertx = vertx;
        eventBus = vertx.eventBus();
        traced = Spans.areOn(vertx);
        eventBus.registerCodec(new RecordCodec());
    }

    /**
     * Asks and returns the answer; fails with the answerer's {@link DomainException}, or with {@code SERVICE_UNAVAILABLE}
     * when nobody answers.
     */
    @SuppressWarnings("unchecked")
    public <A extends Record> Future<A> ask(Request<A> request) {
        Answerer<A, Request<A>> near = (Answerer<A, Request<A>>) answerers.get(request.getClass());
        return near != null && near.consumer.isRegistered() ? near.ask(request, step(request)) : askOverTheBus(request);
    }

    private Spans.@Nullable Step step(Request<?> request) {
        Spans spans = traced ? Spans.of(vertx) : null;
        return spans == null ? null : spans.step(request.getClass().getSimpleName());
    }

    @SuppressWarnings("unchecked")
    private <A extends Record> Future<A> askOverTheBus(Request<A> request) {
        return eventBus.<Record>request(request.getClass().getName(), request, options)
                .transform(reply -> {
                    if (reply.failed()) {
                        return Future.failedFuture(unanswered(reply.cause()));
                    }
                    if (reply.result().body() instanceof Refusal refusal) {
                        return Future.failedFuture(refusal.toException());
                    }
                    return Future.succeededFuture((A) reply.result().body());
                });
    }

    private static Throwable unanswered(Throwable cause) {
        boolean defect = cause instanceof ReplyException e && e.failureType() == ReplyFailure.RECIPIENT_FAILURE;
        return defect ? cause : DomainException.unavailable();
    }

    /** Answers every request of one type, on the context of the verticle that calls this. */
    public <A extends Record, M extends Request<A>> void answer(Class<M> type, Function<M, Future<A>> answerer) {
        MessageConsumer<Record> consumer = eventBus.consumer(
                type.getName(),
                message -> answer(type, answerer, type.cast(message.body()))
                        .onComplete(value -> message.reply(value, options), failure -> refuse(message, failure)));
        answerers.put(type, new Answerer<>(vertx.getOrCreateContext(), type, answerer, consumer));
    }

    private void refuse(Message<Record> message, Throwable failure) {
        if (failure instanceof DomainException refusal) {
            message.reply(Refusal.of(refusal), options);
        } else {
            message.fail(DEFECT, failure.getMessage());
        }
    }

    /** Fails with a {@link DomainException}, or with a defect whose cause is in the log alone. */
    private static <A extends Record, M extends Request<A>> Future<A> answer(
            Class<M> type, Function<M, Future<A>> answerer, M request) {
        Future<A> answer;
        try {
            answer = answerer.apply(request);
        } catch (RuntimeException e) {
            answer = Future.failedFuture(e);
        }
        return answer.recover(failure -> {
            if (failure instanceof DomainException) {
                return Future.failedFuture(failure);
            }
            LOG.error("{} failed", type.getSimpleName(), failure);
            return Future.failedFuture(new ReplyException(
                    ReplyFailure.RECIPIENT_FAILURE, DEFECT, "defect while answering " + type.getSimpleName()));
        });
    }

    /** The answerer of one type in this process, until its verticle ends and its consumer with it. */
    private record Answerer<A extends Record, M extends Request<A>>(
            Context context, Class<M> type, Function<M, Future<A>> answerer, MessageConsumer<Record> consumer) {

        /** Answers on the context that asks. */
        Future<A> ask(M request, Spans.@Nullable Step step) {
            Context asker = Vertx.currentContext();
            Promise<A> answer = Promise.promise();
            Context answering = step == null ? context : step.on(context);
            answering.runOnContext(reached -> Bus.answer(type, answerer, request)
                    .onComplete(done -> {
                        if (asker == null) {
                            answer.handle(done);
                        } else {
                            asker.runOnContext(back -> answer.handle(done));
                        }
                    }));
            return step == null ? answer.future() : answer.future().onComplete(v -> step.end(null), step::end);
        }
    }

    /** Sends a notice to every listener there is now, on other nodes too. */
    public void publish(Notice notice) {
        publishHere(notice);
        tellOtherNodes(notice);
    }

    private void publishHere(Notice notice) {
        eventBus.publish(notice.getClass().getName(), notice, options);
    }

    /** Listens to notices of one type, on the context of the verticle that calls this. */
    public <N extends Notice> void listen(Class<N> type, Consumer<N> listener) {
        heard.put(type.getName(), type);
        eventBus.<Record>consumer(type.getName(), message -> listener.accept(type.cast(message.body())));
    }

    /** Sends a notice to the listeners of other nodes alone. */
    public void tellOtherNodes(Notice notice) {
        Consumer<Notice> way = otherNodes;
        if (way != null) {
            way.accept(notice);
        }
    }

    /** True while there is a way to other nodes, though perhaps no other node. */
    public boolean hasOtherNodes() {
        return otherNodes != null;
    }

    /**
     * Opens the way to other nodes, or closes it.
     *
     * @param way takes notices on any thread and never waits; null for none
     */
    public void connect(@Nullable Consumer<Notice> way) {
        otherNodes = way;
    }

    /** Notices in the form in which they travel. */
    public static byte[] write(Collection<Notice> notices) {
        return NoticeJson.write(notices);
    }

    /** Publishes here what another node has written. */
    public void receive(byte[] written) {
        NoticeJson.read(written, heard).forEach(this::publishHere);
    }
}
