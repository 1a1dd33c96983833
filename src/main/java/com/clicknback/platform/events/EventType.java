package com.clicknback.platform.events;

import static java.util.Objects.requireNonNull;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The name of a kind of event in the log, and the record that its payload is read into. Names and members are a
 * promise to every follower: members may be added, never renamed or removed.
 *
 * @param packing null for a payload that is written as JSON
 */
public record EventType<E extends Record>(
        String name, Class<E> payload, @Nullable Packing<E> packing) {

    /** A type whose payload is written as JSON. */
    public EventType(String name, Class<E> payload) {
        this(name, payload, null);
    }

    /**
     * A type that tells the same of many things: its payload is one list, and is written in a compact form. Events that are
     * JSON are read as well.
     */
    public static <E extends Record, R> EventType<E> packed(
            String name, Class<E> payload, PackedForm<R> form, Function<E, List<R>> list, Function<List<R>, E> of) {
        return new EventType<>(
                name,
                payload,
                new Packing<>(event -> form.pack(list.apply(event)), body -> of.apply(form.unpack(body))));
    }

    /** The two ways between a payload and its body in the log. */
    public record Packing<E>(Function<E, Buffer> pack, Function<Buffer, E> unpack) {}

    /** The body of an event whose type is packed, for a statement that appends by itself. */
    public Buffer pack(E event) {
        return requireNonNull(packing, name).pack().apply(event);
    }

    E unpack(Buffer body) {
        if (packing == null) {
            throw new IllegalArgumentException("its type is not packed");
        }
        return packing.unpack().apply(body);
    }
}
