package com.clicknback.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.events.CashbackEvents;
import com.clicknback.events.PayoutEvents;
import com.clicknback.events.PurchaseEvents;
import com.clicknback.platform.events.EventType;
import com.clicknback.platform.events.LoggedEvent;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LatestEventTest {
    private static final UUID FIRST = UUID.randomUUID();
    private static final UUID SECOND = UUID.randomUUID();

    /** Every event that the domains write. */
    static Stream<EventType<?>> types() {
        return Stream.of(PurchaseEvents.class, CashbackEvents.class, PayoutEvents.class)
                .flatMap(events -> Arrays.stream(events.getFields()))
                .map(LatestEventTest::constant);
    }

    private static EventType<?> constant(Field field) {
        try {
            return (EventType<?>) field.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void tellsHowManyItIsAboutAndTheFirst(EventType<?> type) {
        LatestEvent latest = LatestEvent.of(
                new LoggedEvent(new LoggedEvent.Position(1, 1), type.name(), payload(type), null, Instant.now()));

        if (type.payload() == PayoutEvents.Moved.class) {
            assertThat(latest.count()).isEqualTo(1);
            assertThat(latest.payoutId()).isEqualTo(FIRST);
        } else {
            assertThat(latest.count()).isEqualTo(2);
            assertThat(latest.purchaseId()).isEqualTo(type.equals(PurchaseEvents.PARKED) ? null : FIRST);
        }
    }

    /** Two purchases, or one payout, as JSON: each type is read in it, also those that are packed now. */
    private static String payload(EventType<?> type) {
        if (type.payload() == PayoutEvents.Moved.class) {
            return JsonObject.of("payout_id", FIRST.toString(), "user_id", SECOND.toString(), "amount_minor", 1)
                    .encode();
        }
        String list = type.payload().getRecordComponents()[0].getName();
        return JsonObject.of(list, JsonArray.of(entry(FIRST), entry(SECOND))).encode();
    }

    /** The members of all kinds of entries. */
    private static JsonObject entry(UUID purchaseId) {
        return JsonObject.of(
                "purchase_id",
                purchaseId.toString(),
                "user_id",
                SECOND.toString(),
                "amount_minor",
                1,
                "before_minor",
                2);
    }

    @ParameterizedTest
    @MethodSource("types")
    void hasWordsOnTheLiveScreen(EventType<?> type) throws IOException {
        assertThat(Files.readString(Path.of("src/main/console/screens/live.js")))
                .contains("'" + type.name() + "':");
    }
}
