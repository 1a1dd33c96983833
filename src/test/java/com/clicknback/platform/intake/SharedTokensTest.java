package com.clicknback.platform.intake;

import static com.clicknback.testing.TestService.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.platform.address.AddressText;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.bus.Notice;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two nodes that tell each other what they take. */
class SharedTokensTest {
    private static final int PER_MINUTE = 6;

    private final UUID key = UUID.randomUUID();
    private final TestClock clock = TestClock.standing(Instant.EPOCH);
    private final Node one = new Node();
    private final Node other = new Node();

    private final class Node {
        private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        private final Bus bus = new Bus(vertx);
        private final RateLimiter limit = new SharedTokens(vertx, bus).limit("user", PER_MINUTE, clock);
        private final List<Notice> told = new CopyOnWriteArrayList<>();

        void tells(Node another) {
            tells(another, CompletableFuture.completedFuture(null));
        }

        void tells(Node another, CompletableFuture<Void> begin) {
            bus.connect(notice -> begin.thenRun(() -> {
                told.add(notice);
                another.bus.receive(Bus.write(List.of(notice)));
            }));
        }

        void take(int tokens) {
            for (int i = 0; i < tokens; i++) {
                limit.take(key);
            }
        }

        void hasLeft(int tokens) {
            Waiting.until(tokens + " tokens are left", () -> left() == tokens);
        }

        /** As many as can be taken at once. They are given back, and nobody is told. */
        private int left() {
            bus.connect(null);
            for (int tokens = PER_MINUTE; tokens > 0; tokens--) {
                if (refusal(tokens) == null) {
                    for (int i = 0; i < tokens; i++) {
                        limit.giveBack(key);
                    }
                    return tokens;
                }
            }
            return 0;
        }

        @Nullable
        DomainException refusal(int tokens) {
            try {
                limit.take(key, tokens);
                return null;
            } catch (DomainException refusal) {
                assertThat(refusal.code()).isEqualTo(ErrorCode.RATE_LIMITED);
                return refusal;
            }
        }
    }

    @AfterEach
    void close() {
        await(one.vertx.close());
        await(other.vertx.close());
    }

    @Test
    void countsWhatOtherNodesGrant() {
        one.tells(other);

        one.take(2);
        other.hasLeft(PER_MINUTE - 2);
        one.take(PER_MINUTE - 2);
        other.hasLeft(0);
    }

    @Test
    void countsNotWhatOtherNodesRefuseOrGetBack() {
        one.tells(other);

        one.take(PER_MINUTE);
        assertThat(one.refusal(1)).isNotNull();
        other.hasLeft(0);
        one.limit.giveBack(key);

        other.hasLeft(1);
    }

    /** Nodes that are asked at once grant too much, and their client waits for as long as that takes to come back. */
    @Test
    void runsIntoDebtForWhatSeveralNodesGrantAtOnce() {
        CompletableFuture<Void> bothTook = new CompletableFuture<>();
        one.tells(other, bothTook);
        other.tells(one, bothTook);

        one.take(PER_MINUTE);
        other.take(PER_MINUTE);
        bothTook.complete(null);

        Waiting.until(
                "each counts both",
                () -> Stream.of(one, other)
                        .allMatch(node -> node.refusal(1)
                                .details()
                                .get("retry_after_seconds")
                                .equals((PER_MINUTE + 1) * 60L / PER_MINUTE)));
        clock.advance(Duration.ofMinutes(2));
        assertThat(one.left()).isEqualTo(PER_MINUTE);
    }

    @Test
    void tellsOfManyAtOnce() {
        one.tells(other);
        one.limit.take(key, 2);
        other.hasLeft(PER_MINUTE - 2);
        one.told.clear();

        one.take(PER_MINUTE - 2);
        other.hasLeft(0);

        assertThat(one.told).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void countsAloneWithoutOtherNodes() {
        one.take(PER_MINUTE);

        assertThat(one.refusal(1)).isNotNull();
        other.hasLeft(PER_MINUTE);
    }

    @Test
    void understandsNoticesOfOtherVersions() {
        String written = """
                [{"type": "com.clicknback.platform.intake.TokensTaken"},
                 {"type": "com.clicknback.platform.intake.TokensTaken", "body": {}},
                 {"type": "com.clicknback.platform.intake.TokensTaken", "body": {"byLimit": null}},
                 {"type": "com.clicknback.platform.intake.TokensTaken", "body": {"byLimit": {"user": 3}}},
                 {"type": "com.clicknback.platform.intake.TokensTaken", "body": {"byLimit": {"user": null}}},
                 {"type": "com.clicknback.platform.intake.TokensTaken", "body": {"since": 7, "byLimit": {
                     "a limit of tomorrow": {"id %1$s": 1},
                     "user": {"id 00000000-0000-0000-0000-000000000000": null, "moon 7": 1, "id 7": 1, "address x": 1, "hash x": 1, "id %1$s": 2}}}}]
                """.formatted(key);

        one.bus.receive(written.getBytes(StandardCharsets.UTF_8));

        one.hasLeft(PER_MINUTE - 2);
    }

    @Test
    void keysAreTheSameOnAllNodes() {
        for (Object sent : List.of(
                UUID.randomUUID(),
                AddressText.parse("192.0.2.1"),
                AddressText.parse("2001:db8::"),
                ByteBuffer.wrap(new byte[] {0, 1, -1}))) {
            assertThat(LimitKey.parse(LimitKey.text(sent))).isEqualTo(sent);
        }
    }
}
