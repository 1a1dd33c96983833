package com.clicknback.platform.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.TestService;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Senders that share a batcher. */
class TurnsTest {
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();

    @AfterEach
    void close() {
        TestService.await(vertx.close());
    }

    private <T> T onContext(Supplier<T> step) {
        Promise<T> done = Promise.promise();
        context.runOnContext(v -> done.complete(step.get()));
        return TestService.await(done.future());
    }

    @Test
    void piecesOfWorkTakeTurnsByTheirSenders() {
        Batcher<Supplier<Future<String>>, String> turns = onContext(() -> Batcher.ofSingles(vertx, 2, 100));
        List<String> begun = new ArrayList<>();
        Deque<Promise<String>> underWay = new ArrayDeque<>();
        for (String name : List.of("flood 1", "flood 2", "flood 3", "flood 4", "few 1", "flood 5")) {
            onContext(() -> turns.submit(name.split(" ")[0], () -> {
                begun.add(name);
                Promise<String> work = Promise.promise();
                underWay.add(work);
                return work.future();
            }));
        }
        assertThat(onContext(() -> List.copyOf(begun))).containsExactly("flood 1", "flood 2");

        for (int n = 0; n < 6; n++) {
            onContext(() -> underWay.poll().tryComplete("done"));
            onContext(begun::size);
        }

        assertThat(begun).containsExactly("flood 1", "flood 2", "flood 3", "few 1", "flood 4", "flood 5");
        assertThat(onContext(() -> turns.idle()).isComplete()).isTrue();
    }

    /** Its answer may let the next request of the same connection begin. */
    @Test
    void whoMadeRoomMaySendAgainWhileItIsTold() {
        Batcher<Integer, Integer> full = onContext(() ->
                new Batcher<>(vertx, items -> Promise.<List<Integer>>promise().future(), 3, 5));
        List<Future<Integer>> again = new ArrayList<>();
        for (int item = 0; item < 6; item++) {
            int next = item;
            onContext(() -> full.submit("flood", next).onFailure(refused -> again.add(full.submit("flood", 7))));
        }

        onContext(() -> full.submitAll("few", List.of(8, 9)));

        assertThat(again).hasSize(2).allMatch(Future::failed);
        assertThat(onContext(full::depth)).isEqualTo(5);
    }
}
