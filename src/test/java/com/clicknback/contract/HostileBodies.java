package com.clicknback.contract;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Spoils JSON bodies: in their members, in their shape, or in their bytes. */
final class HostileBodies {
    private static final List<byte[]> BYTES = List.of(
            bytes(0xff),
            bytes(0xfe, 0xff),
            bytes(0xc0, 0x80),
            bytes(0xed, 0xa0, 0x80),
            bytes(0xf4, 0x90, 0x80, 0x80),
            bytes(0xe2, 0x28),
            bytes(0x00),
            bytes(0x1b),
            bytes('"'),
            bytes('\\'),
            bytes('{'),
            bytes(','),
            bytes(' '));

    private final HostileValues values;

    HostileBodies(HostileValues values) {
        this.values = values;
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    /** JSON text that stands for itself. */
    private record Token(String text) {}

    /** The place of a value: under a name in an object, or at an index in an array. */
    private record Slot(Object container, Object key) {
        void set(Object value) {
            if (container instanceof JsonObject object) {
                object.put((String) key, value);
            } else {
                ((JsonArray) container).set((Integer) key, value);
            }
        }

        @Nullable
        Object get() {
            return container instanceof JsonObject object
                    ? object.getValue((String) key)
                    : ((JsonArray) container).getValue((Integer) key);
        }
    }

    byte[] spoil(JsonObject good) {
        JsonObject body = good.copy();
        Map<Object, String> added = new IdentityHashMap<>();
        return switch (values.below(12)) {
            case 0 -> text(body, added);
            case 1 -> values.token().getBytes(StandardCharsets.UTF_8);
            case 2, 3 -> spoilBytes(text(body, added));
            case 4 -> text(new JsonArray().add(body), added);
            case 5 -> {
                remove(body);
                yield text(body, added);
            }
            case 6, 7 -> {
                add(body, added);
                yield text(body, added);
            }
            default -> {
                for (int changes = 1 + values.below(3); changes > 0; changes--) {
                    values.oneOf(slots(body)).set(new Token(values.token()));
                }
                yield text(body, added);
            }
        };
    }

    private static List<Slot> slots(Object container) {
        List<Slot> slots = new ArrayList<>();
        if (container instanceof JsonObject object) {
            object.fieldNames().forEach(name -> slots.add(new Slot(object, name)));
        } else if (container instanceof JsonArray array) {
            for (int i = 0; i < array.size(); i++) {
                slots.add(new Slot(array, i));
            }
        }
        List.copyOf(slots).forEach(slot -> slots.addAll(slots(slot.get())));
        return slots;
    }

    private void remove(JsonObject body) {
        Slot slot = values.oneOf(slots(body));
        if (slot.container instanceof JsonObject object) {
            object.remove((String) slot.key);
        } else {
            ((JsonArray) slot.container).remove((int) slot.key);
        }
    }

    /** A member once more, in other letters, or one that nobody asked for. */
    private void add(JsonObject body, Map<Object, String> added) {
        Slot slot = values.oneOf(slots(body));
        if (slot.container instanceof JsonObject && slot.key instanceof String name) {
            String key = switch (values.below(4)) {
                case 0 -> name.toUpperCase(Locale.ROOT);
                case 1 -> values.text();
                default -> name;
            };
            added.put(slot.container, HostileValues.quoted(key) + ":" + values.token());
        } else {
            added.put(slot.container, values.token());
        }
    }

    private static byte[] text(Object value, Map<Object, String> added) {
        StringBuilder text = new StringBuilder();
        write(value, added, text);
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void write(@Nullable Object value, Map<Object, String> added, StringBuilder text) {
        if (value instanceof JsonObject object) {
            List<String> members = new ArrayList<>();
            object.fieldNames().forEach(name -> {
                StringBuilder member = new StringBuilder(HostileValues.quoted(name)).append(':');
                write(object.getValue(name), added, member);
                members.add(member.toString());
            });
            writeAll('{', members, added.get(object), '}', text);
        } else if (value instanceof JsonArray array) {
            List<String> items = new ArrayList<>();
            for (int i = 0; i < array.size(); i++) {
                StringBuilder item = new StringBuilder();
                write(array.getValue(i), added, item);
                items.add(item.toString());
            }
            writeAll('[', items, added.get(array), ']', text);
        } else if (value instanceof Token token) {
            text.append(token.text);
        } else {
            text.append(value instanceof String string ? HostileValues.quoted(string) : String.valueOf(value));
        }
    }

    private static void writeAll(
            char open, List<String> parts, @Nullable String added, char close, StringBuilder text) {
        List<String> all = new ArrayList<>(parts);
        if (added != null) {
            all.add(added);
        }
        text.append(open).append(String.join(",", all)).append(close);
    }

    private byte[] spoilBytes(byte[] good) {
        ByteArrayOutputStream spoilt = new ByteArrayOutputStream();
        int at = values.below(good.length);
        switch (values.below(6)) {
            case 0 -> spoilt.write(good, 0, at);
            case 1 -> {
                spoilt.write(good, 0, at);
                spoilt.writeBytes(values.oneOf(BYTES));
                spoilt.write(good, at, good.length - at);
            }
            case 2 -> {
                byte[] flipped = good.clone();
                flipped[at] ^= (byte) (1 << values.below(8));
                spoilt.writeBytes(flipped);
            }
            case 3 -> {
                spoilt.writeBytes(bytes(0xef, 0xbb, 0xbf));
                spoilt.writeBytes(good);
            }
            case 4 -> spoilt.writeBytes(new String(good, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16));
            default -> {
                spoilt.writeBytes(good);
                spoilt.writeBytes(values.token().getBytes(StandardCharsets.UTF_8));
            }
        }
        return spoilt.toByteArray();
    }
}
