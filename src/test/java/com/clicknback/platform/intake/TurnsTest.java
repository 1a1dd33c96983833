package com.clicknback.platform.intake;

import static com.clicknback.testing.TestService.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private final Vertx vertx = Vertx.vertx();
    private final List<String> done = new ArrayList<>();

    @AfterEach
    void close() {
        await(vertx.close());
    }

    @Test
    void sendersTakeTurnsAndTheLoopServesOthersBetween() {
        Promise<Void> end = Promise.promise();
        vertx.runOnContext(start -> {
            Turns turns = new Turns(vertx);
            List<Future<Void>> all = new ArrayList<>();
            for (String work : List.of("a1", "a2", "a3", "b1", "c1", "b2")) {
                all.add(turns.next(work.substring(0, 1)).onSuccess(turn -> {
                    done.add(work);
                    vertx.runOnContext(other -> done.add("-"));
                }));
            }
            assertThatOnlyTheFirstIsDone();
            // After the others that the last turn let in between.
            Future.all(all).onComplete(ended -> vertx.runOnContext(last -> end.complete()));
        });
        await(end.future());

        assertThat(done).containsSubsequence("a1", "-", "a2", "-", "b1", "-", "c1", "-", "a3", "-", "b2");
    }

    private void assertThatOnlyTheFirstIsDone() {
        assertThat(done).containsExactly("a1");
    }
}
