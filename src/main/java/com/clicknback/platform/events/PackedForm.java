package com.clicknback.platform.events;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A compact form of a list: a byte that names the form, the number of entries in four bytes, and the entries, each as wide as
 * the others. The schema's function {@code event_payload} reads the same forms. A form never changes once it is released:
 * another layout is another form.
 *
 * @param number names the form among all
 * @param width bytes of an entry
 * @param write puts an entry where the buffer stands
 * @param read takes it from there
 */
public record PackedForm<R>(int number, int width, BiConsumer<ByteBuffer, R> write, Function<ByteBuffer, R> read) {
    private static final int HEAD = Byte.BYTES + Integer.BYTES;
    private static final UUID NONE = new UUID(0, 0);

    Buffer pack(List<R> entries) {
        ByteBuffer bytes = ByteBuffer.allocate(HEAD + entries.size() * width);
        bytes.put((byte) number).putInt(entries.size());
        entries.forEach(entry -> write.accept(bytes, entry));
        return Buffer.buffer(bytes.array());
    }

    /** Fails with IllegalArgumentException when the bytes are not a list of this form. */
    List<R> unpack(Buffer packed) {
        if (packed.length() < HEAD) {
            throw new IllegalArgumentException("its body has no more than " + packed.length() + " bytes");
        }
        ByteBuffer bytes = ByteBuffer.wrap(packed.getBytes());
        int form = Byte.toUnsignedInt(bytes.get());
        if (form != number) {
            throw new IllegalArgumentException("its body is of form " + form + ", not " + number);
        }
        int count = bytes.getInt();
        if (bytes.remaining() != (long) count * width) {
            throw new IllegalArgumentException(
                    "its body has " + bytes.remaining() + " bytes for " + count + " entries");
        }
        List<R> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            entries.add(read.apply(bytes));
        }
        return entries;
    }

    /** Puts an id, 16 bytes wide. */
    public static void put(ByteBuffer bytes, UUID id) {
        bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }

    /** Puts an id or, for none, as many zeros. */
    public static void putNullable(ByteBuffer bytes, @Nullable UUID id) {
        put(bytes, id == null ? NONE : id);
    }

    public static UUID id(ByteBuffer bytes) {
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    public static @Nullable UUID nullableId(ByteBuffer bytes) {
        UUID id = id(bytes);
        return id.equals(NONE) ? null : id;
    }
}
