package com.clicknback.platform.json;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import java.lang.reflect.RecordComponent;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Sorts member paths in the order in which a record and the records inside it declare their members. */
final class DeclarationOrder implements Comparator<String> {
    private static final SnakeCaseStrategy SNAKE_CASE = new SnakeCaseStrategy();
    private static final Pattern INDEX = Pattern.compile("\\.[0-9]+");

    private final Map<String, Integer> places = new HashMap<>();

    private DeclarationOrder() {}

    static DeclarationOrder of(Class<?> type) {
        DeclarationOrder order = new DeclarationOrder();
        order.add("", type);
        return order;
    }

    private void add(String prefix, Class<?> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            String path = prefix + SNAKE_CASE.translate(component.getName());
            places.put(path, places.size());
            if (component.getType().isRecord()) {
                add(path + ".", component.getType());
            }
        }
    }

    @Override
    public int compare(String a, String b) {
        return Integer.compare(place(a), place(b));
    }

    private int place(String path) {
        Integer place = places.get(path);
        return place == null ? placeOfElement(path) : place;
    }

    private int placeOfElement(String path) {
        return places.getOrDefault(INDEX.matcher(path).replaceAll(""), places.size());
    }
}
