package com.clicknback.flags;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.TestClock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FlagValuesTest {
    private static final String KEY = "purchase_auto_confirm";
    private static final FlagScope USER = new FlagScope(FlagScope.Type.USER, new UUID(0, 1));
    private static final FlagScope MERCHANT = new FlagScope(FlagScope.Type.MERCHANT, new UUID(0, 2));

    private final TestClock clock = new TestClock();
    private final List<Set<FlagScope>> reads = new ArrayList<>();
    private Map<FlagScope, Boolean> stored = Map.of(USER, false);
    private final FlagValues values = new FlagValues(this::read, clock);

    private Future<Map<FlagScope, Boolean>> read(String key, Set<FlagScope> scopes) {
        reads.add(Set.copyOf(scopes));
        return Future.succeededFuture(stored);
    }

    @Test
    void readsOnlyWhatItDoesNotRemember() {
        assertThat(values.find(KEY, List.of(USER)).result()).containsEntry(USER, Optional.of(false));
        assertThat(values.find(KEY, List.of(USER, MERCHANT)).result())
                .containsEntry(USER, Optional.of(false))
                .containsEntry(MERCHANT, Optional.empty());
        values.find(KEY, List.of(USER, MERCHANT));

        assertThat(reads).containsExactly(Set.of(USER), Set.of(MERCHANT));
    }

    @Test
    void noticesAChangeOnceItIsTold() {
        values.find(KEY, List.of(USER));
        stored = Map.of(USER, true);
        values.forget();

        assertThat(values.find(KEY, List.of(USER)).result()).containsEntry(USER, Optional.of(true));
    }

    @Test
    void noticesAChangeThatNobodyToldOnceItsMemoryIsTooOld() {
        values.find(KEY, List.of(USER));
        stored = Map.of();
        clock.advance(FlagValues.AGE_MAX.plusMillis(1));

        assertThat(values.find(KEY, List.of(USER)).result()).containsEntry(USER, Optional.empty());
    }

    /** A memory of the wrong time must not last until that time comes. */
    @Test
    void noticesAChangeAfterTheClockWasSetBack() {
        values.find(KEY, List.of(USER));
        clock.step(Duration.ofHours(-5));
        values.find(KEY, List.of(USER));
        stored = Map.of();
        clock.advance(FlagValues.AGE_MAX.plusMillis(1));

        assertThat(values.find(KEY, List.of(USER)).result()).containsEntry(USER, Optional.empty());
    }

    @Test
    void doesNotRememberWhatWasReadBeforeAChange() {
        Promise<Map<FlagScope, Boolean>> slow = Promise.promise();
        FlagValues overtaken =
                new FlagValues((key, scopes) -> reads.isEmpty() ? slow.future() : read(key, scopes), clock);
        Future<Map<FlagScope, Optional<Boolean>>> early = overtaken.find(KEY, List.of(USER));
        reads.add(Set.of());
        overtaken.forget();
        slow.complete(Map.of(USER, true));

        assertThat(early.result()).containsEntry(USER, Optional.of(true));
        assertThat(overtaken.find(KEY, List.of(USER)).result()).containsEntry(USER, Optional.of(false));
    }
}
