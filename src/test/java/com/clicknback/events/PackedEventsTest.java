package com.clicknback.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clicknback.platform.events.EventType;
import com.clicknback.platform.events.LoggedEvent;
import com.clicknback.platform.events.LoggedEvent.Position;
import io.vertx.core.buffer.Buffer;
import java.lang.reflect.Field;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Bodies of packed events: they are read as they were written, and nothing else is taken for them. */
class PackedEventsTest {
    private static final List<Long> TWO = List.of(1L, -1L);

    @Property
    void areReadAsTheyWereWritten(@ForAll @Size(max = 30) List<Long> numbers) {
        packedTypes().forEach(type -> {
            Record payload = payload(type, numbers);
            assertThat(read(type, pack(type, payload))).isEqualTo(payload);
        });
    }

    @Example
    void haveSixteenBytesForAnIdAndEightForAnAmount() {
        assertThat(pack(PurchaseEvents.INGESTED, payload(PurchaseEvents.INGESTED, TWO))
                        .length())
                .isEqualTo(5 + 2 * 32);
        assertThat(pack(CashbackEvents.CREDITED, payload(CashbackEvents.CREDITED, TWO))
                        .length())
                .isEqualTo(5 + 2 * 40);
    }

    @Example
    void areRefusedByNameWhenAPartIsMissingOrTooMuch() {
        packedTypes().forEach(type -> {
            Buffer body = pack(type, payload(type, TWO));
            for (int length = 0; length < body.length(); length++) {
                Buffer cut = body.getBuffer(0, length);
                assertRefused(type, () -> read(type, cut), "bytes");
            }
            assertRefused(type, () -> read(type, body.copy().appendByte((byte) 0)), "bytes");
        });
    }

    @Example
    void areRefusedByNameWhenTheirFormIsUnknown() {
        packedTypes().forEach(type -> {
            Buffer newer = pack(type, payload(type, TWO)).setByte(0, (byte) 200);
            assertRefused(type, () -> read(type, newer), "form 200");
        });
    }

    @Example
    void areRefusedByNameWhereTheTypeIsReadAsJsonAlone() {
        Buffer body = pack(PurchaseEvents.INGESTED, payload(PurchaseEvents.INGESTED, TWO));
        assertRefused(PayoutEvents.FAILED, () -> read(PayoutEvents.FAILED, body), "not packed");
    }

    private static void assertRefused(EventType<?> type, ThrowingCallable reading, String reason) {
        assertThatThrownBy(reading)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("event 7-3 (" + type.name() + ") cannot be read: ")
                .hasMessageContaining(reason);
    }

    private static Stream<EventType<?>> packedTypes() {
        return Stream.of(PurchaseEvents.class, CashbackEvents.class, PayoutEvents.class)
                .flatMap(events -> Arrays.stream(events.getFields()))
                .<EventType<?>>map(PackedEventsTest::constant)
                .filter(type -> type.packing() != null);
    }

    private static EventType<?> constant(Field field) {
        try {
            return (EventType<?>) field.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    /** An entry for each number. Every second one has a cause, where the type tells any. */
    private static Record payload(EventType<?> type, List<Long> numbers) {
        if (type.payload() == CashbackEvents.Credited.class) {
            return new CashbackEvents.Credited(list(numbers, PackedEventsTest::amount));
        }
        if (type.payload() == CashbackEvents.Released.class) {
            return new CashbackEvents.Released(list(numbers, PackedEventsTest::amount));
        }
        boolean caused = !type.equals(PurchaseEvents.INGESTED);
        return new PurchaseEvents.Purchases(list(
                numbers, n -> new PurchaseEvents.Entry(id(n), id(n + 1), caused && n % 2 == 0 ? id(n + 2) : null)));
    }

    private static CashbackEvents.Entry amount(long n) {
        return new CashbackEvents.Entry(id(n), id(n + 1), n);
    }

    private static <R> List<R> list(List<Long> numbers, LongFunction<R> entry) {
        return numbers.stream().mapToLong(Long::longValue).mapToObj(entry).toList();
    }

    private static UUID id(long n) {
        return new UUID(n, ~n);
    }

    private static <E extends Record> Buffer pack(EventType<E> type, Record payload) {
        return type.pack(type.payload().cast(payload));
    }

    private static <E extends Record> E read(EventType<E> type, Buffer body) {
        return new LoggedEvent(new Position(7, 3), type.name(), null, body, Instant.EPOCH).as(type);
    }
}
