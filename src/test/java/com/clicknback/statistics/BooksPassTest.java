package com.clicknback.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.platform.ops.Metrics;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestService;
import com.clicknback.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Passes over users whose books say what a test wants. */
class BooksPassTest {
    private static final Duration FAR_AWAY = Duration.ofHours(1);

    private final Vertx vertx = Vertx.vertx();
    private final Users users = new Users();
    private final TestClock clock = TestClock.standing(Instant.EPOCH);

    /** Users by number. */
    private static final class Users implements BooksPass.Check {
        private final List<UUID> all = new ArrayList<>();
        private final Set<UUID> tooLarge = new HashSet<>();
        private final Set<UUID> differing = new HashSet<>();
        private final List<UUID> checked = new CopyOnWriteArrayList<>();

        @Override
        public Future<List<UUID>> usersAfter(UUID userId, int usersMax) {
            return Future.succeededFuture(all.stream()
                    .filter(user -> user.compareTo(userId) > 0)
                    .limit(usersMax)
                    .toList());
        }

        @Override
        public Future<List<String>> differencesOf(List<UUID> slice) {
            if (slice.stream().anyMatch(tooLarge::contains)) {
                return Future.failedFuture("takes too long");
            }
            checked.addAll(slice);
            return Future.succeededFuture(slice.stream()
                    .filter(differing::contains)
                    .map(user -> "wallet " + user)
                    .toList());
        }
    }

    @AfterEach
    void close() {
        TestService.await(vertx.close());
    }

    private BooksPass pass(Duration interval) {
        BooksPass pass = new BooksPass(new BooksPass.Pace(interval, 1), users, clock);
        vertx.runOnContext(v -> pass.start(vertx, new Metrics()));
        return pass;
    }

    private void thereAre(int count) {
        LongStream.rangeClosed(1, count).forEach(i -> users.all.add(new UUID(0, i)));
    }

    private static void awaitEnd(BooksPass pass) {
        Waiting.until("the end of a pass", () -> pass.now().checkedAt() != null);
    }

    @Test
    void checksEachUserOnceInAPass() {
        thereAre(450);
        BooksPass pass = pass(FAR_AWAY);

        awaitEnd(pass);

        assertThat(users.checked).containsExactlyElementsOf(users.all);
        assertThat(pass.now().users()).isEqualTo(450);
        assertThat(pass.now().differences()).isZero();
    }

    @Test
    void leavesOutAUserWhoIsTooMuchAndChecksTheOthers() {
        thereAre(300);
        UUID large = users.all.get(77);
        users.tooLarge.add(large);
        BooksPass pass = pass(FAR_AWAY);

        awaitEnd(pass);

        assertThat(users.checked).hasSize(299).doesNotHaveDuplicates().doesNotContain(large);
        assertThat(pass.now().uncheckedUsers()).isEqualTo(1);
    }

    /** Otherwise its alert would be silent until the wrong time came round. */
    @Test
    void growsOldByTheTimeThatPassesWhenTheClockIsSetBack() {
        BooksPass pass = pass(FAR_AWAY);
        awaitEnd(pass);

        clock.step(Duration.ofHours(-5));
        assertThat(pass.ageSeconds()).isZero();
        clock.advance(Duration.ofMinutes(1));
        assertThat(pass.ageSeconds()).isEqualTo(60);
    }

    @Test
    void tellsADifferenceUntilAWholePassFindsNone() {
        thereAre(3);
        users.differing.add(users.all.get(1));
        BooksPass pass = pass(Duration.ofMillis(1));

        awaitEnd(pass);
        assertThat(pass.now().differences()).isEqualTo(1);
        users.differing.clear();

        Waiting.until("a clean pass", () -> pass.now().differences() == 0);
    }
}
