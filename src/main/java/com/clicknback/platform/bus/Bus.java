package com.clicknback.platform.bus;

import com.clicknback.platform.errors.DomainException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Typed messages over the event bus: {@link Request}s are asked and answered, {@link Notice}s published. Addresses are
 * the names of the message types.
 */
public final class Bus {
    private static final Logger LOG = LoggerFactory.getLogger(Bus.class);
    private static final int DEFECT = 500;

    /** Longer than any database limit, so that the real cause answers first. */
    private static final long ASK_TIMEOUT_MS = 30_000;

    private final EventBus eventBus;
    private final DeliveryOptions options =
            new DeliveryOptions().setCodecName(RecordCodec.NAME).setSendTimeout(ASK_TIMEOUT_MS);

    /** One per Vertx: it registers the codec of all messages. */
    public Bus(Vertx vertx) {
        eventBus = vertx.eventBus();
        eventBus.registerCodec(new RecordCodec());
    }

    /**
     * Asks and returns the answer; fails with the answerer's {@link DomainException}, or with {@code SERVICE_UNAVAILABLE}
     * when nobody answers.
     */
    @SuppressWarnings("unchecked")
    public <A extends Record> Future<A> ask(Request<A> request) {
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
        eventBus.<Record>consumer(type.getName(), message -> {
            Future<A> answer;
            try {
                answer = answerer.apply(type.cast(message.body()));
            } catch (RuntimeException e) {
                answer = Future.failedFuture(e);
            }
            answer.onComplete(value -> message.reply(value, options), failure -> refuse(type, message, failure));
        });
    }

    private void refuse(Class<?> type, Message<Record> message, Throwable failure) {
        if (failure instanceof DomainException refusal) {
            message.reply(Refusal.of(refusal), options);
        } else {
            LOG.error("{} failed", type.getSimpleName(), failure);
            message.fail(DEFECT, "defect while answering " + type.getSimpleName());
        }
    }

    /** Sends a notice to every listener there is now. */
    public void publish(Notice notice) {
        eventBus.publish(notice.getClass().getName(), notice, options);
    }

    /** Listens to notices of one type, on the context of the verticle that calls this. */
    public <N extends Notice> void listen(Class<N> type, Consumer<N> listener) {
        eventBus.<Record>consumer(type.getName(), message -> listener.accept(type.cast(message.body())));
    }
}
