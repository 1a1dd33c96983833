package com.clicknback.platform.events;

import static com.clicknback.platform.events.FollowedLog.appendByHand;
import static com.clicknback.testing.TestService.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.platform.events.FollowerProcess.Owner;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Followers on a real log. Each test has a database of its own, in which it plays all the processes. */
class FollowerTest {
    private static final Follower.Settings RESTING = new Follower.Settings("test", 10, 200, 200, 3_600_000);

    private final FollowedLog followed = new FollowedLog();
    private final TestClock clock = followed.clock;
    private final Sql sql = followed.sql;
    private final FollowerProcess process = followed.newProcess();

    @AfterEach
    void closeProcesses() {
        followed.close();
    }

    private FollowerProcess newProcess() {
        return followed.newProcess();
    }

    private List<String> effects() {
        return followed.effects();
    }

    @Test
    void handsOverEveryEventOnceInTheOrderOfCommits() {
        Owner owner = process.follow(FollowerProcess::record);

        List<String> all = IntStream.range(0, 25).mapToObj(n -> "event " + n).toList();
        all.forEach(process::append);
        await(owner.caughtUp());

        assertThat(effects()).isEqualTo(all);
        assertThat(owner.follower().failures()).isZero();
    }

    @Test
    void findsWhatWasAppendedWithoutANudge() throws Exception {
        process.follow(FollowerProcess::record);
        try (Connection other = sql.connect();
                Statement statement = other.createStatement()) {
            appendByHand(statement, "unannounced");
        }

        Waiting.until("the follower polls", () -> effects().equals(List.of("unannounced")));
    }

    @Test
    void startsBehindWhatItHasDoneBefore() {
        Owner first = process.follow(FollowerProcess::record);
        process.append("before");
        await(first.caughtUp());
        process.close();

        FollowerProcess next = newProcess();
        next.append("between");
        Owner second = next.follow(FollowerProcess::record);
        next.append("after");
        await(second.caughtUp());

        assertThat(effects()).containsExactly("before", "between", "after");
    }

    @Test
    void takesEffectOnceThoughAHandlerFailsHalfWay() {
        AtomicInteger calls = new AtomicInteger();
        process.append("one");
        process.append("two");
        Owner owner = process.follow((tx, events) -> FollowerProcess.effects(tx, events)
                .compose(v -> calls.incrementAndGet() <= 2
                        ? Future.failedFuture(new IllegalStateException("half-way"))
                        : Future.succeededFuture(FollowerProcess.NOTHING)));

        await(owner.caughtUp());

        assertThat(effects()).containsExactly("one", "two");
        assertThat(owner.follower().failures()).isEqualTo(2);
    }

    @Test
    void takesEffectOnceThoughAHandlerThrows() {
        AtomicInteger calls = new AtomicInteger();
        process.append("one");
        Owner owner = process.follow((tx, events) -> {
            if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException("defect");
            }
            return FollowerProcess.record(tx, events);
        });

        await(owner.caughtUp());

        assertThat(effects()).containsExactly("one");
        assertThat(owner.follower().failures()).isEqualTo(1);
    }

    @Test
    void tellsWhatWasCommittedOnceAndOnlyThen() {
        AtomicInteger told = new AtomicInteger();
        AtomicInteger calls = new AtomicInteger();
        process.append("one");
        Owner owner = process.follow((tx, events) -> FollowerProcess.effects(tx, events)
                .compose(v -> {
                    Runnable tell = () -> told.addAndGet(events.size());
                    return calls.incrementAndGet() == 1
                            ? tx.query("SELECT 1 / 0").execute().map(tell)
                            : Future.succeededFuture(tell);
                }));

        await(owner.caughtUp());

        assertThat(told).hasValue(1);
    }

    @Test
    void twoProcessesBehindOneCursorHandleEachEventOnce() {
        FollowerProcess other = newProcess();
        Owner here = process.follow(FollowerProcess::record);
        Owner there = other.follow(FollowerProcess::record);

        List<String> all = IntStream.range(0, 60).mapToObj(n -> "event " + n).toList();
        all.forEach(what -> (what.hashCode() % 2 == 0 ? process : other).append(what));
        await(Future.all(here.caughtUp(), there.caughtUp()));

        assertThat(effects()).isEqualTo(all);
    }

    @Test
    void anotherProcessTakesOverFromOneThatEnds() {
        FollowerProcess other = newProcess();
        Owner here = process.follow(FollowerProcess::record);
        Owner there = other.follow(FollowerProcess::record);
        process.append("one");
        await(here.caughtUp());

        process.close();
        other.append("two");
        await(there.caughtUp());

        assertThat(effects()).containsExactly("one", "two");
    }

    @Test
    void restsWhileMoreGathersUntilSomebodyWaitsForIt() {
        List<Integer> sizes = new CopyOnWriteArrayList<>();
        Owner owner = process.follow(RESTING, (tx, events) -> {
            sizes.add(events.size());
            return FollowerProcess.record(tx, events);
        });
        process.append("alone");
        Waiting.until("the first is handled", () -> effects().equals(List.of("alone")));

        process.append("together");
        process.append("with this");
        await(owner.caughtUp());

        assertThat(effects()).containsExactly("alone", "together", "with this");
        assertThat(sizes).containsExactly(1, 2);
    }

    @Test
    void doesNotRestBehindMoreThanOneTransactionTakes() {
        List<String> all = IntStream.range(0, 20).mapToObj(n -> "event " + n).toList();
        all.forEach(process::append);

        process.follow(RESTING, FollowerProcess::record);
        process.append("a nudge for what was there before");

        Waiting.until("what was there before is handled", () -> effects().containsAll(all));
    }

    @Test
    void lagIsTheAgeOfTheOldestEventThatIsNotHandled() {
        AtomicInteger broken = new AtomicInteger(1);
        Owner owner = process.follow((tx, events) -> broken.get() == 1
                ? Future.failedFuture(new IllegalStateException("broken"))
                : FollowerProcess.record(tx, events));
        assertThat(await(owner.onContext(owner.follower()::lag))).isZero();

        process.append("waiting");
        clock.advance(Duration.ofMinutes(10));
        assertThat(await(owner.onContext(owner.follower()::lag))).isGreaterThanOrEqualTo(Duration.ofMinutes(10));

        broken.set(0);
        await(owner.caughtUp());
        assertThat(await(owner.onContext(owner.follower()::lag))).isZero();
    }

    @Test
    void closesAfterTheTransactionUnderWay() {
        Promise<Void> reached = Promise.promise();
        Promise<Void> goOn = Promise.promise();
        process.append("one");
        Owner owner = process.follow((tx, events) -> {
            reached.tryComplete();
            return goOn.future().compose(v -> FollowerProcess.record(tx, events));
        });
        await(owner.onContext(() -> {
            owner.follower().nudge();
            return reached.future();
        }));

        Future<Void> closed = process.vertx.undeploy(owner.deploymentID());
        assertThat(effects()).isEmpty();
        goOn.complete();
        await(closed);

        assertThat(effects()).containsExactly("one");
    }
}
