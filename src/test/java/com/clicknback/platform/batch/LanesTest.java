package com.clicknback.platform.batch;

import static com.clicknback.testing.TestService.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LanesTest {
    private final Vertx vertx = Vertx.vertx();
    private final Lanes lanes = new Lanes(2);
    private final Deque<Promise<String>> underWay = new ArrayDeque<>();

    @AfterEach
    void close() {
        await(vertx.close());
    }

    private Future<String> submit(String sender) {
        return lanes.run(vertx, sender, () -> {
            Promise<String> work = Promise.promise();
            underWay.add(work);
            return work.future();
        });
    }

    private void endFirst() {
        underWay.remove().complete("done");
    }

    @Test
    void whatOneSenderHasTooMuchWaitsForItsOwnAlone() {
        Future<String> first = submit("flood");
        submit("flood");
        Future<String> third = submit("flood");
        assertThat(underWay).hasSize(2);

        Future<String> other = submit("other");
        assertThat(underWay).hasSize(3);

        endFirst();
        await(first);
        underWay.forEach(work -> work.tryComplete("done"));
        await(other);
        vertx.setTimer(1, id -> underWay.forEach(work -> work.tryComplete("done")));
        assertThat(await(third)).isEqualTo("done");
    }

    @Test
    void aFailureMakesRoomToo() {
        submit("one");
        Future<String> failed = lanes.run(vertx, "one", () -> {
            throw new IllegalStateException("defect");
        });
        assertThatThrownBy(() -> await(failed)).isInstanceOf(IllegalStateException.class);

        submit("one");
        assertThat(underWay).hasSize(2);
    }

    @Test
    void whatWaitsTooLongIsRefusedAndNeverBegun() {
        submit("one");
        submit("one");
        Future<String> late = submit("one");

        assertThatThrownBy(() -> await(late))
                .isInstanceOfSatisfying(
                        DomainException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OVERLOADED));
        endFirst();
        endFirst();
        assertThat(underWay).isEmpty();
    }
}
