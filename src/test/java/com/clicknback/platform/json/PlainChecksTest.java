package com.clicknback.platform.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.platform.errors.Violation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Records that need no validator, and those that do. */
class PlainChecksTest {
    record Guest(@NotNull String name, @Nullable @Visible String title) {}

    record Named(@NotNull @CodePoints(min = 1, max = 3) String name) {}

    record Counted(@NotNull @Min(1) Integer count) {}

    record Listed(@NotNull List<@NotNull String> names) {}

    record Told(@NotNull String name) implements Runnable {
        @Override
        public void run() {}
    }

    @Test
    void passesWhatViolatesNothing() {
        assertThat(PlainChecks.pass(new Named("abc"))).isTrue();
        assertThat(PlainChecks.pass(new Named("\ud83c\udf75\ud83c\udf75\ud83c\udf75")))
                .isTrue();
    }

    @Test
    @SuppressWarnings("NullAway")
    void passesNothingThatTheValidatorRefuses() {
        List<Object> wrong = List.of(
                new Named(""),
                new Named("abcd"),
                new Named(null),
                new Counted(0),
                new Listed(new ArrayList<>(Collections.singletonList(null))),
                new Told(null));

        assertThat(wrong).noneMatch(PlainChecks::pass).allSatisfy(value -> {
            List<Violation> violations = new ArrayList<>();
            Constraints.check(value, violations);
            assertThat(violations).isNotEmpty();
        });
    }

    /** The title of a guest has a constraint that only the validator knows. */
    @Test
    void leavesRecordsWithOtherConstraintsToTheValidator() {
        assertThat(PlainChecks.pass(new Counted(1))).isFalse();
        assertThat(PlainChecks.pass(new Listed(List.of("a")))).isFalse();
        assertThat(PlainChecks.pass(new Told("a"))).isFalse();
        assertThat(PlainChecks.pass(new Guest("Ada", null))).isFalse();
    }

    record Bill(
            @NotNull @Pattern(regexp = "tea|cake") String kind,
            @NotNull @Valid Named guest,
            @Nullable @Size(min = 1, max = 2) List<String> names) {}

    @Test
    @SuppressWarnings("NullAway")
    void looksAtEachMemberAndIntoItsRecords() {
        Named guest = new Named("Ada");

        assertThat(PlainChecks.pass(new Bill("tea", guest, null))).isTrue();
        assertThat(PlainChecks.pass(new Bill("tea", guest, List.of("a", "b")))).isTrue();
        assertThat(PlainChecks.pass(new Bill("teas", guest, null))).isFalse();
        assertThat(PlainChecks.pass(new Bill("tea", null, null))).isFalse();
        assertThat(PlainChecks.pass(new Bill("tea", new Named("Adam"), null))).isFalse();
        assertThat(PlainChecks.pass(new Bill("tea", guest, List.of()))).isFalse();
        assertThat(PlainChecks.pass(new Bill("tea", guest, List.of("a", "b", "c"))))
                .isFalse();
    }
}
