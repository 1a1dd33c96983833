package com.clicknback.platform.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.testing.Waiting;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** All steps run on the batcher's context, as in the verticle that owns it; flushes end when the test says so. */
class BatcherTest {
    private static final int BATCH_MAX = 3;
    private static final int QUEUE_MAX = 5;
    private static final int WAIT_MS_MAX = 10;

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final List<List<Integer>> flushed = new ArrayList<>();
    private final Deque<Promise<List<String>>> flushes = new ArrayDeque<>();
    private Batcher<Integer, String> batcher;

    @BeforeEach
    void make() {
        batcher = onContext(() -> new Batcher<>(vertx, this::flush, BATCH_MAX, QUEUE_MAX));
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private Future<List<String>> flush(List<Integer> items) {
        flushed.add(items);
        Promise<List<String>> flush = Promise.promise();
        flushes.add(flush);
        return flush.future();
    }

    private <T> T onContext(Supplier<T> step) {
        Promise<T> done = Promise.promise();
        context.runOnContext(v -> {
            try {
                done.complete(step.get());
            } catch (RuntimeException e) {
                done.fail(e);
            }
        });
        return await(done.future());
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(10, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private Future<String> submit(int item) {
        return onContext(() -> batcher.submit(item));
    }

    /** Ends the oldest flush with one verdict for each of its items. */
    private void succeed(int flush) {
        onContext(() -> {
            flushes.poll()
                    .complete(flushed.get(flush).stream()
                            .map(item -> "verdict " + item)
                            .toList());
            return true;
        });
    }

    @Test
    void aLoneItemWaitsForNothing() {
        Future<String> verdict = submit(1);
        assertThat(flushed).containsExactly(List.of(1));

        succeed(0);

        assertThat(await(verdict)).isEqualTo("verdict 1");
    }

    @Test
    void whatQueuesUpDuringAFlushSharesTheNextOneInOrderAndWithinItsBound() {
        List<Future<String>> verdicts =
                IntStream.rangeClosed(1, 6).mapToObj(this::submit).toList();
        assertThat(flushed).containsExactly(List.of(1));
        assertThat(batcher.depth()).isEqualTo(5);

        succeed(0);
        await(verdicts.get(0));
        assertThat(onContext(() -> List.copyOf(flushed))).containsExactly(List.of(1), List.of(2, 3, 4));

        succeed(1);
        await(verdicts.get(3));
        assertThat(onContext(() -> List.copyOf(flushed))).containsExactly(List.of(1), List.of(2, 3, 4), List.of(5, 6));

        succeed(2);
        assertThat(verdicts.stream().map(BatcherTest::await))
                .containsExactly("verdict 1", "verdict 2", "verdict 3", "verdict 4", "verdict 5", "verdict 6");
        assertThat(batcher.depth()).isZero();
    }

    @Test
    void refusesBeyondItsQueueAndKeepsWhatItTook() {
        List<Future<String>> taken =
                IntStream.rangeClosed(1, 6).mapToObj(this::submit).toList();

        assertThatThrownBy(() -> await(submit(7)))
                .isInstanceOfSatisfying(
                        DomainException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OVERLOADED));

        succeed(0);
        await(taken.get(0));
        succeed(1);
        await(taken.get(1));
        succeed(2);
        assertThat(await(taken.get(5))).isEqualTo("verdict 6");
    }

    @Test
    void refusesWhatHasWaitedTooLongWhenItsTurnComes() {
        Batcher<Integer, String> impatient =
                onContext(() -> Batcher.waiting(vertx, this::flush, BATCH_MAX, QUEUE_MAX, WAIT_MS_MAX));
        onContext(() -> impatient.submit(1));
        Future<String> late = onContext(() -> impatient.submit(2));
        long sinceNs = System.nanoTime();
        Waiting.until("it has waited too long", () -> System.nanoTime() - sinceNs > 2 * WAIT_MS_MAX * 1_000_000L);

        succeed(0);

        assertThatThrownBy(() -> await(late))
                .isInstanceOfSatisfying(
                        DomainException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OVERLOADED));
        assertThat(onContext(() -> List.copyOf(flushed))).containsExactly(List.of(1));
        assertThat(impatient.depth()).isZero();
        assertThat(onContext(() -> impatient.idle()).isComplete()).isTrue();
    }

    /** A refusal promises that nothing was stored, so it must not follow a flush of the same request. */
    @Test
    void flushesTheRestOfARequestHoweverLongItHasWaited() {
        Batcher<Integer, String> impatient =
                onContext(() -> Batcher.waiting(vertx, this::flush, BATCH_MAX, QUEUE_MAX, WAIT_MS_MAX));
        Future<List<String>> together = onContext(() -> impatient.submitAll(null, List.of(1, 2, 3, 4, 5)));
        long sinceNs = System.nanoTime();
        Waiting.until("it has waited too long", () -> System.nanoTime() - sinceNs > 2 * WAIT_MS_MAX * 1_000_000L);

        succeed(0);
        onContext(() -> flushed.size());
        succeed(1);

        assertThat(await(together)).containsExactly("verdict 1", "verdict 2", "verdict 3", "verdict 4", "verdict 5");
    }

    @Test
    void takesItemsThatBelongTogetherWholeOrNotAtAll() {
        submit(1);
        submit(2);

        assertThatThrownBy(() -> await(onContext(() -> batcher.submitAll(null, List.of(3, 4, 5, 6, 7)))))
                .isInstanceOf(DomainException.class);
        Future<List<String>> together = onContext(() -> batcher.submitAll(null, List.of(3, 4, 5, 6)));
        assertThat(batcher.depth()).isEqualTo(5);

        succeed(0);
        onContext(() -> flushed.size());
        succeed(1);
        onContext(() -> flushed.size());
        succeed(2);

        assertThat(await(together)).containsExactly("verdict 3", "verdict 4", "verdict 5", "verdict 6");
    }

    @Test
    void aFailedFlushFailsItsItemsAndNoOthers() {
        Future<String> first = submit(1);
        Future<String> second = submit(2);

        onContext(() -> flushes.poll().tryFail(DomainException.unavailable()));
        assertThatThrownBy(() -> await(first)).isInstanceOf(DomainException.class);
        succeed(1);

        assertThat(await(second)).isEqualTo("verdict 2");
    }

    @Test
    void aFlushThatThrowsFailsItsItemsAndTheNextOneFollows() {
        Batcher<Integer, String> fragile = onContext(() -> new Batcher<Integer, String>(
                vertx,
                items -> {
                    if (items.contains(13)) {
                        throw new IllegalStateException("defect");
                    }
                    return Future.succeededFuture(
                            items.stream().map(String::valueOf).toList());
                },
                BATCH_MAX,
                QUEUE_MAX));

        Future<String> unlucky = onContext(() -> fragile.submit(13));
        Future<String> lucky = onContext(() -> fragile.submit(7));

        assertThatThrownBy(() -> await(unlucky)).isInstanceOf(IllegalStateException.class);
        assertThat(await(lucky)).isEqualTo("7");
    }

    @Test
    void isIdleOnceNothingWaitsAndNothingIsInFlight() {
        assertThat(onContext(() -> batcher.idle()).isComplete()).isTrue();
        submit(1);
        submit(2);
        Future<Void> idle = onContext(() -> batcher.idle());

        succeed(0);
        onContext(() -> flushed.size());
        assertThat(onContext(idle::isComplete)).isFalse();
        succeed(1);

        await(idle);
    }

    @Test
    void flushesBesideAnotherFlushOnlyWhatIsWorthIt() {
        Batcher<Integer, String> busy = onContext(() -> Batcher.ofTwoFlushes(vertx, this::flush, 100, 1_000));
        Future<String> first = onContext(() -> busy.submit(0));
        List<Future<String>> few = IntStream.rangeClosed(1, 99)
                .mapToObj(item -> onContext(() -> busy.submit(item)))
                .toList();
        assertThat(flushed).hasSize(1);

        Future<String> last = onContext(() -> busy.submit(100));
        onContext(() -> busy.submitAll(null, IntStream.range(200, 300).boxed().toList()));
        assertThat(flushed).hasSize(2);
        assertThat(flushed.get(1)).hasSize(100);

        Promise<List<String>> firstFlush = flushes.poll();
        succeed(1);
        assertThat(await(few.get(0))).isEqualTo("verdict 1");
        assertThat(await(last)).isEqualTo("verdict 100");
        assertThat(onContext(() -> List.copyOf(flushed))).hasSize(3);
        assertThat(first.isComplete()).isFalse();

        Future<Void> idle = onContext(busy::idle);
        succeed(2);
        assertThat(onContext(idle::isComplete)).isFalse();
        onContext(() -> firstFlush.tryComplete(List.of("verdict 0")));
        assertThat(await(first)).isEqualTo("verdict 0");
        await(idle);
    }

    @Test
    void flushesTheItemsOfOneRequestInTheirOrderOnly() {
        Batcher<Integer, String> busy = onContext(() -> Batcher.ofTwoFlushes(vertx, this::flush, 100, 1_000));

        onContext(() -> busy.submitAll(null, IntStream.range(0, 250).boxed().toList()));
        assertThat(onContext(() -> List.copyOf(flushed))).hasSize(1);
        succeed(0);
        assertThat(onContext(() -> flushed.size())).isEqualTo(2);
        succeed(1);
        assertThat(onContext(() -> flushed.size())).isEqualTo(3);

        assertThat(flushed.stream().flatMap(List::stream))
                .containsExactlyElementsOf(IntStream.range(0, 250).boxed().toList());
    }

    @Test
    void gathersMoreAfterAFlushOfMany() {
        Batcher<Integer, String> busy = onContext(() -> Batcher.ofTwoFlushes(vertx, this::flush, 500, 1_000));
        onContext(() -> busy.submitAll(null, IntStream.range(0, 16).boxed().toList()));
        succeed(0);

        // In one step: it waits for no more than a moment.
        int flushedAtOnce = onContext(() -> {
            busy.submitAll(null, IntStream.range(16, 175).boxed().toList());
            int before = flushed.size();
            busy.submit(175);
            return before;
        });
        assertThat(flushedAtOnce).isEqualTo(1);
        assertThat(flushed.get(1)).hasSize(160);
    }

    @Test
    void flushesFewWhenNoMoreCome() {
        Batcher<Integer, String> busy = onContext(() -> Batcher.ofTwoFlushes(vertx, this::flush, 500, 1_000));
        onContext(() -> busy.submitAll(null, IntStream.range(0, 16).boxed().toList()));
        succeed(0);

        Future<String> last = onContext(() -> busy.submit(16));
        Waiting.until("the last item is flushed", () -> onContext(() -> flushed.size()) == 2);
        succeed(1);
        assertThat(await(last)).isEqualTo("verdict 16");
    }

    @Test
    void isNotIdleWhileItGathersMore() {
        Batcher<Integer, String> busy = onContext(() -> Batcher.ofTwoFlushes(vertx, this::flush, 500, 1_000));
        onContext(() -> busy.submitAll(null, IntStream.range(0, 16).boxed().toList()));
        Future<Void> idle = onContext(() -> {
            busy.submit(16);
            flushes.poll()
                    .complete(IntStream.range(0, 16).mapToObj(String::valueOf).toList());
            return busy.idle();
        });

        Waiting.until("the last item is flushed", () -> onContext(() -> flushed.size()) == 2);
        assertThat(onContext(idle::isComplete)).isFalse();
        succeed(1);
        await(idle);
    }

    @Test
    void aSenderOfFewIsInTheNextFlushBesideOneOfMany() {
        onContext(() -> batcher.submitAll("flood", List.of(1)));
        onContext(() -> batcher.submitAll("flood", List.of(2, 3, 4)));
        onContext(() -> batcher.submit("few", 9));

        succeed(0);

        assertThat(onContext(() -> List.copyOf(flushed))).containsExactly(List.of(1), List.of(2, 3, 9));
    }
}
