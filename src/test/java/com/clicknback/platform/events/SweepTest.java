package com.clicknback.platform.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SweepTest {
    private static final int FULL = 10;

    private final List<Promise<Integer>> slices = new ArrayList<>();
    private final Sweep sweep = new Sweep("sweep of the test", FULL, 100, Clock.systemUTC(), () -> {
        slices.add(Promise.promise());
        return slices.get(slices.size() - 1).future();
    });

    @Test
    void goesOnAfterAFullSlice() {
        Future<Integer> run = sweep.run();
        slices.get(0).complete(FULL);
        slices.get(1).complete(1);

        assertThat(run.result()).isEqualTo(FULL + 1);
    }

    /** A backlog of hundreds of slices would keep a process from its end. */
    @Test
    void endsWithItsPresentSliceOnceItIsClosed() {
        Future<Integer> run = sweep.run();
        Future<Integer> closed = sweep.close();
        assertThat(closed.isComplete()).isFalse();

        slices.get(0).complete(FULL);

        assertThat(closed.isComplete()).isTrue();
        assertThat(run.result()).isEqualTo(FULL);
        assertThat(slices).hasSize(1);
    }
}
